import { join } from 'node:path';
import { pathString } from '../../engine/duckdb/path.ts';
import { makeTemporaryFolder } from '../../engine/duckdb/temporary-folder.ts';
import type { Day } from '../../model/period.ts';
import { rawTableName } from '../../model/table-names.ts';
import type { RawFile } from '../../sources/raw-files.ts';
import type { Source } from '../../sources/source.ts';
import type { RawRelation } from '../raw-requests.ts';
import { filesOfDays, isDated } from './batches.ts';
import { type DuckdbLake, stagedFolder } from './lake.ts';
import { writeRawFile } from './raw-file.ts';

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
  const folder = stagedFolder(lake.folder, source.name);
  const removeFolder = makeTemporaryFolder(folder);
  try {
    const path = join(folder, 'raw.parquet');
    await writeRawFile(path, source.definition, filesOfDays(source, files, days, lake));
    await lake.duckdb.run(`CREATE OR REPLACE TABLE ${table} AS SELECT * FROM read_parquet(${pathString(path)})`);
  } finally {
    removeFolder();
  }
  return { reader: { sql: `SELECT * FROM ${table}`, parameters: [] }, contains_other_days: !isDated(source, files) };
}
