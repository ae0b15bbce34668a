const UNITS: Readonly<Record<string, number>> = { K: 1, M: 2, G: 3, T: 4 };
/** Memory of Node and of DuckDB outside its own limit: 450 to 650 MB, measured with 2 and 10 million lines. */
const OTHER_BYTES = 600e6;
/** Queries need at least this share of the memory. */
const MIN_SHARE = 0.4;
/** The memory that DuckDB needs, plus some per thread. With less, queries fail instead of using the disk. */
const BASE_BYTES = 60e6;
const THREAD_BYTES = 55e6;
/** Peak memory of writing a day of 160,000 requests. */
const DAY_BYTES = 250e6;

/** DuckDB's memory limit in bytes, with which the whole program stays about within a size such as `2GB` or `1.5 GiB`. */
export function queryMemoryBytes(memory: string): number {
  const [, figure = '0', unit = 'M', binary] = /^([\d.]+) ?([KMGT])(i?)B$/.exec(memory) ?? [];
  const bytes = Number(figure) * (binary ? 1024 : 1000) ** (UNITS[unit] ?? 0);
  return Math.max(bytes - OTHER_BYTES, bytes * MIN_SHARE);
}

/** As many threads as are wished for and the memory suffices for. */
export function affordableThreads(memory: string, threads: number): number {
  return Math.max(1, Math.min(threads, Math.floor((queryMemoryBytes(memory) - BASE_BYTES) / THREAD_BYTES)));
}

/** Days that are written in parallel: one per thread and one more, which is renaming its file, as far as memory allows. */
export function daysAtOnce(memory: string, threads: number): number {
  return Math.max(1, Math.min(threads + 1, Math.floor(queryMemoryBytes(memory) / DAY_BYTES)));
}
