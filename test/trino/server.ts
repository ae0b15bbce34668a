import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { trinoFiles } from './artifacts.ts';
import { javaHome } from './java.ts';

export interface TrinoServer {
  url: string;
  /** The folder that the server calls `local:///`. */
  files: string;
  close(): Promise<void>;
}

const START_LIMIT_MS = 180_000;

/**
 * Starts a Trino on 127.0.0.1 with one catalog, `hive`, on a metastore of files. Configuration, tables and logs are
 * below `folder`. A partition of a projection without a folder is empty, as in S3, which has no folders.
 */
export async function startTrino(folder: string): Promise<TrinoServer> {
  const java = javaHome();
  const { server, plugins } = await trinoFiles(java);
  const files = join(folder, 'files');
  const catalogs = join(folder, 'catalogs');
  mkdirSync(files, { recursive: true });
  mkdirSync(catalogs);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeProperties(join(folder, 'config.properties'), {
    'node.environment': 'test',
    'node.bind-ip': '127.0.0.1',
    'node.internal-address': '127.0.0.1',
    coordinator: 'true',
    'node-scheduler.include-coordinator': 'true',
    'http-server.http.port': String(port),
    'discovery.uri': url,
    'plugin.dir': plugins,
    'catalog.config-dir': catalogs,
  });
  writeProperties(join(folder, 'log.properties'), { 'io.trino': 'INFO' });
  writeProperties(join(catalogs, 'hive.properties'), {
    'connector.name': 'hive',
    'hive.metastore': 'file',
    'hive.metastore.catalog.dir': 'local:///metastore',
    'fs.native-local.enabled': 'true',
    'local.location': files,
    'hive.ignore-absent-partitions': 'true',
    // Athena's UNLOAD writes where the query says.
    'hive.non-managed-table-writes-enabled': 'true',
    'hive.compression-codec': 'ZSTD',
  });
  const child = spawn(
    join(java, 'bin', 'java'),
    [
      '-Xmx2G',
      // Thousands of small queries gain nothing from the second compiler, and would wait for it.
      '-XX:TieredStopAtLevel=1',
      '--add-modules=jdk.incubator.vector',
      '--enable-native-access=ALL-UNNAMED',
      `-Dconfig=${join(folder, 'config.properties')}`,
      `-Dlog.levels-file=${join(folder, 'log.properties')}`,
      '-cp',
      join(server, '*'),
      'io.trino.server.TrinoServer',
    ],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const log: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => log.push(text));
  const exited = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Trino ended with ${code}:\n${log.join('').slice(-4000)}`)));
  });
  exited.catch(() => {});
  const stopWithUs = () => child.kill();
  process.once('exit', stopWithUs);
  await Promise.race([exited, started(url)]).catch((error) => {
    child.kill();
    throw error;
  });
  return {
    url,
    files,
    async close() {
      process.off('exit', stopWithUs);
      child.kill();
      await exited.catch(() => {});
    },
  };
}

async function started(url: string): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    const info = await fetch(`${url}/v1/info`).then(
      (response) => response.json(),
      () => undefined,
    );
    if ((info as { starting?: boolean } | undefined)?.starting === false) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`Trino did not start within ${START_LIMIT_MS / 1000} s`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('the system gave no port');
  return address.port;
}

function writeProperties(file: string, properties: Record<string, string>): void {
  writeFileSync(
    file,
    Object.entries(properties)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
}
