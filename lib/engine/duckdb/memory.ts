const UNITS: Readonly<Record<string, number>> = { K: 1, M: 2, G: 3, T: 4 };
/** What Node takes, and DuckDB beside what it counts: 450 to 650 MB with 2 and 10 million lines. */
const BESIDE_BYTES = 600e6;
/** A smaller share would not do for a query. */
const LEAST_SHARE = 0.4;
/** What writing a day of 160,000 requests took at most. */
const DAY_BYTES = 250e6;

/** How many bytes DuckDB may count for the whole program to stay about within a size such as `2GB` or `1.5 GiB`. */
export function queryMemoryBytes(memory: string): number {
  const [, figure = '0', unit = 'M', binary] = /^([\d.]+) ?([KMGT])(i?)B$/.exec(memory) ?? [];
  const bytes = Number(figure) * (binary ? 1024 : 1000) ** (UNITS[unit] ?? 0);
  return Math.max(bytes - BESIDE_BYTES, bytes * LEAST_SHARE);
}

/** How many days may be written at once: one more than compute, which puts its file in place, while memory lasts. */
export function daysAtOnce(memory: string, threads: number): number {
  return Math.max(1, Math.min(threads + 1, Math.floor(queryMemoryBytes(memory) / DAY_BYTES)));
}
