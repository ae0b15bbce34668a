import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '../../model/period.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import type { RawFile } from '../../sources/raw-files.ts';
import type { Source } from '../../sources/source.ts';
import { sqlString } from '../../sql/sql-string.ts';
import { type DayManifest, dayPrefix, type LakeFile, manifestKey, readManifest } from '../manifest.ts';
import { presenceOf } from '../presence.ts';
import type { DuckdbLake } from './lake.ts';
import { presentFiles } from './present-files.ts';

/** A Parquet file ends with its schema, statistics and the position of each column. */
const END_BYTES = 16 * 1024;

/** A file of the lake as a manifest records it. */
export function lakeFile(path: string, key: string): LakeFile {
  const file = openSync(path, 'r');
  try {
    const size_bytes = fstatSync(file).size;
    const end = Buffer.alloc(Math.min(END_BYTES, size_bytes));
    readSync(file, end, 0, end.length, size_bytes - end.length);
    return { key, size_bytes, end_sha256: createHash('sha256').update(end).digest('hex') };
  } finally {
    closeSync(file);
  }
}

/**
 * Checks that the files of days are those that their manifests counted. The manifest of a damaged day is deleted, so that
 * the day is parsed again. Throws an Error with the remedy if that is impossible because raw logs of the day are gone.
 */
export async function requireSoundDays(
  lake: DuckdbLake,
  source: Source,
  files: readonly RawFile[],
  days: readonly Day[],
): Promise<void> {
  for (const day of days) {
    const manifest = await readManifest(lake.store, source.name, day);
    const fault = manifest && (await faultOf(lake, manifest));
    if (!fault) continue;
    const { gone } = presenceOf(manifest.inputs, presentFiles(files));
    if (lake.retention === 'keep' && gone.length > 0) throw new Error(beyondRepair(lake, manifest, fault, gone.length));
    lake.onDamaged?.(fault);
    await lake.store.delete([manifestKey(source.name, day)]);
  }
}

function beyondRepair({ folder }: DuckdbLake, { source, day }: DayManifest, fault: string, gone: number): string {
  const manifest = join(folder, manifestKey(source, day));
  return (
    `${fault}; ${gone} of the raw logs of ${day} ${gone === 1 ? 'is' : 'are'} gone, so the day cannot be made again: ` +
    `restore the file from a backup, or delete it and ${manifest} to report what the other logs hold`
  );
}

/** The fault of a day's files, with the path of the file; undefined if they are intact. */
async function faultOf(lake: DuckdbLake, manifest: DayManifest): Promise<string | undefined> {
  for (const [table, rows] of [
    [REQUESTS_TABLE, manifest.parsed],
    [REJECTED_TABLE, manifest.rejected],
  ] as const) {
    const key = `${dayPrefix(table, manifest.source, manifest.day)}part-0.parquet`;
    const path = join(lake.folder, key);
    const fault = await faultOfFile(lake, path, key, rows, manifest.files);
    if (fault) return `${path} ${fault}`;
  }
  return undefined;
}

async function faultOfFile(
  lake: DuckdbLake,
  path: string,
  key: string,
  rows: number,
  files: DayManifest['files'],
): Promise<string | undefined> {
  if (!existsSync(path)) return rows > 0 ? 'is missing' : undefined;
  if (rows === 0) return 'has rows that no manifest counts';
  const counted = files?.find((file) => file.key === key);
  if (!counted) return files ? 'has rows that no manifest counts' : faultOfOldFile(lake, path, rows);
  const found = lakeFile(path, key);
  if (found.size_bytes !== counted.size_bytes) {
    return `has ${found.size_bytes} bytes, its manifest counted ${counted.size_bytes}`;
  }
  return found.end_sha256 === counted.end_sha256 ? undefined : 'is not the file that its manifest counted';
}

/** Older versions counted only the rows of a file. */
async function faultOfOldFile({ duckdb }: DuckdbLake, path: string, rows: number): Promise<string | undefined> {
  try {
    const [found] = await duckdb.run(`SELECT num_rows FROM parquet_file_metadata(${sqlString(path)})`);
    return Number(found?.num_rows) === rows ? undefined : `has ${found?.num_rows} rows, its manifest counted ${rows}`;
  } catch {
    return 'is no whole Parquet file';
  }
}
