import type { DuckDBConnection } from '@duckdb/node-api';
import { pathString } from '../../engine/duckdb/path.ts';
import { sqlString } from '../../sql/sql-string.ts';
import { DOWNLOAD_PART, downloadPartsSql } from '../downloads.ts';
import type { DayFile } from './day-file.ts';

/** Combines the parts of downloads in the files of days. */
export async function combineDownloads(connection: DuckDBConnection, files: readonly DayFile[]): Promise<void> {
  const changed = files.filter(({ has_parts }) => has_parts);
  if (changed.length === 0) return;
  const paths = changed.map(({ path }) => pathString(path));
  const places = changed.map(({ path }, index) => `(${sqlString(path)}, ${index})`);
  const rows = `(SELECT *
    FROM read_parquet([${paths.join(', ')}], hive_partitioning = false, filename = 'file_path', file_row_number = true)
    JOIN (VALUES ${places.join(', ')}) AS places(file_path, place_of_file) USING (file_path))`;
  const parts = partsInOrder(rows, 'file_row_number');
  const combined = downloadPartsSql(parts, ['place_of_file', 'file_row_number'], ['place_of_file']);
  const result = await connection.stream(
    `SELECT place_of_file, file_row_number, download FROM (${combined}) WHERE download <> '${DOWNLOAD_PART}'`,
  );
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    const [places = [], rows = [], values = []] = chunk.getColumns();
    for (const [index, value] of values.entries()) {
      changed[Number(places[index])]?.setDownload(Number(rows[index]), String(value));
    }
  }
  for (const file of changed) file.finish();
}

/**
 * SQL for the parts among rows. Of parts that are alike in all that orders them, the one with the highest `key`, a number of
 * at most 12 digits, is the last one: `log_object` shows it. `origin` is the log itself.
 */
export function partsInOrder(rows: string, key: string): string {
  const place = `lpad(CAST(${key} AS VARCHAR), 12, '0')`;
  return `(SELECT * REPLACE (log_object || chr(0) || ${place} AS log_object), log_object AS origin
    FROM ${rows} WHERE download = '${DOWNLOAD_PART}')`;
}
