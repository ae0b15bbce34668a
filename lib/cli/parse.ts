import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Duckdb, openDuckdb } from '../engine/duckdb/duckdb.ts';
import { duckdbFileReader } from '../formats/duckdb/ordered-headers.ts';
import { mappingSql } from '../formats/mapping.ts';
import { FILE_DAY, OVERLONG, OVERLONG_REASON, openRawLines } from '../lake/duckdb/raw-lines.ts';
import { systemClock } from '../run/clock.ts';
import type { RawFile } from '../sources/raw-files.ts';
import { readableFiles } from '../sources/readable-files.ts';
import { ownFormats } from './config-file.ts';
import { detectFormats, type FormatFiles } from './detect-formats.ts';
import { AUTO, formatNamed } from './format-named.ts';
import { openInput } from './local-input.ts';
import { writeOutput } from './output.ts';
import { openProgress, type Progress } from './progress.ts';
import { CSV_HEADER, csvLine, isRequest, jsonLine, PARSED_COLUMNS, rejectLine } from './record-line.ts';
import { unreadableNote } from './unreadable-note.ts';
import { UsageError } from './usage-error.ts';
import { requireWritableFile } from './writable.ts';

export interface ParseOptions {
  config?: string;
  format: string;
  output: string;
  outFile?: string;
  verbose?: boolean;
  quiet?: boolean;
}

/** What a run works with and counts. */
interface ParseRun {
  options: ParseOptions;
  duckdb: Duckdb;
  /** Folder for files that are only needed during the run. */
  temporary: string;
  counts: { files: number; parsed: number; rejected: number; unreadable: number };
  progress: Progress;
}

/** `logtally parse`: prints each line as a record with the columns of `requests`, and at the end the counts. */
export async function parse(paths: readonly string[], options: ParseOptions): Promise<void> {
  const { output } = options;
  if (output !== 'json' && output !== 'csv') throw new UsageError(`--output ${output}: choose json or csv`);
  const own = ownFormats(options.config);
  const named = options.format === AUTO ? undefined : formatNamed(options.format, own);
  if (options.outFile !== undefined) requireWritableFile(options.outFile, '--out-file');
  const { quiet = false, verbose = false } = options;
  // Records on the terminal show by themselves how far the work is.
  const is_silent = quiet || (options.outFile === undefined && process.stdout.isTTY);
  const progress = openProgress(process.stderr, systemClock, { is_silent });
  const print = (line: string) => void (quiet || progress.print(line));
  progress.start('looking for logs');
  const input = await openInput(paths, progress);
  const counts = { files: 0, parsed: 0, rejected: 0, unreadable: input.unreadable.length };
  try {
    const files = withoutOutput(input.files, options);
    progress.start(`detecting the format of ${files.length} ${files.length === 1 ? 'file' : 'files'}`);
    const groups = named ? [{ format: named, files }] : await detectFormats(files, own, { verbose, print });
    await writeRecords({ options, counts, progress }, groups);
  } finally {
    progress.clear();
    input.close();
  }
  const { parsed, rejected } = counts;
  print(`lines ${parsed + rejected}, parsed ${parsed}, rejected ${rejected}`);
  if (counts.unreadable > 0) process.exitCode = 1;
}

/** The records of an earlier run must not be read as a log. */
function withoutOutput(files: readonly RawFile[], { outFile }: ParseOptions): RawFile[] {
  return files.filter(({ path }) => outFile === undefined || resolve(path) !== resolve(outFile));
}

async function writeRecords(
  run: Omit<ParseRun, 'duckdb' | 'temporary'>,
  groups: readonly FormatFiles[],
): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), 'logtally-'));
  const duckdb = await openDuckdb({ memory: '1GB', threads: null, temp_folder: join(temporary, 'duckdb') });
  try {
    run.progress.start('reading lines');
    await writeOutput(records({ ...run, duckdb, temporary }, groups), run.options.outFile);
  } finally {
    duckdb.close();
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** All records as text. An Error if no file can be read. */
async function* records(run: ParseRun, groups: readonly FormatFiles[]): AsyncGenerator<string> {
  if (run.options.output === 'csv') yield CSV_HEADER;
  for (const group of groups) yield* recordsOf(run, group);
  if (run.counts.files === 0) throw new Error('no file could be read');
}

/** The records of the files of one format, in pieces of bounded size. Counts lines and prints those that are not records. */
async function* recordsOf(
  { options, duckdb, temporary, counts, progress }: ParseRun,
  { format, files: all }: FormatFiles,
): AsyncGenerator<string> {
  const { files, unreadable } = await readableFiles(all, temporary);
  for (const one of unreadable) progress.print(unreadableNote(one));
  counts.files += files.length;
  counts.unreadable += unreadable.length;
  const lineOf = options.output === 'json' ? jsonLine : csvLine;
  const connection = await duckdb.connect();
  try {
    const raw = await openRawLines(connection, files, temporary);
    const reading = { lines: raw.relation, fileDay: FILE_DAY };
    const mapped = mappingSql(format, `(${await duckdbFileReader(connection, format, files, reading)})`);
    const overlong = `SELECT log_object, '${OVERLONG_REASON}' AS reason, line FROM ${OVERLONG}`;
    const columns = PARSED_COLUMNS.join(', ');
    const result = await connection.stream(
      `SELECT ${columns} FROM (SELECT ${columns} FROM (${mapped}) UNION ALL BY NAME ${overlong})`,
    );
    for await (const rows of result.yieldRowsJs()) {
      const requests = rows.filter(isRequest);
      counts.parsed += requests.length;
      counts.rejected += rows.length - requests.length;
      if (options.verbose) for (const row of rows) if (!isRequest(row)) progress.print(rejectLine(row));
      yield requests.map(lineOf).join('');
    }
  } finally {
    connection.closeSync();
  }
}
