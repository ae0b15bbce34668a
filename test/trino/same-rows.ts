import { expect } from '@jest/globals';

/** Expects the same rows from both engines, each as often, in any order. Fails with the first few that only one has. */
export function expectSameRows(trino: readonly unknown[], duckdb: readonly unknown[]): void {
  expect({ trino: missing(trino, duckdb), duckdb: missing(duckdb, trino) }).toEqual({ trino: [], duckdb: [] });
  expect(trino).toHaveLength(duckdb.length);
}

/** The first of `rows` that are not among `others`. */
function missing(rows: readonly unknown[], others: readonly unknown[]): unknown[] {
  const left = new Map<string, number>();
  for (const row of others) left.set(text(row), (left.get(text(row)) ?? 0) + 1);
  return rows
    .filter((row) => {
      const count = left.get(text(row)) ?? 0;
      left.set(text(row), count - 1);
      return count <= 0;
    })
    .slice(0, 3);
}

function text(row: unknown): string {
  return JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? String(value) : value));
}
