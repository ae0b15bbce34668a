import type { RecordBatch } from 'apache-arrow';
import type { Column } from '../model/columns.ts';
import type { FileRecord } from '../model/edition.ts';
import type { Store } from '../store/store.ts';
import { csvGzipChunks } from './csv.ts';
import { parquetChunks } from './parquet.ts';
import { tee } from './tee.ts';

export interface PublishedTable {
  rows: number;
  files: FileRecord[];
}

/**
 * Writes rows as `<prefix><name>.parquet` and `<prefix><name>.csv.gz` in one pass over the batches and in bounded memory.
 * If reading the rows or writing one of the files fails, neither file is left incomplete.
 */
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
  const { branches, abort } = tee(counted());
  const [parquetBatches, csvBatches] = branches;

  async function write(file: string, chunks: AsyncIterable<Uint8Array>, content_type: string): Promise<FileRecord> {
    try {
      return { name: file, ...(await store.write(`${prefix}${file}`, chunks, { content_type })) };
    } catch (error) {
      abort(error);
      throw error;
    }
  }

  const outcomes = await Promise.allSettled([
    write(`${name}.parquet`, parquetChunks(columns, parquetBatches), 'application/vnd.apache.parquet'),
    write(`${name}.csv.gz`, csvGzipChunks(columns, csvBatches), 'application/gzip'),
  ]);
  const files = outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
  return { rows, files };
}
