import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';

/** A Maven Central mirror may stand in for it. */
const REPOSITORY = process.env.MAVEN_REPOSITORY ?? 'https://repo1.maven.org/maven2';

const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'logtally');

interface Artifact {
  path: string;
  sha256: string;
  megabytes: number;
}

/** The server without plugins, and the one plugin that is needed: half of what the complete server is. */
export const VERSION = 476;
const SERVER: Artifact = {
  path: `io/trino/trino-server-core/${VERSION}/trino-server-core-${VERSION}.tar.gz`,
  sha256: '0f388f9967c177ae70a47c099082fc95387f0c3cb96d8000d1d41fc3a5223158',
  megabytes: 194,
};
const HIVE: Artifact = {
  path: `io/trino/trino-hive/${VERSION}/trino-hive-${VERSION}.zip`,
  sha256: '611bacdb07d9f3cf7b9d47f97ecc76fa2e7ff8bfe8a9728c3d06adc1bfb8662e',
  megabytes: 258,
};

/** A Trino that lies unpacked in the cache: the jars of the server, and the folder that holds the Hive plugin's. */
export interface TrinoFiles {
  server: string;
  plugins: string;
}

/** Fetches what is not in the cache yet. Throws, with the way out, what keeps it from being had. */
export async function trinoFiles(javaHome: string): Promise<TrinoFiles> {
  const home = join(CACHE, `trino-${VERSION}`);
  if (!existsSync(home)) {
    const partial = `${home}.${process.pid}`;
    const plugins = join(partial, 'plugins');
    mkdirSync(plugins, { recursive: true });
    try {
      run('tar', ['-xzf', await fetched(SERVER, partial), '--strip-components=1', '-C', partial], partial);
      run(join(javaHome, 'bin', 'jar'), ['-xf', await fetched(HIVE, partial)], plugins);
      for (const artifact of [SERVER, HIVE]) rmSync(join(partial, basename(artifact.path)));
      renameSync(partial, home);
    } finally {
      rmSync(partial, { recursive: true, force: true });
    }
  }
  return { server: join(home, 'lib'), plugins: join(home, 'plugins') };
}

async function fetched({ path, sha256, megabytes }: Artifact, folder: string): Promise<string> {
  const url = `${REPOSITORY}/${path}`;
  const file = join(folder, basename(path));
  process.stderr.write(`fetching ${basename(path)}, ${megabytes} MB, into ${CACHE}\n`);
  try {
    const response = await fetch(url);
    if (!response.ok || !response.body) throw new Error(`it answers ${response.status}`);
    await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(file));
    const found = await digest(file);
    if (found !== sha256) throw new Error(`its SHA-256 is ${found}, not ${sha256}`);
  } catch (cause) {
    throw new Error(
      `cannot fetch ${url}: ${(cause as Error).message}. MAVEN_REPOSITORY names a mirror of Maven Central, ` +
        'HTTPS_PROXY with NODE_USE_ENV_PROXY=1 a proxy.',
      { cause },
    );
  }
  return file;
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? stderr}`);
}
