import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Duckdb, openDuckdb } from '../engine/duckdb/duckdb.ts';
import { duckdbFileReader } from '../formats/duckdb/ordered-headers.ts';
import { mappingSql } from '../formats/mapping.ts';
import { FILE_DAY, openRawLines } from '../lake/duckdb/raw-lines.ts';
import { findRawFiles } from '../sources/raw-files.ts';
import { readableFiles } from '../sources/readable-files.ts';
import { visibleText } from '../text/visible-text.ts';
import { ownFormats } from './config-file.ts';
import { detectFormats, type FormatFiles } from './detect-formats.ts';
import { AUTO, formatNamed } from './format-named.ts';
import { writeOutput } from './output.ts';
import { CSV_HEADER, csvLine, isRequest, jsonLine, PARSED_COLUMNS, rejectLine } from './record-line.ts';
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
}

/** `logtally parse`: prints each line as a record with the columns of `requests`, and at the end the counts. */
export async function parse(paths: readonly string[], options: ParseOptions): Promise<void> {
  const { output } = options;
  if (output !== 'json' && output !== 'csv') throw new UsageError(`--output ${output}: choose json or csv`);
  const own = ownFormats(options.config);
  const named = options.format === AUTO ? undefined : formatNamed(options.format, own);
  if (options.outFile !== undefined) requireWritableFile(options.outFile, '--out-file');
  const print = (line: string) => void (options.quiet || process.stderr.write(`${line}\n`));
  const files = await findRawFiles(paths);
  const { verbose = false } = options;
  const groups = named ? [{ format: named, files }] : await detectFormats(files, own, { verbose, print });
  const temporary = mkdtempSync(join(tmpdir(), 'logtally-'));
  const duckdb = await openDuckdb({ memory: '1GB', threads: null, temp_folder: join(temporary, 'duckdb') });
  const counts = { files: 0, parsed: 0, rejected: 0, unreadable: 0 };
  try {
    await writeOutput(records({ options, duckdb, temporary, counts }, groups), options.outFile);
  } finally {
    duckdb.close();
    rmSync(temporary, { recursive: true, force: true });
  }
  const { parsed, rejected } = counts;
  print(`lines ${parsed + rejected}, parsed ${parsed}, rejected ${rejected}`);
  if (counts.unreadable > 0) process.exitCode = 1;
}

/** All records as text. An Error if no file can be read. */
async function* records(run: ParseRun, groups: readonly FormatFiles[]): AsyncGenerator<string> {
  if (run.options.output === 'csv') yield CSV_HEADER;
  for (const group of groups) yield* recordsOf(run, group);
  if (run.counts.files === 0) throw new Error('no file could be read');
}

/** The records of the files of one format, in pieces of bounded size. Counts lines and prints what is no record. */
async function* recordsOf(
  { options, duckdb, temporary, counts }: ParseRun,
  { format, files: all }: FormatFiles,
): AsyncGenerator<string> {
  const { files, unreadable } = await readableFiles(all, temporary);
  for (const { log_object, reason } of unreadable) process.stderr.write(`${visibleText(log_object)}: ${reason}\n`);
  counts.files += files.length;
  counts.unreadable += unreadable.length;
  const lineOf = options.output === 'json' ? jsonLine : csvLine;
  const connection = await duckdb.connect();
  try {
    const raw = await openRawLines(connection, files, temporary);
    const reading = { lines: raw.relation, fileDay: FILE_DAY };
    const mapped = mappingSql(format, `(${await duckdbFileReader(connection, format, files, reading)})`);
    const result = await connection.stream(`SELECT ${PARSED_COLUMNS.join(', ')} FROM (${mapped})`);
    for await (const rows of result.yieldRowsJs()) {
      const requests = rows.filter(isRequest);
      counts.parsed += requests.length;
      counts.rejected += rows.length - requests.length;
      if (options.verbose) for (const row of rows) if (!isRequest(row)) process.stderr.write(rejectLine(row));
      yield requests.map(lineOf).join('');
    }
  } finally {
    connection.closeSync();
  }
}
