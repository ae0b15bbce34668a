import type { Statement } from '../engine/engine.ts';
import type { Period } from '../period.ts';
import { readSql } from '../sql.ts';
import type { Section } from './section.ts';

/** The numbers that a section's SQL may name as `{{name}}`. */
const SETTING_NAMES = ['slow_ms', 'put_per_1000', 'get_per_1000', 'transfer_out_per_gb'] as const;

/** Milliseconds, and USD per thousand requests and per gigabyte. */
export type SectionSettings = Record<(typeof SETTING_NAMES)[number], number>;

export interface SectionScope {
  /** Database that holds the table `requests`. */
  database: string;
  /** Names of the report's sources, at least one. */
  sources: readonly string[];
  period: Period;
  period_before: Period;
  settings: SectionSettings;
}

/**
 * The statement that answers a section's question for some sources and a period. Sources and days become parameters,
 * settings become numbers; no text of a user enters the SQL. Throws on a database that is no plain identifier, on no
 * source, and on a placeholder or number that is not allowed.
 */
export function renderSection(section: Pick<Section, 'id' | 'sql'>, scope: SectionScope): Statement {
  const { period, period_before, sources } = scope;
  const requests = requestsOf(scope);
  const compares = /\brequests_before\b/.test(section.sql);
  const tables = [`requests AS (\n${requests}\n)`, ...(compares ? [`requests_before AS (\n${requests}\n)`] : [])];
  const periods = compares ? [period, period_before] : [period];
  return {
    sql: `WITH ${tables.join(',\n')}${withoutWith(fillIn(section, scope.settings))}`,
    parameters: periods.flatMap(({ from, to }) => [...sources, from, to]),
  };
}

/** A section's own CTEs go on with the list that the rendered WITH begins. */
function withoutWith(sql: string): string {
  return /^WITH\s/.test(sql) ? `,\n${sql.replace(/^WITH\s+/, '')}` : `\n${sql}`;
}

function requestsOf({ database, sources }: SectionScope): string {
  if (!/^[a-z][a-z0-9_]*$/.test(database)) {
    throw new Error(`the database '${database}' must be lower-case letters, digits and underscores`);
  }
  if (sources.length === 0) throw new Error('a report needs at least one source');
  const select = readSql('requests.sql').replace('{{database}}', database).trim();
  return `${select}\nWHERE source IN (${sources.map(() => '?').join(', ')}) AND day BETWEEN ? AND ?`;
}

function fillIn({ id, sql }: Pick<Section, 'id' | 'sql'>, settings: SectionSettings): string {
  return sql.replace(/\{\{(.*?)\}\}/g, (placeholder, text: string) => {
    const name = SETTING_NAMES.find((known) => known === text);
    if (!name) throw new Error(`section ${id}: ${placeholder} is none of ${SETTING_NAMES.join(', ')}`);
    return doubleLiteral(name, settings[name]);
  });
}

/** A number in E notation, which is a double in Athena, Trino and DuckDB alike; `0.5` is a decimal in some of them. */
function doubleLiteral(name: string, value: number): string {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new Error(`the setting ${name} must be a number from 0, not ${value}`);
  }
  return value.toExponential().replace('e+', 'E').replace('e', 'E');
}
