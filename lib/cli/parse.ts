import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Duckdb, openDuckdb } from '../engine/duckdb/duckdb.ts';
import { duckdbReader } from '../formats/duckdb/reader.ts';
import { MAPPED_COLUMNS, mappingSql } from '../formats/mapping.ts';
import { FILE_DAY, openRawLines } from '../lake/duckdb/raw-lines.ts';
import { findRawFiles, type RawFile } from '../sources/raw-files.ts';
import { readableFiles } from '../sources/readable-files.ts';
import { csvCell } from '../tables/csv-cell.ts';
import { visibleText } from '../text/visible-text.ts';
import { ownFormats } from './config-file.ts';
import { detectFormats, type FormatFiles } from './detect-formats.ts';
import { AUTO, formatNamed } from './format-named.ts';
import { writeOutput } from './output.ts';
import { UsageError } from './usage-error.ts';

export interface ParseOptions {
  config?: string;
  format: string;
  output: string;
  outFile?: string;
  verbose?: boolean;
}

/** `logtally parse`: each line as a record with the names of `requests`, and at the end how many there were. */
export async function parse(paths: readonly string[], options: ParseOptions): Promise<void> {
  const { output } = options;
  if (output !== 'json' && output !== 'csv') throw new UsageError(`--output ${output}: choose json or csv`);
  const groups = await inFormats(await findRawFiles(paths), options);
  const temporary = mkdtempSync(join(tmpdir(), 'logtally-'));
  const duckdb = await openDuckdb({ memory: '1GB', threads: null, temp_folder: join(temporary, 'duckdb') });
  const counts: Counts = { files: 0, parsed: 0, rejected: 0, unreadable: 0 };
  try {
    await writeOutput(records(duckdb, groups, temporary, options, counts), options.outFile);
  } finally {
    duckdb.close();
    rmSync(temporary, { recursive: true, force: true });
  }
  const { parsed, rejected } = counts;
  process.stderr.write(`lines ${parsed + rejected}, parsed ${parsed}, rejected ${rejected}\n`);
  if (counts.unreadable > 0) process.exitCode = 1;
}

interface Counts {
  files: number;
  parsed: number;
  rejected: number;
  unreadable: number;
}

/** The records as text, counted on the way. An Error when there is no file to read. */
async function* records(
  duckdb: Duckdb,
  groups: readonly FormatFiles[],
  temporary: string,
  { output, verbose }: ParseOptions,
  counts: Counts,
): AsyncGenerator<string> {
  const connection = await duckdb.connect();
  try {
    if (output === 'csv') yield `${MAPPED_COLUMNS.join(',')}\n`;
    for (const { format, files } of groups) {
      const readable = await readableFiles(files, temporary);
      for (const { log_object, reason } of readable.unreadable)
        process.stderr.write(`${visibleText(log_object)}: ${reason}\n`);
      counts.files += readable.files.length;
      counts.unreadable += readable.unreadable.length;
      const raw = await openRawLines(connection, readable.files, temporary);
      const mapped = mappingSql(format, `(${duckdbReader(format, raw.relation, FILE_DAY)})`);
      const result = await connection.stream(`SELECT ${MAPPED_COLUMNS.join(', ')}, reason, line FROM (${mapped})`);
      for await (const rows of result.yieldRowsJs()) {
        const requests = rows.filter((row) => row.at(-1) === null);
        const rejects = rows.filter((row) => row.at(-1) !== null);
        counts.parsed += requests.length;
        counts.rejected += rejects.length;
        if (verbose) for (const row of rejects) process.stderr.write(rejectLine(row));
        yield requests.map(output === 'json' ? jsonLine : csvLine).join('');
      }
    }
    if (counts.files === 0) throw new Error('no file could be read');
  } finally {
    connection.closeSync();
  }
}

/** The files by format: the one that is named, or what each file looks like. */
async function inFormats(files: RawFile[], { config, format, verbose = false }: ParseOptions): Promise<FormatFiles[]> {
  const own = ownFormats(config);
  if (format !== AUTO) return [{ format: formatNamed(format, own), files }];
  return detectFormats(files, own, { verbose, print: (line) => process.stderr.write(`${line}\n`) });
}

function rejectLine(row: readonly unknown[]): string {
  const [reason, line] = row.slice(MAPPED_COLUMNS.length);
  return `rejected: ${reason}: ${visibleText(String(line)).slice(0, 500)}\n`;
}

/** A whole number beyond 2^53 is written with all its digits. */
function jsonLine(row: readonly unknown[]): string {
  const fields = MAPPED_COLUMNS.map((name, index) => `"${name}":${jsonValue(row[index])}`);
  return `{${fields.join(',')}}\n`;
}

function jsonValue(value: unknown): string {
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value ?? null);
}

function csvLine(row: readonly unknown[]): string {
  const cells = MAPPED_COLUMNS.map((_, index) =>
    csvCell(row[index] instanceof Date ? row[index].toISOString() : (row[index] ?? null)),
  );
  return `${cells.join(',')}\n`;
}
