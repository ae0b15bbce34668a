import { expect, test } from '@jest/globals';
import { affordableThreads, daysAtOnce, queryMemoryBytes } from '../../../lib/engine/duckdb/memory.ts';

test.each([
  ['2GB', 1_400_000_000],
  ['1.5 GiB', 1.5 * 1024 ** 3 - 600e6],
  ['1GB', 400_000_000],
  ['800MB', 320_000_000],
  ['1TiB', 1024 ** 4 - 600e6],
])('of %s DuckDB may count %d bytes', (memory, bytes) => {
  expect(queryMemoryBytes(memory)).toBe(bytes);
});

test.each([
  ['2GB', 2, 3],
  ['2GB', 8, 5],
  ['1GB', 8, 1],
  ['100MB', 2, 1],
])('with %s and %d threads %d days are written at once', (memory, threads, days) => {
  expect(daysAtOnce(memory, threads)).toBe(days);
});

test.each([
  ['512MB', 256, 2],
  ['1GB', 256, 6],
  ['1GB', 2, 2],
  ['2GB', 256, 24],
  ['16GB', 64, 64],
])('a memory of %s suffices for %d threads: %d', (memory, threads, affordable) => {
  expect(affordableThreads(memory, threads)).toBe(affordable);
});
