import { DAY_MS, type Day } from '../../model/period.ts';
import type { MappedBatch, MappedColumn } from '../../parser/mapped-batch.ts';
import type { RawBatch } from '../../parser/raw-batch.ts';
import type { Texts } from '../../parser/texts.ts';
import { dayOfFile, fileDay, folderDay } from '../../sources/file-day.ts';
import type { DayRule } from '../../sources/layout.ts';
import { OVERLONG_REASON } from '../../sources/line-buffer.ts';
import type { LakeColumn } from '../parquet/lake-column.ts';
import { type EncodedRowGroup, encodeRowGroup } from '../parquet/row-group.ts';
import { DOWNLOAD, downloadCode } from './day-file.ts';
import { dayInLine } from './day-in-line.ts';
import { DayRows } from './day-rows.ts';
import { RejectRows } from './reject-rows.ts';
import type { Piece } from './stretches.ts';

/** Rows that were read together, as they are written. */
export interface Part {
  files: PartOfFile[];
  days: PartOfDay[];
  rejects?: EncodedRowGroup;
}

/** What a part holds of a file. */
export interface PartOfFile {
  /** The place of the file among those that are read. */
  index: number;
  /** Lines, ignored and empty ones included. */
  lines: number;
  /** Bytes of the lines, decompressed. */
  bytes: number;
  /** Days with a request. */
  days: Set<Day>;
  /** How many lines are rejected, by their day; null if other lines of the file decide it. */
  rejected: Map<Day | null, number>;
  /** Why the file was not read, or not to its end. */
  fault?: string;
}

/** What a part holds of a day. */
export interface PartOfDay {
  day: Day;
  rows: number;
  /** See `RepeatedRows`. */
  keys: Float64Array<ArrayBuffer>;
  /** The columns of the lake but `download`, and the codes of that one: see `DayFile`. */
  group: EncodedRowGroup;
  downloads: Uint8Array<ArrayBuffer>;
}

/** Lines of a log are mostly of a few days. */
const MOST_FREE = 16;

/**
 * Gathers the rows of a part by day. With the rule `event_time`, a rejected line has no time; it belongs to the day in its
 * file's name, else to the date in the line, else to a day that other lines decide.
 */
export class PartRows {
  bytes = 0;
  readonly #rule: DayRule;
  readonly #rejects = new RejectRows();
  readonly #days = new Map<number, DayRows>();
  /** Memory for other days. */
  readonly #free: DayRows[] = [];
  #files: PartOfFile[] = [];
  #origin = { log_object: '', file_day: '' };
  /** The day of all lines of the current file, and that of rejected ones. */
  #day_of_file: number | undefined;
  #day_of_rejects: Day | undefined;
  #place = { file: 0, stretch: 0, lines: 0 };

  constructor(rule: DayRule) {
    this.#rule = rule;
  }

  /** The file whose lines are added. */
  get file(): PartOfFile {
    return this.#files.at(-1) as PartOfFile;
  }

  /** What the mapping asks of that file. */
  get origin(): { log_object: string; file_day: Day } {
    return this.#origin;
  }

  openFile({ file, index }: Piece, stretch: number): void {
    const { log_object } = file;
    const folder = this.#rule === 'folder' ? folderDay(log_object) : undefined;
    this.#origin = { log_object, file_day: dayOfFile(file) };
    this.#day_of_file = folder === undefined ? undefined : Date.parse(folder) / DAY_MS;
    this.#day_of_rejects = folder ?? fileDay(log_object);
    this.#place = { file: index, stretch, lines: 0 };
    this.#files.push(emptyFile(index));
  }

  /** Goes on with the same file in another part. */
  continueFile(): void {
    this.#files.push(emptyFile(this.#place.file));
  }

  /** Adds lines as they were read and mapped. */
  add(raw: RawBatch, mapped: MappedBatch, bytes: number): void {
    const { file } = this;
    for (const { row, reason, line } of mapped.rejects) this.#reject(reason, line, raw.line_number[row] as number);
    for (const day of this.#pick(raw, mapped)) {
      file.days.add(dayAt(day));
      this.#days.get(day)?.take(mapped.columns);
    }
    this.#count(raw.lines, bytes);
  }

  addOverlong(line: string): void {
    this.#reject(OVERLONG_REASON, line, 1);
    this.#count(1, Buffer.byteLength(line));
  }

  /** The rows so far. */
  take(): Part {
    const days = [...this.#days].sort(([a], [b]) => a - b);
    const rejects = this.#rejects;
    const part: Part = {
      files: this.#files,
      days: days.map(([day, rows]) => partOfDay(dayAt(day), rows)),
      ...(rejects.rows > 0 && { rejects: encodeRowGroup(rejects.columns, rejects.rows) }),
    };
    this.#files = [];
    for (const rows of this.#days.values()) rows.clear();
    this.#free.push(...this.#days.values());
    this.#free.length = Math.min(this.#free.length, MOST_FREE);
    this.#days.clear();
    this.#rejects.clear();
    this.bytes = 0;
    return part;
  }

  /** Notes which rows belong to which day, and returns the days. */
  #pick(raw: RawBatch, mapped: MappedBatch): Set<number> {
    const found = new Set<number>();
    const times = numbersOf(mapped.columns, 'time');
    const request_ids = idsOf(mapped.columns, 'request_id');
    let current: { day: number; rows: DayRows } | undefined;
    for (let row = 0; row < mapped.rows; row++) {
      if (mapped.rejected[row] === 1) continue;
      const day = this.#day_of_file ?? Math.floor((times[row] as number) / DAY_MS);
      if (current?.day !== day) {
        current = { day, rows: this.#rowsOf(day) };
        found.add(day);
      }
      current.rows.pick(row, request_ids[row] === 0 ? Number.NaN : (raw.line_hash[row] as number));
    }
    return found;
  }

  #rowsOf(day: number): DayRows {
    const known = this.#days.get(day);
    if (known) return known;
    const rows = this.#free.pop() ?? new DayRows();
    this.#days.set(day, rows);
    return rows;
  }

  #reject(reason: string, line: string, line_number: number): void {
    const { file, stretch, lines } = this.#place;
    const day = this.#day_of_rejects ?? dayInLine(line) ?? null;
    this.#rejects.add({ reason, line, line_number: lines + line_number, day, file, stretch });
    this.file.rejected.set(day, (this.file.rejected.get(day) ?? 0) + 1);
  }

  #count(lines: number, bytes: number): void {
    this.#place.lines += lines;
    this.file.lines += lines;
    this.file.bytes += bytes;
    this.bytes += bytes;
  }
}

function emptyFile(index: number): PartOfFile {
  return { index, lines: 0, bytes: 0, days: new Set(), rejected: new Map() };
}

/** A day by its number since 1970. */
function dayAt(number: number): Day {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** A request of the lake stands for one line until duplicates are found. */
const COPIES: LakeColumn = { name: 'copies', type: 'bigint', constant: 1 };

function partOfDay(day: Day, { gathered, keys }: DayRows): PartOfDay {
  const { columns, rows } = gathered;
  const download = columns.find(({ name }) => name === DOWNLOAD);
  if (download?.type !== 'varchar') throw new Error('the mapping does not give the kind of downloads');
  const others = columns.filter((column) => column !== download);
  return {
    day,
    rows,
    keys,
    group: encodeRowGroup([...others, COPIES], rows),
    downloads: codesOf(download.ids.subarray(0, rows), download.texts),
  };
}

function codesOf(ids: Int32Array, texts: Texts): Uint8Array<ArrayBuffer> {
  const codes = Array.from({ length: texts.size + 1 }, (_, id) => downloadCode(texts.text(id)));
  return Uint8Array.from(ids, (id) => codes[id] as number);
}

function numbersOf(columns: readonly MappedColumn[], name: string): Float64Array {
  const column = columns.find((one) => one.name === name);
  if (column === undefined || column.type === 'varchar') throw new Error(`the mapping does not give ${name}`);
  return column.values;
}

function idsOf(columns: readonly MappedColumn[], name: string): Int32Array {
  const column = columns.find((one) => one.name === name);
  if (column?.type !== 'varchar') throw new Error(`the mapping does not give ${name}`);
  return column.ids;
}
