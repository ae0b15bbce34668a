import { Buffer } from 'node:buffer';
import type { ColumnChunk } from '../../../lib/lake/parquet/column-chunk.ts';
import { type PlacedRowGroup, parquetFooter, parquetHeader } from '../../../lib/lake/parquet/file.ts';
import type { LakeColumn, LakeType } from '../../../lib/lake/parquet/lake-column.ts';
import { encodeColumn, encodeRowGroup, placedChunks } from '../../../lib/lake/parquet/row-group.ts';
import { hashOf } from '../../../lib/parser/hash.ts';
import { Texts } from '../../../lib/parser/texts.ts';

/** A value as a test states it: times in milliseconds, bytes for text that is not UTF-8. */
export type Value = string | number | bigint | Uint8Array | null;

export interface Table {
  columns: readonly { name: string; type: LakeType }[];
  rows: readonly (readonly Value[])[];
}

/** The column of a table, its texts with ids in the order of `known`, else of the rows. */
export function lakeColumn({ columns, rows }: Table, index: number, known: readonly Value[] = []): LakeColumn {
  const { name, type } = columns[index] as Table['columns'][number];
  const values = rows.map((row) => row[index] ?? null);
  if (type === 'varchar') {
    const texts = new Texts();
    for (const value of known) textId(texts, value);
    return { name, type, ids: Int32Array.from(values, (value) => textId(texts, value)), texts };
  }
  const exact = new Map<number, bigint>();
  for (const [row, value] of values.entries()) if (typeof value === 'bigint') exact.set(row, value);
  return {
    name,
    type,
    values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
    exact,
  };
}

function textId(texts: Texts, value: Value): number {
  if (!(value instanceof Uint8Array)) return texts.internText(value as string | null);
  return texts.intern(value, 0, value.length, hashOf(value, 0, value.length));
}

/** A file of several tables with the same columns, a row group each. The columns in `last` are at its end. */
export function parquetFile(tables: readonly Table[], last: readonly string[] = []): Buffer {
  const columns = (tables[0] as Table).columns;
  const bytes: Uint8Array[] = [parquetHeader()];
  const groups: { rows: number; chunks: ColumnChunk[] }[] = [];
  const place = (part: Uint8Array, chunks: readonly ColumnChunk[]) => {
    const position = bytes.reduce((total, { length }) => total + length, 0);
    bytes.push(part);
    return placedChunks(chunks, position);
  };
  for (const table of tables) {
    const encoded = columns.map((_, index) => lakeColumn(table, index)).filter(({ name }) => !last.includes(name));
    const group = encodeRowGroup(encoded, table.rows.length);
    groups.push({ rows: group.rows, chunks: place(group.bytes, group.chunks) });
  }
  for (const name of last) {
    for (const [at, table] of tables.entries()) {
      const column = lakeColumn(
        table,
        columns.findIndex((one) => one.name === name),
      );
      const { bytes: part, chunk } = encodeColumn(column, table.rows.length);
      groups[at]?.chunks.push(...place(part, [chunk]));
    }
  }
  bytes.push(parquetFooter(columns, groups satisfies PlacedRowGroup[]));
  return Buffer.concat(bytes);
}
