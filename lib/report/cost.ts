import type { QueryRun } from '../run/run-query.ts';
import type { ReportPorts } from './ports.ts';

const BYTES_PER_TB = 1e12;
/** Athena bills at least 10 MB per query. */
const MIN_BILLED_BYTES = 10_000_000;

export interface QueryCost {
  /** Null if the engine does not bill by bytes. */
  bytes_scanned: number | null;
  cost_usd: number;
}

/** What Athena bills for queries. Queries on DuckDB cost nothing, and their bytes are not counted. */
export function costOf({ config, engine }: ReportPorts, runs: readonly QueryRun[]): QueryCost {
  if (engine.name === 'duckdb') return { bytes_scanned: null, cost_usd: 0 };
  const scanned = runs.map((run) => run.bytes_scanned ?? 0);
  const billed = scanned.map((bytes) => Math.max(bytes, MIN_BILLED_BYTES));
  return { bytes_scanned: sum(scanned), cost_usd: (sum(billed) / BYTES_PER_TB) * config.prices.athena_per_tb };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
