import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Duckdb } from '../../engine/duckdb/duckdb.ts';
import type { Day } from '../../model/period.ts';
import type { Unreadable } from '../../sources/input.ts';
import type { DayRule } from '../../sources/layout.ts';
import type { RawFile } from '../../sources/raw-files.ts';
import type { Source } from '../../sources/source.ts';
import { DayFile } from './day-file.ts';
import { type DuckdbLake, stagedFolder } from './lake.ts';
import type { Part, PartOfDay } from './part-rows.ts';
import { REPEATED_TABLE, RepeatedRows, storeRepeats } from './repeated-rows.ts';
import { REJECTS_TABLE, StagedRejects } from './staged-rejects.ts';
import { readStretches } from './stretch-pool.ts';
import { stretchesOf, totalBytes } from './stretches.ts';

/** The requests and rejected lines of one day in some files, before they become a day of the lake. */
export interface StagedDay {
  day: Day;
  lines: number;
  rejected: number;
  /** True if a request was delivered more than once. */
  has_duplicates: boolean;
  log_objects: Set<string>;
  /** The requests, in the order of the files and their lines; left out if there are none. */
  file?: DayFile;
}

/** Some files that were read. */
export interface Staged {
  days: StagedDay[];
  /** The files that could be read, at least in part. */
  files: RawFile[];
  /** What is wrong with files. */
  unreadable: Unreadable[];
}

/**
 * Reads all lines of some files once: the requests into a file per day in a folder of their own, rejected lines and repeated
 * rows into tables, which every connection sees.
 */
export async function stageFiles(
  lake: Pick<DuckdbLake, 'duckdb' | 'folder' | 'onReading'>,
  connection: DuckDBConnection,
  { name, definition }: Source,
  files: readonly RawFile[],
  rule: DayRule,
): Promise<Staged> {
  const staging = new Staging(stagedFolder(lake.folder, name), files);
  const total_bytes = totalBytes(files);
  const stretches = stretchesOf(files, definition);
  const parts = readStretches({ format: definition, rule }, stretches, readersOf(lake.duckdb));
  for await (const { stretch, part } of parts) {
    staging.add(stretch, part);
    lake.onReading?.(Math.min(100, (staging.bytes / total_bytes) * 100));
  }
  lake.onReading?.(100);
  return staging.finish(connection);
}

/** Drops the tables. */
export async function dropStaged(connection: DuckDBConnection): Promise<void> {
  await connection.run(`DROP TABLE IF EXISTS ${REPEATED_TABLE}; DROP TABLE IF EXISTS ${REJECTS_TABLE}`);
}

/** What is known so far of a day. */
interface GrowingDay {
  file: DayFile;
  repeated: RepeatedRows;
}

/** Takes the parts of files in their order. */
class Staging {
  /** Bytes of lines that were read so far. */
  bytes = 0;
  readonly #folder: string;
  readonly #files: readonly RawFile[];
  readonly #days = new Map<Day, GrowingDay>();
  readonly #log_objects = new Map<Day, Set<string>>();
  readonly #rejects: StagedRejects;
  readonly #faults = new Map<number, string>();
  readonly #with_lines = new Set<number>();

  constructor(folder: string, files: readonly RawFile[]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.#files = files;
    this.#rejects = new StagedRejects(join(folder, 'rejects.parquet'), files);
  }

  add(stretch: number, { files, days, rejects }: Part): void {
    for (const file of files) {
      const { index, lines, bytes, fault } = file;
      this.bytes += bytes;
      if (lines > 0) this.#with_lines.add(index);
      if (fault !== undefined) this.#faults.set(index, fault);
      for (const day of file.days) this.#name(day, index);
      this.#rejects.addFile(stretch, file);
    }
    if (rejects) this.#rejects.append(rejects);
    for (const day of days) this.#addDay(day);
  }

  /** Ends the files, fills the tables, and returns what there is, in the order of the days. */
  async finish(connection: DuckDBConnection): Promise<Staged> {
    for (const { file } of this.#days.values()) file.finish();
    const rejected = await this.#rejects.store(connection);
    for (const { index, day } of rejected) this.#name(day, index);
    await storeRepeats(connection, new Map([...this.#days].map(([day, { repeated }]) => [day, repeated])));
    const days = [...this.#log_objects].sort(([a], [b]) => (a < b ? -1 : 1));
    const faults = [...this.#faults].sort(([a], [b]) => a - b);
    return {
      days: days.map(([day, log_objects]) => this.#stagedDay(day, log_objects, rejected)),
      files: this.#files.filter((_, index) => this.#with_lines.has(index) || !this.#faults.has(index)),
      unreadable: faults.map(([index, reason]) => ({ log_object: this.#files[index]?.log_object ?? '', reason })),
    };
  }

  #addDay({ day, keys, group, downloads }: PartOfDay): void {
    const known = this.#days.get(day) ?? this.#openDay(day);
    known.file.append(group, downloads);
    known.repeated.add(keys);
  }

  #openDay(day: Day): GrowingDay {
    const opened = { file: new DayFile(join(this.#folder, `${day}.parquet`)), repeated: new RepeatedRows() };
    this.#days.set(day, opened);
    return opened;
  }

  #name(day: Day, file: number): void {
    const log_object = this.#files[file]?.log_object ?? '';
    const names = this.#log_objects.get(day);
    if (names) names.add(log_object);
    else this.#log_objects.set(day, new Set([log_object]));
  }

  #stagedDay(day: Day, log_objects: Set<string>, rejects: readonly { day: Day; lines: number }[]): StagedDay {
    const requests = this.#days.get(day);
    const rejected = rejects.reduce((total, one) => total + (one.day === day ? one.lines : 0), 0);
    return {
      day,
      lines: (requests?.file.rows ?? 0) + rejected,
      rejected,
      has_duplicates: (requests?.repeated.repeats.length ?? 0) > 0,
      log_objects,
      ...(requests && { file: requests.file }),
    };
  }
}

/** Memory of a thread that reads logs: the texts of a stretch, and the rows that it became. */
const READER_BYTES = 120e6;

/** As many threads as DuckDB may use, as far as its memory suffices for them: it is idle while logs are read. */
function readersOf({ threads, memory_bytes }: Duckdb): number {
  return Math.max(1, Math.min(threads, Math.floor(memory_bytes / READER_BYTES)));
}
