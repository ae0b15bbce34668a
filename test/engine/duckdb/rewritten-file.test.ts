import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openDuckdb } from '../../../lib/engine/duckdb/duckdb.ts';
import { parquetFile } from '../../lake/parquet/table-file.ts';

test('a file that was rewritten is read again, even if its size and its second are the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-rewritten-'));
  const duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder: join(folder, 'temp') });
  const path = join(folder, 'day.parquet');
  const columns = [{ name: 'bytes_sent', type: 'bigint' }] as const;
  const noon = new Date('2026-10-05T12:00:00Z');
  const sizes: number[] = [];
  try {
    for (const rows of [[], [[null]], []]) {
      const file = parquetFile([{ columns, rows }]);
      writeFileSync(path, file);
      utimesSync(path, noon, noon);
      sizes.push(file.length);
      expect(await duckdb.run(`SELECT bytes_sent FROM read_parquet('${path}')`)).toEqual(
        rows.map(() => ({ bytes_sent: null })),
      );
    }
    expect(new Set(sizes).size).toBe(1);
  } finally {
    duckdb.close();
    rmSync(folder, { recursive: true });
  }
});
