import { zstdDecompressSync } from 'node:zlib';
import { Table } from 'apache-arrow';
import { parquetReadObjects } from 'hyparquet';
import type { Column } from '../columns.ts';
import type { Store } from '../store/store.ts';
import { arrowSchema, recordBatch } from './schema.ts';

/** A published section's rows, read back from its Parquet file. An Error when the file is not there. */
export async function readTable(store: Store, key: string, columns: readonly Column[]): Promise<Table> {
  const bytes = await store.get(key);
  if (!bytes) throw new Error(`${store.root}${key} is missing; run the report again`);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const rows = await parquetReadObjects({ file, compressors: { ZSTD: (input) => zstdDecompressSync(input) } });
  const values = columns.map(({ name }) => rows.map((row) => row[name] ?? null));
  return rows.length === 0 ? new Table(arrowSchema(columns)) : new Table([recordBatch(columns, values)]);
}
