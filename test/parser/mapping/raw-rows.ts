import { type Format, rawColumns } from '../../../lib/formats/format.ts';
import type { MappedBatch } from '../../../lib/parser/mapped-batch.ts';
import type { LineChunk, RawBatch } from '../../../lib/parser/raw-batch.ts';
import { Texts } from '../../../lib/parser/texts.ts';

/** A line with its raw columns; `unfit` if it fits no line of the format. */
export interface RawRow {
  texts: Record<string, string | null>;
  line: string;
  unfit: boolean;
  clock_ms?: number;
}

/** Makes batches of rows as a scanner does: equal texts have one id in all of them. */
export function rawBatches(format: Format): (rows: readonly RawRow[]) => { batch: RawBatch; chunk: LineChunk } {
  const names = rawColumns(format);
  const texts = names.map(() => new Texts());
  return (rows) => {
    const lines = rows.map(({ line }) => Buffer.from(`${line}\n`));
    const ends = lines.map(
      (
        (end) => (bytes: Buffer) =>
          (end += bytes.length)
      )(0),
    );
    const columns = names.map((name, index) => {
      const column = texts[index] as Texts;
      return { texts: column, ids: Int32Array.from(rows, (row) => column.internText(row.texts[name] ?? null)) };
    });
    const batch: RawBatch = {
      rows: rows.length,
      columns,
      clock_ms: Float64Array.from(rows, ({ clock_ms }) => clock_ms ?? 0),
      unfit: Uint8Array.from(rows, ({ unfit }) => (unfit ? 1 : 0)),
      line_number: Int32Array.from(rows, (_, index) => index + 1),
      line_start: Int32Array.from(lines, (bytes, index) => (ends[index] as number) - bytes.length),
      line_end: Int32Array.from(ends, (end) => end - 1),
      line_hash: new Float64Array(rows.length),
      lines: rows.length,
    };
    const bytes = Buffer.concat(lines);
    return { batch, chunk: { bytes, start: 0, end: bytes.length } };
  };
}

/** The values of a mapped row, whole numbers as text; of a rejected line only the reason and the line. */
export function mappedRow(mapped: MappedBatch, row: number): Record<string, unknown> {
  const reject = mapped.rejected[row] === 1 && mapped.rejects.find((one) => one.row === row);
  if (reject) return { reason: reject.reason, line: reject.line };
  return Object.fromEntries(
    mapped.columns.map((column) => {
      if (column.type === 'varchar') return [column.name, column.texts.text(column.ids[row] as number)];
      const value = column.values[row] as number;
      if (Number.isNaN(value)) return [column.name, null];
      return [column.name, column.type === 'bigint' ? String(column.exact?.get(row) ?? value) : value];
    }),
  );
}
