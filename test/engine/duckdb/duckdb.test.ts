import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { openDuckdb } from '../../../lib/engine/duckdb/duckdb.ts';
import { engineContract } from '../../contracts/engine.ts';

engineContract('DuckDB', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-duckdb-'));
  const duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder: join(folder, 'temp') });
  return {
    engine: duckdb.engine,
    location: (name) => join(folder, name, '/'),
    files: async (location) => {
      const files = readdirSync(location, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const paths = files.map((entry) => join(entry.parentPath, entry.name));
      return new Map(paths.map((path) => [relative(location, path), readFileSync(path)]));
    },
    async close() {
      duckdb.close();
      rmSync(folder, { recursive: true });
    },
  };
});
