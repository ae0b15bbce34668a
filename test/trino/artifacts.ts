import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'logtally');

/** Copies an artifact to a folder; the plugin's version is pinned, as those of packages are. */
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';

interface Artifact {
  name: string;
  packaging: string;
  sha256: string;
  megabytes: number;
}

/** The server without plugins, and the one plugin that is needed: half the size of the complete server. */
export const VERSION = 476;
const SERVER: Artifact = {
  name: 'trino-server-core',
  packaging: 'tar.gz',
  sha256: '0f388f9967c177ae70a47c099082fc95387f0c3cb96d8000d1d41fc3a5223158',
  megabytes: 194,
};
const HIVE: Artifact = {
  name: 'trino-hive',
  packaging: 'zip',
  sha256: '611bacdb07d9f3cf7b9d47f97ecc76fa2e7ff8bfe8a9728c3d06adc1bfb8662e',
  megabytes: 258,
};

/** A Trino that is unpacked in the cache: the jars of the server, and the folder of the Hive plugin's jars. */
export interface TrinoFiles {
  server: string;
  plugins: string;
}

/** Fetches what is not in the cache yet. An Error says why something cannot be fetched, and the way out. */
export async function trinoFiles(javaHome: string): Promise<TrinoFiles> {
  const home = join(CACHE, `trino-${VERSION}`);
  if (!existsSync(home)) {
    const partial = `${home}.${process.pid}`;
    const plugins = join(partial, 'plugins');
    mkdirSync(plugins, { recursive: true });
    try {
      run('tar', ['-xzf', await fetched(SERVER, partial, javaHome), '--strip-components=1', '-C', partial], partial);
      run(join(javaHome, 'bin', 'jar'), ['-xf', await fetched(HIVE, partial, javaHome)], plugins);
      for (const artifact of [SERVER, HIVE]) rmSync(join(partial, fileName(artifact)));
      rmSync(join(partial, 'maven'), { recursive: true });
      renameSync(partial, home);
    } finally {
      rmSync(partial, { recursive: true, force: true });
    }
  }
  return { server: join(home, 'lib'), plugins: join(home, 'plugins') };
}

/** Fetches with Maven, which finds Maven Central, or the mirror that its settings name. */
async function fetched(artifact: Artifact, folder: string, javaHome: string): Promise<string> {
  const { name, packaging, sha256, megabytes } = artifact;
  const file = join(folder, fileName(artifact));
  process.stderr.write(`fetching ${fileName(artifact)}, ${megabytes} MB, into ${CACHE}\n`);
  try {
    const coordinates = `-Dartifact=io.trino:${name}:${VERSION}:${packaging}`;
    const places = [`-DoutputDirectory=${folder}`, `-Dmaven.repo.local=${join(folder, 'maven')}`];
    run('mvn', ['--batch-mode', '--quiet', COPY, coordinates, ...places], folder, javaHome);
    const found = await digest(file);
    if (found !== sha256) throw new Error(`its SHA-256 is ${found}, not ${sha256}`);
  } catch (cause) {
    throw new Error(
      `cannot fetch ${fileName(artifact)}: ${(cause as Error).message}. It takes Maven (mvn) and a way to Maven Central; ` +
        '~/.m2/settings.xml may name a mirror or a proxy.',
      { cause },
    );
  }
  return file;
}

function fileName({ name, packaging }: Artifact): string {
  return `${name}-${VERSION}.${packaging}`;
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function run(command: string, args: readonly string[], cwd: string, javaHome?: string): void {
  const env = { ...process.env, ...(javaHome && { JAVA_HOME: javaHome }) };
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? (stderr.trim() || stdout.trim())}`);
}
