import { zstdDecompressSync } from 'node:zlib';
import { Table } from 'apache-arrow';
import { parquetReadObjects } from 'hyparquet';
import type { Column } from '../model/columns.ts';
import type { Store } from '../store/store.ts';
import { arrowSchema, recordBatch } from './schema.ts';

/**
 * Reads the rows of a published section from its Parquet file. Throws an Error if the file is missing, is not Parquet, or
 * lacks one of the columns.
 */
export async function readTable(store: Store, key: string, columns: readonly Column[]): Promise<Table> {
  const bytes = await store.get(key);
  if (!bytes) throw new Error(`${store.root}${key} is missing; run the report again`);
  try {
    return new Table(arrowSchema(columns), [await readBatch(bytes, columns)]);
  } catch (cause) {
    throw new Error(`${store.root}${key} cannot be read: ${(cause as Error).message}; run the report again`, { cause });
  }
}

async function readBatch(bytes: Uint8Array, columns: readonly Column[]) {
  const rows = await parquetReadObjects({
    file: new Uint8Array(bytes).buffer,
    columns: columns.map(({ name }) => name),
    compressors: { ZSTD: (page) => zstdDecompressSync(page) },
  });
  return recordBatch(
    columns,
    columns.map(({ name }) => rows.map((row) => row[name])),
  );
}
