import type { DuckDBConnection } from '@duckdb/node-api';
import { pathString } from '../../engine/duckdb/path.ts';
import type { Day } from '../../model/period.ts';
import { dayOfChange } from '../../sources/file-day.ts';
import type { RawFile } from '../../sources/raw-files.ts';
import type { EncodedRowGroup } from '../parquet/row-group.ts';
import { GrowingFile } from './growing-file.ts';
import type { PartOfFile } from './part-rows.ts';
import { REJECT_COLUMNS } from './reject-rows.ts';

/** Table of rejected lines as the lake stores them, and their day. */
export const REJECTS_TABLE = 'rejects';

/** How many lines of a file are rejects of a day. */
export interface RejectCount {
  index: number;
  day: Day;
  lines: number;
}

/** Rejected lines of many files. They wait in a file until it is known which lines come before them and how their files end. */
export class StagedRejects {
  readonly #path: string;
  readonly #files: readonly RawFile[];
  #file: GrowingFile | undefined;
  /** Lines of each file so far. */
  readonly #lines: Float64Array;
  /** Lines of a file before each stretch that begins within it. */
  readonly #before = new Map<number, number>();
  /** The last day with a request, by file. */
  readonly #last_days = new Map<number, Day>();
  readonly #counts = new Map<number, Map<Day | null, number>>();

  constructor(path: string, files: readonly RawFile[]) {
    this.#path = path;
    this.#files = files;
    this.#lines = new Float64Array(files.length);
  }

  /** The next part of a file, in order. */
  addFile(stretch: number, { index, lines, days, rejected }: PartOfFile): void {
    const before = this.#lines[index] ?? 0;
    if (!this.#before.has(stretch)) this.#before.set(stretch, before);
    this.#lines[index] = before + lines;
    for (const day of days) if (day > (this.#last_days.get(index) ?? '')) this.#last_days.set(index, day);
    if (rejected.size === 0) return;
    const counts = this.#counts.get(index) ?? new Map<Day | null, number>();
    for (const [day, count] of rejected) counts.set(day, (counts.get(day) ?? 0) + count);
    this.#counts.set(index, counts);
  }

  append(group: EncodedRowGroup): void {
    this.#file ??= new GrowingFile(this.#path, REJECT_COLUMNS);
    this.#file.append(group);
  }

  /** Fills the table, and returns how many lines it has. */
  async store(connection: DuckDBConnection): Promise<RejectCount[]> {
    await connection.run(
      `CREATE OR REPLACE TABLE ${REJECTS_TABLE}
       (reason VARCHAR, log_object VARCHAR, line_number BIGINT, line VARCHAR, copies BIGINT, day DATE)`,
    );
    if (!this.#file) return [];
    this.#file.finish();
    await this.#storeFiles(connection);
    await connection.run(
      `INSERT INTO ${REJECTS_TABLE}
       SELECT reason, log_object, line_number + coalesce(lines, 0), line, 1, CAST(coalesce(day, open_day) AS DATE)
       FROM read_parquet(${pathString(this.#path)}) JOIN reject_files USING (file) LEFT JOIN stretches USING (stretch)`,
    );
    return [...this.#counts].flatMap(([index, counts]) =>
      [...counts].map(([day, lines]) => ({ index, day: day ?? this.#openDay(index), lines })),
    );
  }

  async #storeFiles(connection: DuckDBConnection): Promise<void> {
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE reject_files (file BIGINT, log_object VARCHAR, open_day VARCHAR);
       CREATE OR REPLACE TEMP TABLE stretches (stretch BIGINT, lines BIGINT)`,
    );
    const files = await connection.createAppender('reject_files');
    for (const index of this.#counts.keys()) {
      files.appendBigInt(BigInt(index));
      files.appendVarchar(this.#files[index]?.log_object ?? '');
      files.appendVarchar(this.#openDay(index));
      files.endRow();
    }
    files.closeSync();
    const stretches = await connection.createAppender('stretches');
    for (const [stretch, lines] of this.#before) {
      if (lines === 0) continue;
      stretches.appendBigInt(BigInt(stretch));
      stretches.appendBigInt(BigInt(lines));
      stretches.endRow();
    }
    stretches.closeSync();
  }

  /** The day of lines of a file that do not show one: that of its last request, else that of its last change. */
  #openDay(index: number): Day {
    return this.#last_days.get(index) ?? dayOfChange(this.#files[index] as RawFile);
  }
}
