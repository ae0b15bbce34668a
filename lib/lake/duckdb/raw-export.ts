import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { duckdbReader } from '../../formats/duckdb/reader.ts';
import type { Day } from '../../model/period.ts';
import { rawTableName } from '../../model/table-names.ts';
import type { RawFile } from '../../sources/raw-files.ts';
import { readableFiles } from '../../sources/readable-files.ts';
import type { Source } from '../../sources/source.ts';
import type { RawLinesOf } from '../raw-requests.ts';
import { filesOfDays, isDated } from './batches.ts';
import { withPresentKeys } from './present-keys.ts';
import { FILE_DAY, readInto } from './raw-lines.ts';
import type { LocalLake } from './refresh.ts';

/**
 * Reads the lines of a source's files that may belong to some days into a table of raw fields, which spills to disk where
 * memory ends and stays until the source is read again.
 */
export async function openLocalRaw(
  { duckdb, folder, late_days }: Pick<LocalLake, 'duckdb' | 'folder' | 'late_days'>,
  source: Source,
  files: readonly RawFile[],
  days: readonly Day[],
): Promise<RawLinesOf> {
  const table = rawTableName(source.name);
  const temporary = join(folder, `.salvaged-${source.name}`);
  const connection = await duckdb.connect();
  const select = async (lines: string) => {
    const format = await withPresentKeys(connection, source.definition, lines);
    return `SELECT * FROM (${duckdbReader(format, lines, FILE_DAY)})`;
  };
  try {
    const readable = await readableFiles(filesOfDays(source, files, days, late_days), temporary);
    await readInto(connection, table, readable.files, temporary, select);
  } finally {
    connection.closeSync();
    rmSync(temporary, { recursive: true, force: true });
  }
  return { reader: { sql: `SELECT * FROM ${table}`, parameters: [] }, holds_other_days: !isDated(source, files) };
}
