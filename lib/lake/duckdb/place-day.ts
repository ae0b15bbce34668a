import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import { type DayManifest, dayPrefix, manifestKey, writeManifest } from '../manifest.ts';
import { type DuckdbLake, REJECTED_FILE, REQUESTS_FILE, unfinishedDayFolder } from './lake.ts';
import { lakeFile } from './sound-days.ts';

const MANIFEST_FILE = 'manifest.json';
const FINISHED = '.placing-';

type NewManifest = Omit<DayManifest, 'lake_version'>;
type Place = Pick<DuckdbLake, 'folder' | 'store'>;

/**
 * Replaces a day in the lake by the one in its temporary folder. When that folder is complete, it is renamed, so that the
 * next run can finish after a killed one: raw logs of the day may be gone, and the lake has the only copy of its rows.
 */
export async function placeDay({ folder, store }: Place, manifest: NewManifest): Promise<void> {
  const { source, day } = manifest;
  const unfinished = unfinishedDayFolder(folder, source, day);
  const finished = join(folder, `${FINISHED}${source}-${day}`);
  const files = [
    [REQUESTS_TABLE, REQUESTS_FILE, manifest.parsed],
    [REJECTED_TABLE, REJECTED_FILE, manifest.rejected],
  ] as const;
  const counted = files.flatMap(([table, name, rows]) =>
    rows > 0 ? lakeFile(join(unfinished, name), fileKey(table, manifest)) : [],
  );
  writeFileSync(join(unfinished, MANIFEST_FILE), JSON.stringify({ ...manifest, files: counted }));
  renameSync(unfinished, finished);
  await place({ folder, store }, finished);
}

function fileKey(table: string, { source, day }: NewManifest): string {
  return `${dayPrefix(table, source, day)}part-0.parquet`;
}

/** Finishes replacing days after a killed run. */
export async function placeFinishedDays(lake: Place): Promise<void> {
  if (!existsSync(lake.folder)) return;
  for (const name of readdirSync(lake.folder)) {
    if (name.startsWith(FINISHED)) await place(lake, join(lake.folder, name));
  }
}

/** Safe to repeat: files that were moved are no longer in the folder. */
async function place({ folder, store }: Place, finished: string): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(finished, MANIFEST_FILE), 'utf8')) as NewManifest;
  const { source, day, parsed, rejected } = manifest;
  await store.delete([manifestKey(source, day)]);
  replaceFile(join(folder, dayPrefix(REQUESTS_TABLE, source, day)), join(finished, REQUESTS_FILE), parsed);
  replaceFile(join(folder, dayPrefix(REJECTED_TABLE, source, day)), join(finished, REJECTED_FILE), rejected);
  await writeManifest(store, manifest);
  rmSync(finished, { recursive: true, force: true });
}

/** Moves a file to a day's folder. A day without rows has no folder. */
function replaceFile(folder: string, file: string, rows: number): void {
  if (rows > 0 && !existsSync(file)) return;
  rmSync(folder, { recursive: true, force: true });
  if (rows === 0) return;
  mkdirSync(folder, { recursive: true });
  renameSync(file, join(folder, 'part-0.parquet'));
}
