import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { openDuckdb } from '../engine/duckdb.ts';
import { duckdbReader } from '../formats/duckdb-reader.ts';
import { MAPPED_COLUMNS, mappingSql } from '../lake/definition.ts';
import { findRawFiles } from '../lake/raw-files.ts';
import { FILE_DAY, openRawLines } from '../lake/raw-lines.ts';
import { soundFiles } from '../lake/sound-files.ts';
import { visibleText } from '../text/visible-text.ts';
import { csvCell } from '../write/csv-cell.ts';
import { formatNamed } from './format-named.ts';
import { UsageError } from './usage-error.ts';

export interface ParseOptions {
  format: string;
  output: string;
  outFile?: string;
  verbose?: boolean;
}

/** `logtally parse`: each line as a record with the names of `requests`, and at the end how many there were. */
export async function parse(
  paths: readonly string[],
  { format, output, outFile, verbose }: ParseOptions,
): Promise<void> {
  if (output !== 'json' && output !== 'csv') throw new UsageError(`--output ${output}: choose json or csv`);
  const known = formatNamed(format);
  const files = await findRawFiles(paths);
  const temporary = mkdtempSync(join(tmpdir(), 'logtally-'));
  const duckdb = await openDuckdb({ memory: '1GB', threads: null, temp_folder: join(temporary, 'duckdb') });
  const out: Writable = outFile ? createWriteStream(outFile) : process.stdout;
  const connection = await duckdb.connect();
  try {
    const sound = await soundFiles(files, temporary);
    for (const { log_object, reason } of sound.unreadable)
      process.stderr.write(`${visibleText(log_object)}: ${reason}\n`);
    if (sound.files.length === 0) throw new Error('no file could be read');
    const raw = await openRawLines(connection, sound.files, temporary);
    const mapped = mappingSql(known, `(${duckdbReader(known, raw.relation, FILE_DAY)})`);
    const result = await connection.stream(`SELECT ${MAPPED_COLUMNS.join(', ')}, reason, line FROM (${mapped})`);
    if (output === 'csv') out.write(`${MAPPED_COLUMNS.join(',')}\n`);
    let parsed = 0;
    let rejected = 0;
    for await (const rows of result.yieldRowsJs()) {
      let text = '';
      for (const row of rows) {
        const [reason, line] = row.slice(MAPPED_COLUMNS.length);
        if (line !== null) {
          rejected++;
          if (verbose) process.stderr.write(`rejected: ${reason}: ${visibleText(String(line)).slice(0, 500)}\n`);
          continue;
        }
        parsed++;
        text += output === 'json' ? jsonLine(row) : csvLine(row);
      }
      if (!out.write(text)) await once(out, 'drain');
    }
    if (outFile) {
      out.end();
      await once(out, 'finish');
    }
    process.stderr.write(`lines ${parsed + rejected}, parsed ${parsed}, rejected ${rejected}\n`);
    if (sound.unreadable.length > 0) process.exitCode = 1;
  } finally {
    connection.closeSync();
    duckdb.close();
    rmSync(temporary, { recursive: true, force: true });
  }
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
