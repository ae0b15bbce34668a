import { describe, expect, test } from '@jest/globals';
import type { Column } from '../../lib/model/columns.ts';
import { rankingColumn } from '../../lib/text/ranking.ts';

const count = (name: string): Column => ({ name, type: 'bigint', title: name, unit: 'count' });
const columnsOf = (...columns: Column[]) => ({ columns });

describe('the ranking column', () => {
  const ranked = columnsOf(
    { name: 'object', type: 'varchar', title: 'Object' },
    count('requests'),
    count('errors'),
    count('bytes'),
  );

  test('is the figure that falls from row to row, not one that stays the same', () => {
    expect(
      rankingColumn(ranked, [
        ['a', 1n, 0n, 9n],
        ['b', 5n, 0n, 7n],
        ['c', 2n, 0n, 8n],
        ['d', 7n, 0n, 1n],
      ]),
    ).toBe(3);
  });

  test('is the first figure if it is the same in all rows', () => {
    const tied = [3n, 9n, 1n, 8n, 2n].map((errors, at) => [`${at}`, 7n, errors, 0n]);
    expect(rankingColumn(ranked, tied)).toBe(1);
  });

  test('is undefined for a list of the latest requests, and the first figure for a table by hour', () => {
    const latest = columnsOf({ name: 'time', type: 'timestamp', title: 'Time' }, count('bytes'));
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
    const byHour = columnsOf(
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
    expect(rankingColumn(columnsOf({ name: 'object', type: 'varchar', title: 'Object' }), [['a']])).toBeUndefined();
  });

  test('does not count a step from NULL as a rise', () => {
    const rows = [
      ['a', 1n, null],
      ['b', 2n, 9n],
      ['c', 3n, 8n],
    ];
    expect(
      rankingColumn(
        columnsOf({ name: 'object', type: 'varchar', title: 'Object' }, count('requests'), count('bytes')),
        rows,
      ),
    ).toBe(2);
  });
});
