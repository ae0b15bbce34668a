import { describe, expect, test } from '@jest/globals';
import { Table } from 'apache-arrow';
import type { Column } from '../../lib/model/columns.ts';
import type { SectionRecord } from '../../lib/model/edition.ts';
import { sectionRows, withoutEmptyColumns } from '../../lib/tables/rows.ts';
import { recordBatch } from '../../lib/tables/schema.ts';
import { sampleEdition } from '../editions.ts';

const count = (name: string): Column => ({ name, type: 'bigint', title: name, unit: 'count' });
const section = (...columns: Column[]): SectionRecord => ({
  id: 'x',
  title: 'X',
  description: 'X.',
  columns,
  rows: 3,
  files: [],
});

describe('rows of a section', () => {
  const columns: Column[] = [{ name: 'object', type: 'varchar', title: 'Object' }, count('requests')];
  const table = new Table([
    recordBatch(columns, [
      ['a', null],
      [9_007_199_254_740_993n, 1n],
    ]),
    recordBatch(columns, [['c'], [0n]]),
  ]);
  const edition = { record: sampleEdition(0).record, tables: new Map([['x', table]]) };

  test('are in order across batches, with exact int64 values and NULL', () => {
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

describe('empty columns', () => {
  const columns: Column[] = [{ name: 'object', type: 'varchar', title: 'Object' }, count('requests'), count('misses')];
  const columnsOf = (rows: [string[], bigint[], (bigint | null)[]]) => {
    const tables = new Map([['x', new Table([recordBatch(columns, rows)])]]);
    const edition = { record: sampleEdition(0).record, tables };
    const { columns: kept, note } = withoutEmptyColumns(edition, { ...section(...columns), note: 'A note.' });
    return [kept.map(({ name }) => name), note];
  };

  test('are left out, and the note names them', () => {
    expect(
      columnsOf([
        ['a', 'b'],
        [1n, 0n],
        [null, null],
      ]),
    ).toEqual([['object', 'requests'], 'A note. Left out, since no row has a value: misses.']);
  });

  test('are not columns with a value in some row, with zeros only, or of a table without rows', () => {
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
