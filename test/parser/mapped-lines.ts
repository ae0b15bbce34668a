import type { Format } from '../../lib/formats/format.ts';
import { LineParser } from '../../lib/parser/lines/line-parser.ts';
import type { MappedColumn } from '../../lib/parser/mapped-batch.ts';
import type { MappedFile } from '../../lib/parser/mapping/raw-columns.ts';
import type { LineChunk } from '../../lib/parser/raw-batch.ts';

/** A line as the lake has it: the columns of `requests`, or `reason` and `line` of a reject; NULL ones are left out. */
export type MappedLine = Record<string, unknown>;

/** What the parser makes of lines of a file whose day is 2026-10-07. Lines that the format ignores are left out. */
export function mapLines(format: Format, lines: readonly string[], file_day = '2026-10-07'): MappedLine[] {
  const bytes = Buffer.from(lines.join('\n'));
  const mapChunk = lineMapper(format, { log_object: 'a.log', file_day });
  return mapChunk({ bytes, start: 0, end: bytes.length }).map(({ row }) => row);
}

/** The same for the chunks of a file, one after the other, each line beside what it becomes. */
export function lineMapper(
  format: Format,
  file: MappedFile,
): (chunk: LineChunk) => { text: string; row: MappedLine }[] {
  const parser = new LineParser(format);
  return (chunk) => {
    const { raw, mapped } = parser.parse(chunk, file);
    const rejects = new Map(mapped.rejects.map(({ row, reason, line }) => [row, { reason, line }]));
    return Array.from({ length: mapped.rows }, (_, row) => ({
      text: Buffer.from(chunk.bytes.subarray(raw.line_start[row], raw.line_end[row])).toString(),
      row: rejects.get(row) ?? recordOf(mapped.columns, row),
    }));
  };
}

function recordOf(columns: readonly MappedColumn[], row: number): MappedLine {
  const values = columns.map((column): [string, unknown] => {
    if (column.type === 'varchar') return [column.name, column.texts.text(column.ids[row] as number)];
    const value = column.values[row] as number;
    if (Number.isNaN(value)) return [column.name, null];
    if (column.type === 'timestamp') return [column.name, new Date(value)];
    return [column.name, column.type === 'bigint' ? (column.exact?.get(row) ?? value) : value];
  });
  // The file and what other lines decide are no part of a line.
  return Object.fromEntries(
    values.filter(([name, value]) => value !== null && name !== 'log_object' && name !== 'download'),
  );
}
