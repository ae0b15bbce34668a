import type { Ran } from '../run/run-query.ts';
import type { EditionPorts } from './ports.ts';

const BYTES_IN_A_TB = 1e12;
/** Athena bills at least so many bytes for a query. */
const LEAST_BYTES_BILLED = 10_000_000;

/** What Athena bills for queries; on DuckDB they cost nothing and nobody counts their bytes. */
export function costOf(
  { config, engine }: EditionPorts,
  runs: readonly Ran[],
): { bytes_scanned: number | null; cost_usd: number } {
  if (engine.name === 'duckdb') return { bytes_scanned: null, cost_usd: 0 };
  const scanned = runs.map((one) => one.bytes_scanned ?? 0);
  const billed = scanned.map((bytes) => Math.max(bytes, LEAST_BYTES_BILLED));
  const sum = (figures: number[]) => figures.reduce((total, figure) => total + figure, 0);
  return { bytes_scanned: sum(scanned), cost_usd: (sum(billed) / BYTES_IN_A_TB) * config.prices.athena_per_tb };
}
