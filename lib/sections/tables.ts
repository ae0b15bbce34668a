import { readSql } from '../sql/sql-files.ts';
import { withMeasures } from './measures.ts';

/** Tables made from `requests`, and the file of each. */
const DERIVED: Readonly<Record<string, string>> = {
  requests_by_hour: 'requests-by-hour.sql',
  user_agents: 'user-agents.sql',
};

const PREVIOUS = 'requests_before';

/** Every table that a section may read. */
export const SECTION_TABLES: readonly string[] = ['requests', PREVIOUS, ...Object.keys(DERIVED)];

/** True for a query that reads the requests of the previous period too. */
export function readsPreviousPeriod({ sql }: { sql: string }): boolean {
  return reads(sql, PREVIOUS);
}

/**
 * The tables that a query reads, as members of a WITH clause; `requests` is the SELECT of the first, and of the previous
 * period's in the same way.
 */
export function tablesFor(sql: string, requests: string): string[] {
  const derived = Object.entries(DERIVED).filter(([table]) => reads(sql, table));
  return [
    `requests AS (\n${requests}\n)`,
    ...(reads(sql, PREVIOUS) ? [`${PREVIOUS} AS (\n${requests}\n)`] : []),
    ...derived.map(([table, file]) => `${table} AS (\n${withMeasures(readSql(file)).trim()}\n)`),
  ];
}

/** True for a query that reads a table. A column may have the same name. */
function reads(sql: string, table: string): boolean {
  return new RegExp(`\\b(?:FROM|JOIN)\\s+${table}\\b`).test(sql);
}
