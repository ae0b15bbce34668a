import { describe, expect, test } from '@jest/globals';
import { Table } from 'apache-arrow';
import type { Column } from '../../lib/model/columns.ts';
import type { SectionRecord } from '../../lib/model/edition.ts';
import { recordBatch } from '../../lib/tables/schema.ts';
import { rankingColumn, sectionRows, withoutEmptyColumns } from '../../lib/text/rows.ts';
import { sampleEdition } from '../editions.ts';

const count = (name: string): Column => ({ name, type: 'bigint', title: name, unit: 'count' });
const section = (...columns: Column[]): SectionRecord => ({
  id: 'x',
  title: 'X',
  answers: 'X.',
  columns,
  rows: 3,
  files: [],
});

describe('rows', () => {
  const columns: Column[] = [{ name: 'object', type: 'varchar', title: 'Object' }, count('requests')];
  const table = new Table([
    recordBatch(columns, [
      ['a', null],
      [9_007_199_254_740_993n, 1n],
    ]),
    recordBatch(columns, [['c'], [0n]]),
  ]);
  const edition = { record: sampleEdition(0).record, tables: new Map([['x', table]]) };

  test('come in order, across batches, with NULL and int64 kept', () => {
    expect(sectionRows(edition, section(...columns), 10)).toEqual([
      ['a', 9_007_199_254_740_993n],
      [null, 1n],
      ['c', 0n],
    ]);
    expect(sectionRows(edition, section(...columns), 1)).toHaveLength(1);
  });

  test('that are missing are an error, not an empty table', () => {
    expect(() => sectionRows(edition, { ...section(...columns), id: 'y' }, 1)).toThrow('no rows for its section "y"');
    expect(() => sectionRows(edition, section(count('bytes')), 1)).toThrow('no column "bytes"');
  });
});

describe('columns that hold nothing', () => {
  const columns: Column[] = [{ name: 'object', type: 'varchar', title: 'Object' }, count('requests'), count('misses')];
  const columnsOf = (rows: [string[], bigint[], (bigint | null)[]]) => {
    const tables = new Map([['x', new Table([recordBatch(columns, rows)])]]);
    const edition = { record: sampleEdition(0).record, tables };
    const { columns: kept, note } = withoutEmptyColumns(edition, { ...section(...columns), note: 'A note.' });
    return [kept.map(({ name }) => name), note];
  };

  test('in any row are left out, and the note says so', () => {
    expect(
      columnsOf([
        ['a', 'b'],
        [1n, 0n],
        [null, null],
      ]),
    ).toEqual([['object', 'requests'], 'A note. Left out, since no row has a value: misses.']);
  });

  test('in some rows, or only zeros, or without a row, stay', () => {
    expect(
      columnsOf([
        ['a', 'b'],
        [0n, 0n],
        [null, 1n],
      ]),
    ).toEqual([['object', 'requests', 'misses'], 'A note.']);
    expect(columnsOf([[], [], []])).toEqual([['object', 'requests', 'misses'], 'A note.']);
  });
});

describe('the ranking column', () => {
  const ranked = section(
    { name: 'object', type: 'varchar', title: 'Object' },
    count('requests'),
    count('errors'),
    count('bytes'),
  );

  test('is the figure that falls, not one that stays the same', () => {
    expect(
      rankingColumn(ranked, [
        ['a', 1n, 0n, 9n],
        ['b', 5n, 0n, 7n],
        ['c', 2n, 0n, 8n],
        ['d', 7n, 0n, 1n],
      ]),
    ).toBe(3);
  });

  test('is the first figure where all rows have the same', () => {
    const tied = [3n, 9n, 1n, 8n, 2n].map((errors, at) => [`${at}`, 7n, errors, 0n]);
    expect(rankingColumn(ranked, tied)).toBe(1);
  });

  test('is none of a list in another order, such as that of the latest requests', () => {
    const latest = section({ name: 'time', type: 'timestamp', title: 'Time' }, count('bytes'));
    const times = [5, 4, 3, 2, 1];
    expect(
      rankingColumn(
        latest,
        times.map((time, at) => [time, [3n, 9n, 1n, 8n, 2n][at] ?? null]),
      ),
    ).toBeUndefined();
    const hourly = times.toReversed().map((time, at) => [time, [3n, 9n, 1n, 8n, 2n][at] ?? null]);
    expect(rankingColumn(latest, hourly)).toBe(1);
  });

  test('is the first figure of a table by day or hour', () => {
    const byHour = section(
      { name: 'hour', type: 'integer', title: 'Hour', unit: 'hour' },
      count('requests'),
      count('errors'),
    );
    expect(
      rankingColumn(byHour, [
        [0, 1n, 9n],
        [1, 2n, 8n],
      ]),
    ).toBe(1);
  });

  test('is undefined without a figure', () => {
    expect(rankingColumn(section({ name: 'object', type: 'varchar', title: 'Object' }), [['a']])).toBeUndefined();
  });
});
