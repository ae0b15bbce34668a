import { type Candidate, type Detection, rankFormats } from '../formats/detect.ts';
import type { Format } from '../formats/format.ts';
import { MAPPED_COLUMNS } from '../formats/mapping.ts';
import { compileExactReader } from '../parser/exact/exact-reader.ts';
import { LineParser } from '../parser/lines/line-parser.ts';
import type { MappedBatch, MappedColumn } from '../parser/mapped-batch.ts';
import { firstLines } from '../sources/first-lines.ts';
import type { RawFile } from '../sources/raw-files.ts';

/** How many lines of each file are read; fewer if there are many files. */
const LINES_PER_FILE = 100;
const LINES_IN_TOTAL = 20_000;
const MIN_LINES_PER_FILE = 5;
const COMMENT = '#';

/** Any leap year will do: it only matters whether a time without a year is a date. */
const FILE_DAY = '2028-12-31';

/** The columns that describe the request itself. */
const DESCRIPTIVE_COLUMNS = new Set(
  MAPPED_COLUMNS.filter((name) => !['log_object', 'extra', 'record_kind'].includes(name)),
);

/** The first lines of a file. */
interface Sample {
  file: RawFile;
  lines: readonly string[];
}

/**
 * Detects the format of each file: its first lines are read in every format. Undefined for a file whose lines fit none.
 * The result leaves out files that are empty, hold only comments or cannot be read. `known` has the first lines of files that
 * cannot be opened for them.
 */
export async function detectFileFormats(
  files: readonly RawFile[],
  formats: readonly Format[],
  known: ReadonlyMap<RawFile, readonly string[]> = new Map(),
): Promise<Map<RawFile, Detection | undefined>> {
  const samples = await sampleFiles(files, known);
  const candidates = samples.map((): Candidate[] => []);
  for (const format of formats) {
    for (const [index, candidate] of tryFormat(format, samples)) candidates[index]?.push(candidate);
  }
  return new Map(
    samples.map(({ file, lines }, index) => [file, rankFormats(candidates[index] ?? [], lines, file.path)]),
  );
}

async function sampleFiles(
  files: readonly RawFile[],
  known: ReadonlyMap<RawFile, readonly string[]>,
): Promise<Sample[]> {
  const most = Math.max(MIN_LINES_PER_FILE, Math.min(LINES_PER_FILE, Math.floor(LINES_IN_TOTAL / files.length)));
  const samples: Sample[] = [];
  for (const file of files) {
    samples.push({ file, lines: known.get(file)?.slice(0, most) ?? (await firstLines(file.path, most)) });
  }
  return samples.filter(({ lines }) => lines.some((line) => !line.startsWith(COMMENT)));
}

/** Reads the samples in a format: a candidate for each that has a line of it, with the place of the sample. */
function tryFormat(format: Format, samples: readonly Sample[]): [index: number, candidate: Candidate][] {
  const fitting = fittingSamples(format, samples);
  // To compile the mapping of a format takes longer than to see that no line is of it.
  if (fitting.length === 0) return [];
  const parser = new LineParser(format);
  return fitting.map(([index, { file, lines }]) => {
    parser.startFile();
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    const chunk = { bytes, start: 0, end: bytes.length };
    const { mapped } = parser.parse(chunk, { log_object: file.log_object, file_day: FILE_DAY });
    return [index, candidateOf(format, mapped)];
  });
}

function fittingSamples(format: Format, samples: readonly Sample[]): [index: number, sample: Sample][] {
  const reader = compileExactReader(format);
  return [...samples.entries()].filter(([, { lines }]) => {
    reader.startFile();
    return lines.some((line) => typeof reader.read(line) !== 'string');
  });
}

function candidateOf(format: Format, { rows, columns, rejected }: MappedBatch): Candidate {
  const described = columns.filter(({ name }) => DESCRIPTIVE_COLUMNS.has(name));
  const kind = columns.find(({ name }) => name === 'record_kind');
  const candidate = { format, requests: 0, rejected: 0, filled: 0 };
  for (let row = 0; row < rows; row++) {
    // Many programs write a time at the start of a line: it alone says nothing of the format.
    if (rejected[row] === 1 || (kind && textAt(kind, row) === 'unknown')) candidate.rejected++;
    else {
      candidate.requests++;
      candidate.filled += described.filter((column) => hasValue(column, row)).length;
    }
  }
  return candidate;
}

function textAt(column: MappedColumn, row: number): string | null {
  return column.type === 'varchar' ? column.texts.text(column.ids[row] as number) : null;
}

function hasValue(column: MappedColumn, row: number): boolean {
  return column.type === 'varchar' ? column.ids[row] !== 0 : !Number.isNaN(column.values[row]);
}
