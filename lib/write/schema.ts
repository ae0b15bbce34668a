import {
  Bool,
  type DataType,
  DateDay,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import type { Column, ColumnType } from '../columns.ts';

const TYPES: Record<ColumnType, () => DataType> = {
  varchar: () => new Utf8(),
  boolean: () => new Bool(),
  integer: () => new Int32(),
  bigint: () => new Int64(),
  double: () => new Float64(),
  timestamp: () => new TimestampMillisecond(),
  date: () => new DateDay(),
};

/** The Arrow schema of a section's columns; heading and unit go along as each field's metadata. */
export function arrowSchema(columns: readonly Column[]): Schema {
  return new Schema(
    columns.map(({ name, type, title, unit, approximate }) => {
      const metadata = Object.entries({ title, unit, approximate: approximate ? 'true' : undefined });
      return new Field(
        name,
        TYPES[type](),
        true,
        new Map(metadata.filter((entry): entry is [string, string] => entry[1] !== undefined)),
      );
    }),
  );
}

/**
 * A batch from plain arrays, one a column and all of one length: bigint for bigint, milliseconds since 1970 or a Date
 * for timestamp and date, null for NULL.
 */
export function recordBatch(columns: readonly Column[], values: readonly (readonly unknown[])[]): RecordBatch {
  const schema = arrowSchema(columns);
  const children = schema.fields.map((field, index) => {
    const vector = vectorFromArray([...(values[index] ?? [])], field.type);
    return vector.data[0] ?? makeData({ type: field.type as Utf8, length: 0 });
  });
  const length = values[0]?.length ?? 0;
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, nullCount: 0, children }));
}
