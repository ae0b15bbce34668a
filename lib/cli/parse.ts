import { resolve } from 'node:path';
import { systemClock } from '../run/clock.ts';
import type { RawFile } from '../sources/raw-files.ts';
import { visibleText } from '../text/visible-text.ts';
import { ownFormats } from './config-file.ts';
import { detectFormats, type FormatFiles } from './detect-formats.ts';
import { AUTO, formatNamed } from './format-named.ts';
import { writeOutput } from './output.ts';
import { openParseInput, type ParseInput } from './parse-input.ts';
import { openProgress, type Progress } from './progress.ts';
import type { Records } from './record-reader.ts';
import type { RECORD_STYLES } from './record-style.ts';
import { CSV_HEADER } from './record-text.ts';
import { recordsOf } from './records.ts';
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
  output: keyof typeof RECORD_STYLES;
  is_verbose: boolean;
  live: ParseInput['live'];
  counts: { files: number; parsed: number; rejected: number; unreadable: number };
  progress: Progress;
}

/** At most so much of a rejected line is shown. */
const SHOWN_CHARACTERS = 500;

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
  const input = await openParseInput(paths, progress, systemClock);
  const { live, unreadable } = input;
  const counts = { files: 0, parsed: 0, rejected: 0, unreadable: unreadable.length };
  try {
    const files = withoutOutput(input.files, options);
    progress.start(`detecting the format of ${files.length} ${files.length === 1 ? 'file' : 'files'}`);
    const known = new Map([...live].map(([file, { start }]) => [file, start]));
    const groups = named ? [{ format: named, files }] : await detectFormats(files, own, { verbose, print, known });
    progress.start('reading lines');
    const run = { output, is_verbose: verbose, live, counts, progress } as const;
    await writeOutput(textOf(run, groups), options.outFile);
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

/** All records as text. Counts lines and prints those that are not records. An Error if no file can be read. */
async function* textOf(run: ParseRun, groups: readonly FormatFiles[]): AsyncGenerator<Uint8Array> {
  const { output, is_verbose, live, counts, progress } = run;
  if (output === 'csv') yield Buffer.from(CSV_HEADER);
  for (const { format, files } of groups) {
    for await (const read of recordsOf({ format, output }, files, live)) {
      const { log_object } = read.file;
      if (read.kind === 'lines') {
        counts.parsed += read.parsed;
        counts.rejected += read.rejects.length;
        if (is_verbose) for (const reject of read.rejects) progress.print(rejectNote(log_object, reject));
        if (read.text.length > 0) yield read.text;
        continue;
      }
      if (read.lines > 0 || read.fault === undefined) counts.files++;
      if (read.fault === undefined) continue;
      counts.unreadable++;
      progress.print(unreadableNote({ log_object, reason: read.fault }));
    }
  }
  if (counts.files === 0) throw new Error('no file could be read');
}

/** `rejected: access.log:12: is longer than 16 MB: 192.0.2.1 - - [05/Oct/…`. */
function rejectNote(log_object: string, { line_number, reason, line }: Records['rejects'][number]): string {
  const place = `${visibleText(log_object)}:${line_number}`;
  return `rejected: ${place}: ${reason}: ${visibleText(line.slice(0, SHOWN_CHARACTERS))}`;
}
