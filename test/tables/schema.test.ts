import { describe, expect, test } from '@jest/globals';
import { Table, Type } from 'apache-arrow';
import type { Column } from '../../lib/model/columns.ts';
import { arrowSchema, recordBatch } from '../../lib/tables/schema.ts';

const columns: Column[] = [
  { name: 'text', type: 'varchar', title: 'Text' },
  { name: 'flag', type: 'boolean', title: 'Flag' },
  { name: 'small', type: 'integer', title: 'Small' },
  { name: 'bytes', type: 'bigint', title: 'Bytes', unit: 'bytes' },
  { name: 'p95', type: 'double', title: 'p95', unit: 'ms', approximate: true },
  { name: 'time', type: 'timestamp', title: 'Time' },
  { name: 'day', type: 'date', title: 'Day' },
];

describe('the Arrow schema of a result', () => {
  test('has a type per column type, and titles and units as metadata', () => {
    const fields = arrowSchema(columns).fields;
    expect(fields.map((field) => field.typeId)).toEqual([
      Type.Utf8,
      Type.Bool,
      Type.Int,
      Type.Int,
      Type.Float,
      Type.Timestamp,
      Type.Date,
    ]);
    expect(fields.map((field) => String(field.type))).toEqual([
      'Utf8',
      'Bool',
      'Int32',
      'Int64',
      'Float64',
      'Timestamp<MILLISECOND>',
      'Date32<DAY>',
    ]);
    expect(Object.fromEntries(fields[4]?.metadata ?? [])).toEqual({ title: 'p95', unit: 'ms', approximate: 'true' });
    expect(Object.fromEntries(fields[0]?.metadata ?? [])).toEqual({ title: 'Text' });
  });
});

describe('a batch from plain values', () => {
  test('holds exact values, and NULL distinct from the empty string, false and zero', () => {
    const time_ms = Date.parse('2026-10-01T12:34:56.789Z');
    const batch = recordBatch(columns, [
      ['😀', '', null],
      [true, false, null],
      [-(2 ** 31), 0, null],
      [2n ** 63n - 1n, 0, null],
      [Number.NaN, -0, null],
      [time_ms, new Date(time_ms - 1), null],
      ['2026-10-01', new Date('1969-12-31'), null],
    ]);
    const table = new Table(batch);
    expect(table.numRows).toBe(3);
    expect(columns.map(({ name }) => table.getChild(name)?.toJSON())).toEqual([
      ['😀', '', null],
      [true, false, null],
      [-(2 ** 31), 0, null],
      [2n ** 63n - 1n, 0n, null],
      [Number.NaN, -0, null],
      [time_ms, time_ms - 1, null],
      [Date.parse('2026-10-01'), -86_400_000, null],
    ]);
    expect(table.getChild('text')?.nullCount).toBe(1);
  });

  test('stores text as UTF-8, and a lone surrogate as one replacement character', () => {
    const text = columns.slice(0, 1);
    const values = ['\ud83d', '\ude00', 'é', null, '', '漢字', 'plain'];
    expect(new Table(recordBatch(text, [values])).getChild('text')?.toJSON()).toEqual([
      '\ufffd',
      '\ufffd',
      'é',
      null,
      '',
      '漢字',
      'plain',
    ]);
  });

  test('may be empty', () => {
    expect(
      recordBatch(
        columns,
        columns.map(() => []),
      ).numRows,
    ).toBe(0);
  });

  test.each([
    ['small', 2 ** 31],
    ['small', 1.5],
    ['bytes', 2n ** 63n],
    ['bytes', 1.5],
    ['bytes', 2 ** 53],
    ['text', 7],
    ['flag', 1],
    ['p95', '1.5'],
    ['time', Number.NaN],
    ['time', 0.5],
    ['day', 'no day'],
    ['day', new Date('2026-10-01T12:00:00Z')],
  ])('refuses a value that does not fit the type of %s: %p', (name, value) => {
    const column = columns.filter((candidate) => candidate.name === name);
    expect(() => recordBatch(column, [[value]])).toThrow(`column '${name}'`);
  });

  test('refuses columns of different lengths', () => {
    expect(() => recordBatch(columns.slice(0, 2), [['a', 'b'], [true]])).toThrow("column 'flag' has 1 values");
    expect(() => recordBatch(columns.slice(0, 2), [['a']])).toThrow('1 arrays of values for 2 columns');
  });
});
