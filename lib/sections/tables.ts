import { readSql } from '../sql/sql-files.ts';
import { withMeasures } from './measures.ts';
import { type S3Prices, s3PricesSql } from './prices.ts';

/** A table of lake rows, of the period or of the previous one: all records, or requests only. */
export interface LakeTable {
  name: string;
  is_before: boolean;
  has_requests_only: boolean;
}

const REQUESTS: LakeTable = { name: 'requests', is_before: false, has_requests_only: true };

const LAKE_TABLES: readonly LakeTable[] = [
  REQUESTS,
  { name: 'requests_before', is_before: true, has_requests_only: true },
  { name: 'records', is_before: false, has_requests_only: false },
];

/** Tables derived from `requests` or `records`, and their files. */
const DERIVED: Readonly<Record<string, string>> = {
  billed_records: 'billed-records.sql',
  objects: 'objects.sql',
  requests_by_hour: 'requests-by-hour.sql',
  user_agents: 'user-agents.sql',
};

const PRICES = 's3_prices';

/** Every table that a section may read. */
export const SECTION_TABLES: readonly string[] = [
  ...LAKE_TABLES.map(({ name }) => name),
  ...Object.keys(DERIVED),
  PRICES,
];

/** True for a query that reads the requests of the previous period too. */
export function readsPreviousPeriod({ sql }: { sql: string }): boolean {
  return lakeTables(sql).some(({ is_before }) => is_before);
}

/** True for a query that reads lines that are not requests. */
export function readsRecords({ sql }: { sql: string }): boolean {
  return lakeTables(sql).some(({ has_requests_only }) => !has_requests_only);
}

/** Tables whose rows an engine has kept: under which name, by the name that sections use. */
export type KeptTables = Readonly<Record<string, string>>;

/** The tables of lake rows that a query reads, directly or through a derived table that is not kept; `requests` if it reads none. */
export function lakeTables(sql: string, kept: KeptTables = {}): LakeTable[] {
  const derived = derivedTables(sql).flatMap((table) => (kept[table] === undefined ? [derivedSql(table)] : []));
  const read = LAKE_TABLES.filter(({ name }) => [sql, ...derived].some((text) => reads(text, name)));
  return read.length > 0 || derivedTables(sql).length > 0 ? read : [REQUESTS];
}

/** The tables that a query reads, as CTEs of a WITH clause. `select` returns the SELECT of a table of lake rows. */
export function tablesFor(
  sql: string,
  prices: S3Prices,
  kept: KeptTables,
  select: (table: LakeTable) => string,
): string[] {
  const rows = (table: string) => {
    const name = kept[table];
    return name === undefined ? withMeasures(derivedSql(table)).trim() : `SELECT * FROM ${name}`;
  };
  return [
    ...(reads(sql, PRICES) ? [`${PRICES} AS (\n${s3PricesSql(prices)}\n)`] : []),
    ...lakeTables(sql, kept).map((table) => `${table.name} AS (\n${select(table)}\n)`),
    ...derivedTables(sql).map((table) => `${table} AS (\n${rows(table)}\n)`),
  ];
}

/** The tables derived from `requests` or `records` that a query reads. */
export function derivedTables(sql: string): string[] {
  return Object.keys(DERIVED).filter((table) => reads(sql, table));
}

function derivedSql(table: string): string {
  return readSql(DERIVED[table] ?? '');
}

/** True for a query that reads the table. A column with the same name does not count. */
function reads(sql: string, table: string): boolean {
  return new RegExp(`\\b(?:FROM|JOIN)\\s+${table}\\b`).test(sql);
}
