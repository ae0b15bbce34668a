import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Duckdb } from '../../engine/duckdb/duckdb.ts';
import type { Day } from '../../model/period.ts';
import { OWNERS_TABLE } from '../../owners/table.ts';
import type { Store } from '../../store/store.ts';
import type { Retention } from '../manifest.ts';

/** A lake in a folder that DuckDB fills. */
export interface DuckdbLake {
  duckdb: Duckdb;
  /** The lake's folder, and the same folder as a store. */
  folder: string;
  store: Store;
  /** Called before a day is replaced; throws if this run may no longer write. */
  hold?(): Promise<void>;
  /** How many days after its event a line may arrive. */
  late_days: number;
  /** `mirror` for files named on the command line: rows and days of deleted files are removed. */
  retention: Retention;
  /** Called while lines are read, with the percentage that has been read. */
  onReading?: (percent: number) => void;
  /** Called after each day. */
  onDay?: (day: Day, lines: number, done: number, days: number) => void;
  /** Called for each damaged file of the lake, whose day is parsed again, with its path and the fault. */
  onDamaged?: (fault: string) => void;
  /** Called for each file that cannot be read, or not to its end. */
  onUnreadable?: (log_object: string, reason: string) => void;
}

/** The folder in which a day is written before it replaces the old one. */
export function unfinishedDayFolder(folder: string, source: string, day: Day): string {
  return join(folder, `.day-${source}-${day}`);
}

/** Names of the files in that folder. */
export const REQUESTS_FILE = 'requests.parquet';
export const REJECTED_FILE = 'rejected.parquet';

/** The folder for the rows of a source's days before they are compared with the lake. */
export function stagedFolder(folder: string, source: string): string {
  return join(folder, `.staged-${source}`);
}

/**
 * Deletes what a killed run left behind: temporary folders, and tables of owners. Only for the run that holds the lake, before
 * it writes to it. `recovered` and `salvaged` are folders of older versions.
 */
export function removeLeftovers(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const isLeftover = /^\.(day|recovered|salvaged|staged|temporary)(-|$)/.test(name) || name === OWNERS_TABLE;
    if (isLeftover) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
