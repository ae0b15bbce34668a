import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { RecordBatch } from 'apache-arrow';
import type { Column, ColumnType } from '../columns.ts';

/** Fast, and nearly as small as the default level. */
const GZIP_LEVEL = 4;

/** What a spreadsheet would read as a formula, with the white space it skips first. */
const FORMULA = /^[\s"']*[=+\-@\t\r]/;

/**
 * Rows as the bytes of a gzipped CSV file (RFC 4180, UTF-8, a header, lines ending in LF). NULL is nothing between the
 * commas and the empty string is `""`. Times are ISO 8601 in UTC. Text that a spreadsheet would run as a formula gets an
 * apostrophe in front; the Parquet file holds it as it was. The same rows give the same bytes.
 */
export async function* csvGzipChunks(
  columns: readonly Column[],
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<Uint8Array> {
  const gzip = createGzip({ level: GZIP_LEVEL });
  const out = new PassThrough();
  const done = pipeline(csvText(columns, batches), gzip, out);
  done.catch(() => {});
  for await (const chunk of out) yield chunk as Uint8Array;
  await done;
}

async function* csvText(columns: readonly Column[], batches: AsyncIterable<RecordBatch>): AsyncGenerator<string> {
  yield `${columns.map(({ name }) => name).join(',')}\n`;
  for await (const batch of batches) {
    const vectors = columns.map((_, index) => batch.getChildAt(index));
    let text = '';
    for (let row = 0; row < batch.numRows; row++) {
      for (let index = 0; index < columns.length; index++) {
        if (index > 0) text += ',';
        text += cell(vectors[index]?.get(row) ?? null, columns[index]?.type ?? 'varchar');
      }
      text += '\n';
    }
    yield text;
  }
}

function cell(value: unknown, type: ColumnType): string {
  if (value === null) return '';
  switch (type) {
    case 'timestamp':
      return new Date(Number(value)).toISOString();
    case 'date':
      return new Date(Number(value)).toISOString().slice(0, 10);
    default:
      return csvCell(value);
  }
}

/** A value as one cell of a CSV file. */
export function csvCell(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'string' ? textCell(value) : String(value);
}

function textCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return safe === '' || /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
