import { type DuckDBConnection, DuckDBInstance, type DuckDBValue, VARCHAR } from '@duckdb/node-api';
import type { Statement } from '../../lib/engine/engine.ts';
import type { ColumnType } from '../../lib/model/columns.ts';
import { REQUEST_COLUMNS } from '../../lib/model/request-columns.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { renderSection, type SectionScope } from '../../lib/sections/render.ts';
import type { Section } from '../../lib/sections/section.ts';
import { readSql } from '../../lib/sql/sql-files.ts';

/** A row of `requests`, by column; what is missing is NULL. */
export type RequestRow = Record<string, string | number | bigint | null>;

export const MARCH: SectionScope = {
  database: 'logtally',
  sources: ['site'],
  period: { kind: 'monthly', from: '2026-03-01', to: '2026-03-31' },
  period_before: { kind: 'monthly', from: '2026-02-01', to: '2026-02-28' },
  settings: { slow_ms: 1000 },
  prices: { region: 'us-east-1', own: {} },
};

/** A DuckDB in memory whose `logtally.requests` holds the rows. Those without a `record_kind` have the one that the lake gives them. */
export async function openRequests(rows: readonly RequestRow[]): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(readSql('dialects/duckdb.sql'));
  const columns = [...REQUEST_COLUMNS, { name: 'source', type: 'varchar' }, { name: 'day', type: 'varchar' }];
  const names = columns.map(({ name }) => name);
  await connection.run(`CREATE TEMPORARY TABLE texts (${names.map((name) => `${name} varchar`).join(', ')})`);
  const appender = await connection.createAppender('texts');
  for (const row of rows) {
    for (const name of names) appender.appendValue(text(row[name]), VARCHAR);
    appender.endRow();
  }
  appender.closeSync();
  const cast = columns.map(({ name, type }) => `CAST(${name} AS ${type}) AS ${name}`).join(', ');
  const mapped = `(SELECT * EXCLUDE (record_kind), record_kind AS given_kind, NULL AS line FROM (SELECT ${cast} FROM texts))`;
  const kinds = readSql('lake/record-kind.sql').replace('{{mapped}}', () => mapped);
  const selected = names.map((name) =>
    name === 'record_kind' ? `coalesce(given_kind, record_kind) AS ${name}` : name,
  );
  await connection.run(
    `CREATE SCHEMA logtally; CREATE TABLE logtally.requests AS SELECT ${selected.join(', ')} FROM (${kinds})`,
  );
  return connection;
}

/** A section's rows, each a list in the order of its columns: numbers, text, days and minutes (`2026-03-02 08:00`). */
export async function answer(connection: DuckDBConnection, section: Section, scope = MARCH): Promise<unknown[][]> {
  const reader = await read(connection, renderSection(section, scope));
  return reader.getRowsJS().map((row) => row.map((value, index) => plain(value, section.columns[index]?.type)));
}

/** A section's rows by the names of its columns. */
export async function answerRows(
  connection: DuckDBConnection,
  section: Section,
  scope = MARCH,
): Promise<Record<string, unknown>[]> {
  const rows = await answer(connection, section, scope);
  return rows.map((row) => Object.fromEntries(section.columns.map(({ name }, index) => [name, row[index]])));
}

/** The section of the catalogue with an id. */
export function sectionOf(id: string): Section {
  const found = loadSections().find((section) => section.id === id);
  if (!found) throw new Error(`there is no section ${id}`);
  return found;
}

/** Names and types of the columns a section really returns. */
export async function columnTypes(connection: DuckDBConnection, section: Section): Promise<string[]> {
  const reader = await read(connection, renderSection(section, MARCH));
  return reader.columnNames().map((name, index) => `${name} ${reader.columnType(index)}`.toLowerCase());
}

function read(connection: DuckDBConnection, { sql, parameters }: Statement) {
  return connection.runAndReadAll(sql, [...parameters]);
}

function text(value: RequestRow[string] | undefined): DuckDBValue {
  return value == null ? null : String(value);
}

function plain(value: unknown, type: ColumnType | undefined): unknown {
  if (value instanceof Date)
    return value
      .toISOString()
      .slice(0, type === 'date' ? 10 : 16)
      .replace('T', ' ');
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value);
  return value;
}
