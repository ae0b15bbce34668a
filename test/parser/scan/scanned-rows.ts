import { type Format, rawColumns } from '../../../lib/formats/format.ts';
import { compileExactReader } from '../../../lib/parser/exact/exact-reader.ts';
import { compileMapping } from '../../../lib/parser/mapping/mapping.ts';
import type { RawBatch, Scanner } from '../../../lib/parser/raw-batch.ts';
import { takeClock } from '../../../lib/parser/scan/clock.ts';
import { compileScanner } from '../../../lib/parser/scan/scanner.ts';

/** A row of a batch in words. */
export interface ScannedRow {
  number: number;
  line: string;
  /** The raw columns in order; undefined for a line that does not fit. */
  texts: readonly (string | null)[] | undefined;
  clock_ms: number;
}

/** A scanner for which every column is needed, and which takes the clock out of times as in use. */
export function wholeScanner(format: Format): Scanner {
  return compileScanner(format, new Set(rawColumns(format)), clockColumn(format));
}

/** The column that loses its clock in use. What tests put in the place of a mapping has none. */
function clockColumn(format: Format): string | null {
  return format.mapping === 'SELECT' ? null : compileMapping(format).clock_column;
}

/** The rows of a batch, which are gone when the scanner reads again. */
export function rowsOf(batch: RawBatch, bytes: Uint8Array): ScannedRow[] {
  return Array.from({ length: batch.rows }, (_, row) => ({
    number: batch.line_number[row] as number,
    line: Buffer.from(bytes.subarray(batch.line_start[row], batch.line_end[row])).toString(),
    texts: batch.unfit[row] ? undefined : batch.columns.map(({ ids, texts }) => texts.text(ids[row] as number)),
    clock_ms: batch.unfit[row] ? 0 : (batch.clock_ms[row] as number),
  }));
}

/** What a scanner makes of the bytes of a file, as one chunk. */
export function scannedRows(format: Format, bytes: Uint8Array): ScannedRow[] {
  return rowsOf(wholeScanner(format).scan({ bytes, start: 0, end: bytes.length }), bytes);
}

/** What the exact reader makes of the lines of a file, with the clock taken out of times. */
export function exactRows(format: Format, lines: readonly string[]): ScannedRow[] {
  const reader = compileExactReader(format);
  const clock_column = clockColumn(format);
  const time = rawColumns(format).indexOf(clock_column ?? '');
  return lines.flatMap((line, index): ScannedRow[] => {
    const read = reader.read(line);
    if (read === 'ignored') return [];
    const row = { number: index + 1, line, texts: undefined, clock_ms: 0 };
    if (read === 'unfit') return [row];
    const text = read[time];
    const taken = typeof text === 'string' ? takeClock(text, clock_column ?? '') : undefined;
    if (!taken) return [{ ...row, texts: read }];
    return [{ ...row, texts: read.with(time, taken.midnight), clock_ms: taken.clock_ms }];
  });
}
