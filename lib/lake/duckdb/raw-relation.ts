import { rmSync } from 'node:fs';
import { duckdbFileReader } from '../../formats/duckdb/ordered-headers.ts';
import type { Day } from '../../model/period.ts';
import { rawTableName } from '../../model/table-names.ts';
import type { RawFile } from '../../sources/raw-files.ts';
import { readableFiles } from '../../sources/readable-files.ts';
import type { Source } from '../../sources/source.ts';
import type { RawRelation } from '../raw-requests.ts';
import { filesOfDays, isDated } from './batches.ts';
import { type DuckdbLake, recoveredFolder } from './lake.ts';
import { withPresentKeys } from './present-keys.ts';
import { FILE_DAY, readInto } from './raw-lines.ts';

/**
 * Reads the lines of a source that may belong to some days into a table of raw fields. The table spills to disk if memory
 * is short, and is replaced if the source is read again.
 */
export async function duckdbRawRelation(
  lake: Pick<DuckdbLake, 'duckdb' | 'folder' | 'late_days' | 'retention'>,
  source: Source,
  files: readonly RawFile[],
  days: readonly Day[],
): Promise<RawRelation> {
  const table = rawTableName(source.name);
  const temporary = recoveredFolder(lake.folder, source.name);
  const connection = await lake.duckdb.connect();
  try {
    const readable = await readableFiles(filesOfDays(source, files, days, lake), temporary);
    const select = async (lines: string, isRepair: boolean) => {
      const format = await withPresentKeys(connection, source.definition, lines);
      const reading = { lines, fileDay: FILE_DAY, isRepair };
      return `SELECT * FROM (${await duckdbFileReader(connection, format, readable.files, reading)})`;
    };
    await readInto(connection, table, readable.files, temporary, select);
  } finally {
    connection.closeSync();
    rmSync(temporary, { recursive: true, force: true });
  }
  return { reader: { sql: `SELECT * FROM ${table}`, parameters: [] }, contains_other_days: !isDated(source, files) };
}
