import type { RecordBatch } from 'apache-arrow';
import type { Column } from '../columns.ts';
import type { FileRecord } from '../edition.ts';
import type { Store } from '../store/store.ts';
import { csvGzipChunks } from './csv.ts';
import { parquetChunks } from './parquet.ts';
import { tee } from './tee.ts';

export interface PublishedTable {
  rows: number;
  files: FileRecord[];
}

/** Writes rows as `<name>.parquet` and `<name>.csv.gz` in one pass and in bounded memory. */
export async function publishTable(
  store: Store,
  prefix: string,
  name: string,
  columns: readonly Column[],
  batches: AsyncIterable<RecordBatch>,
): Promise<PublishedTable> {
  let rows = 0;
  async function* counted() {
    for await (const batch of batches) {
      rows += batch.numRows;
      yield batch;
    }
  }
  const [forParquet, forCsv] = tee(counted());
  const file = async (file_name: string, chunks: AsyncIterable<Uint8Array>, content_type: string) => ({
    name: file_name,
    ...(await store.write(`${prefix}${file_name}`, chunks, { content_type })),
  });
  const files = await Promise.all([
    file(`${name}.parquet`, parquetChunks(columns, forParquet), 'application/vnd.apache.parquet'),
    file(`${name}.csv.gz`, csvGzipChunks(columns, forCsv), 'application/gzip'),
  ]);
  return { rows, files };
}
