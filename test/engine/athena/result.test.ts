import { describe, expect, test } from '@jest/globals';
import type { RecordBatch } from 'apache-arrow';
import { readResult } from '../../../lib/engine/athena/result.ts';
import type { Column, ColumnType } from '../../../lib/model/columns.ts';

const MIB = 1024 * 1024;

const column = (name: string, type: ColumnType): Column => ({ name, type, title: name });

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function batchesOf(bytes: Buffer, columns: readonly Column[], chunk_bytes = 65_536): Promise<RecordBatch[]> {
  const batches: RecordBatch[] = [];
  for await (const batch of readResult(cut(bytes, chunk_bytes), columns)) batches.push(batch);
  return batches;
}

/** Rows as arrays: bigint for bigint, milliseconds since 1970 for timestamps and dates. */
async function rowsOf(text: string, columns: readonly Column[], chunk_bytes?: number): Promise<unknown[][]> {
  const batches = await batchesOf(Buffer.from(text), columns, chunk_bytes);
  return batches.flatMap((batch) =>
    Array.from({ length: batch.numRows }, (_, row) => columns.map((_, index) => batch.getChildAt(index)?.get(row))),
  );
}

describe("Athena's CSV", () => {
  test('reads the same wherever the chunks are cut', async () => {
    const text = [
      '"name","bytes","note"',
      '"plain","1","a"',
      '"say ""hi"", you","7","b"',
      ',"-2","line one\nline ""two""\r\n"',
      '"😀 Zürich","3",""',
      ',"4",',
      '"""","5",""""""',
      '"last","6","no line feed after it"',
    ].join('\n');
    const columns = [column('name', 'varchar'), column('bytes', 'bigint'), column('note', 'varchar')];
    const expected = [
      ['plain', 1n, 'a'],
      ['say "hi", you', 7n, 'b'],
      [null, -2n, 'line one\nline "two"\r\n'],
      ['😀 Zürich', 3n, ''],
      [null, 4n, null],
      ['"', 5n, '""'],
      ['last', 6n, 'no line feed after it'],
    ];
    for (let size = 1; size <= Buffer.byteLength(text); size++) {
      expect(await rowsOf(text, columns, size)).toEqual(expected);
    }
  });

  test('reads values without quotes, as any other CSV has them', async () => {
    expect(await rowsOf('a,b\n1,x y\n', [column('a', 'bigint'), column('b', 'varchar')])).toEqual([[1n, 'x y']]);
  });

  test('reads a value of many chunks', async () => {
    const value = 'x"'.repeat(3 * MIB);
    const [row] = await rowsOf(`"line"\n"${value.replaceAll('"', '""')}"\n`, [column('line', 'varchar')]);
    expect(row?.[0] === value).toBe(true);
  });

  test('ends a batch of long values early', async () => {
    const text = `"line"\n${`"${'x'.repeat(MIB)}"\n`.repeat(40)}`;
    const batches = await batchesOf(Buffer.from(text), [column('line', 'varchar')]);
    expect(batches.map(({ numRows }) => numRows)).toEqual([16, 16, 8]);
  });

  test.each<[ColumnType, string, unknown]>([
    ['double', '1.0', 1],
    ['double', '-1.5E-10', -1.5e-10],
    ['double', '1.7976931348623157E308', Number.MAX_VALUE],
    ['double', '-Infinity', Number.NEGATIVE_INFINITY],
    ['double', '12', 12],
    ['timestamp', '2026-10-01 12:00:00', Date.UTC(2026, 9, 1, 12)],
    ['timestamp', '2026-10-01 12:00:00.5', Date.UTC(2026, 9, 1, 12, 0, 0, 500)],
    ['timestamp', '2026-10-01 12:00:00.123456', Date.UTC(2026, 9, 1, 12, 0, 0, 123)],
    ['bigint', '9007199254740993', 9007199254740993n],
    ['integer', '-2147483648', -2147483648],
  ])('reads a %s written as %s', async (type, text, value) => {
    expect(await rowsOf(`"v"\n"${text}"\n`, [column('v', type)])).toEqual([[value]]);
  });

  test.each<[ColumnType, string]>([
    ['boolean', 'yes'],
    ['integer', '2147483648'],
    ['integer', '1.5'],
    ['integer', ''],
    ['bigint', '9223372036854775808'],
    ['bigint', '0x10'],
    ['bigint', '1E3'],
    ['double', 'nan'],
    ['double', ''],
    ['double', '1,5'],
    ['timestamp', '2026-13-01 00:00:00.000'],
    ['timestamp', '2026-10-01'],
    ['timestamp', '2026-10-01 00:00:00.000 Europe/Zurich'],
    ['date', '2026-10-01 00:00:00'],
    ['date', '01/10/2026'],
  ])('refuses the %s %j by row, column and value', async (type, text) => {
    const read = rowsOf(`"v"\n\n"${text}"\n`, [column('v', type)]);
    await expect(read).rejects.toThrow(
      `Athena's result, row 2, column 'v': ${JSON.stringify(text)} is not a valid ${type}`,
    );
  });

  test.each([
    ['', 'the header is missing'],
    ['"a"\n"1"\n', 'the query returned the columns a instead of a, b'],
    ['"b","a"\n"1","2"\n', 'the query returned the columns b, a instead of a, b'],
    ['"a","b"\n"1"\n', "row 1, column 'b': 1 values for 2 columns"],
    ['"a","b"\n"1","2","3"\n', 'there are more values than the 2 columns'],
    ['"a","b"\n"1","2', 'the text ends inside a value'],
    ['"a","b"\n"1","2"x\n', 'a quote inside a value is not doubled'],
    ['"a","b"\n"1",x"\n', 'there is a quote inside a value without quotes'],
  ])('refuses %j', async (text, message) => {
    await expect(rowsOf(text, [column('a', 'varchar'), column('b', 'varchar')])).rejects.toThrow(message);
  });

  test('passes on that the download broke', async () => {
    async function* broken() {
      yield Buffer.from('"a"\n"1"\n"2');
      throw new Error('socket hang up');
    }
    const read = async () => {
      for await (const _ of readResult(broken(), [column('a', 'bigint')]));
    };
    await expect(read()).rejects.toThrow('socket hang up');
  });
});
