import { expect, test } from '@jest/globals';
import { generateLines } from '../../samples/generator/entries.ts';

test('a log in which little repeats tells the same story with texts of its own', () => {
  const lines = 3_000;
  const fields = (unlike: boolean) => [...generateLines({ lines, unlike })].map((line) => line.split(' '));
  const [usual, other] = [fields(false), fields(true)];
  const distinct = (rows: string[][], field: number) => new Set(rows.map((row) => row[field])).size;
  const KEY = 8;
  expect(distinct(usual, KEY)).toBeLessThan(lines / 2);
  expect(distinct(other, KEY)).toBeGreaterThan(lines * 0.8);
  const TIME = 2;
  expect(other.map((row) => row[TIME])).toEqual(usual.map((row) => row[TIME]));
});
