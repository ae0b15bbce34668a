import { describe, expect, test } from '@jest/globals';
import { CSV_HEADER, RecordText } from '../../lib/cli/record-text.ts';
import { MAPPED_COLUMNS } from '../../lib/formats/mapping.ts';
import { REQUEST_COLUMNS } from '../../lib/model/request-columns.ts';
import type { MappedBatch, MappedColumn } from '../../lib/parser/mapped-batch.ts';
import { Texts } from '../../lib/parser/texts.ts';
import { csvCell } from '../../lib/tables/csv-cell.ts';

type Row = Readonly<Record<string, string | number | bigint | null>>;

/** The columns of rows that follow each other; texts keep their ids. */
class Columns {
  readonly #texts = new Map(MAPPED_COLUMNS.map((name) => [name, new Texts()]));

  batch(rows: readonly Row[], rejected: readonly number[] = []): MappedBatch {
    const columns = REQUEST_COLUMNS.map(({ name, type }): MappedColumn => {
      const values = rows.map((row) => row[name] ?? null);
      const texts = this.#texts.get(name) ?? new Texts();
      if (type === 'varchar') {
        return { name, type, texts, ids: Int32Array.from(values, (value) => texts.internText(value as string | null)) };
      }
      const exact = new Map(values.flatMap((value, row) => (typeof value === 'bigint' ? [[row, value]] : [])));
      return {
        name,
        type: type as 'bigint',
        values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
        ...(exact.size > 0 ? { exact } : {}),
      };
    });
    return {
      rows: rows.length,
      columns,
      rejects: [],
      rejected: Uint8Array.from(rows, (_, at) => Number(rejected.includes(at))),
    };
  }

  clear(): void {
    for (const texts of this.#texts.values()) texts.clear();
  }
}

/** What JSON.stringify and csvCell make of a row. */
function expected(row: Row, output: 'json' | 'csv'): string {
  const values = MAPPED_COLUMNS.map((name) => {
    const value = row[name] ?? null;
    return name === 'time' && value !== null ? new Date(Number(value)).toISOString() : value;
  });
  if (output === 'csv') return `${values.map(csvCell).join(',')}\n`;
  const json = (value: unknown) => (typeof value === 'bigint' ? String(value) : JSON.stringify(value));
  return `{${values.map((value, at) => `"${MAPPED_COLUMNS[at]}":${json(value)}`).join(',')}}\n`;
}

const TEXTS = [
  '',
  'a',
  'a"b\\c',
  'ü€😀',
  '=1+1',
  '-',
  '@x',
  'a,b',
  'a\r\nb',
  '\t',
  '\u2028\u007f\u0001',
  "'",
  '  =1',
  'x'.repeat(999),
];
const NUMBERS = [0, 7, 200, 999_999_999, 1_000_000_000, 2 ** 53, -1, 0.125, 1e21, 1e-7, 12.300000000000001, null];
const TIMES = [
  '2026-10-06T00:00:38.125Z',
  '1970-01-01T00:00:00.000Z',
  '1969-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.001Z',
];

const ROWS: Row[] = Array.from({ length: 200 }, (_, at) => ({
  time: at % 9 === 8 ? null : Date.parse(TIMES[at % TIMES.length] as string),
  host: 'files.example.com',
  path: TEXTS[at % TEXTS.length] as string,
  user_agent: at % 3 ? (TEXTS[(at * 5) % TEXTS.length] as string) : null,
  request_id: `R${at}`,
  status: 200 + (at % 300),
  bytes_sent: at % 7 === 3 ? 2n ** 63n - BigInt(at) : (NUMBERS[at % 6] as number),
  duration_ms: NUMBERS[at % NUMBERS.length] as number | null,
  log_object: 'a/b.log',
}));

describe.each(['json', 'csv'] as const)('as %s', (output) => {
  const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

  test('records are written as their values are by themselves', () => {
    const columns = new Columns();
    const writer = new RecordText(output);
    for (const [from, to] of [
      [0, 3],
      [3, 4],
      [4, 4],
      [4, 200],
    ]) {
      const rows = ROWS.slice(from, to);
      expect(textOf(writer.write(columns.batch(rows)))).toBe(rows.map((row) => expected(row, output)).join(''));
    }
  });

  test('rejected lines are left out', () => {
    const text = textOf(new RecordText(output).write(new Columns().batch(ROWS.slice(0, 4), [0, 2])));
    expect(text).toBe([1, 3].map((at) => expected(ROWS[at] as Row, output)).join(''));
  });

  test('texts may be forgotten', () => {
    const columns = new Columns();
    const writer = new RecordText(output);
    writer.write(columns.batch(ROWS.slice(0, 100)));
    columns.clear();
    writer.clear();
    const rows = ROWS.slice(50, 150).reverse();
    expect(textOf(writer.write(columns.batch(rows)))).toBe(rows.map((row) => expected(row, output)).join(''));
  });

  test('bytes that are not UTF-8 become U+FFFD', () => {
    const columns = new Columns();
    const batch = columns.batch([{ path: null }]);
    const path = batch.columns.find(({ name }) => name === 'path') as MappedColumn & { type: 'varchar' };
    path.ids[0] = path.texts.intern(Uint8Array.of(0x61, 0xff), 0, 2, 1);
    expect(textOf(new RecordText(output).write(batch))).toBe(expected({ path: 'a\ufffd' }, output));
  });
});

test('the header of CSV names the columns', () => {
  expect(CSV_HEADER).toBe(`${MAPPED_COLUMNS.join(',')}\n`);
});
