import type { Statement } from '../engine/engine.ts';
import type { SourceKind } from '../formats/format.ts';
import type { Period } from '../model/period.ts';
import type { Privacy } from '../model/privacy.ts';
import { LAKE_PARTITIONS } from '../model/request-columns.ts';
import { readSql } from '../sql/sql-files.ts';
import { applies } from './applies.ts';
import type { Filter } from './filter/filter.ts';
import { filterSql } from './filter/filter-sql.ts';
import { protectedColumns, protects } from './privacy.ts';
import type { Section } from './section.ts';

/** What of a section is rendered; `parameters` are those of its own SQL. */
type Asked = Pick<Section, 'id' | 'sql' | 'applies_to'> & { parameters?: readonly string[] };

/** The numbers that a section's SQL may name as `{{name}}`. */
const SETTING_NAMES = ['slow_ms', 'put_per_1000', 'get_per_1000', 'transfer_out_per_gb'] as const;

/** Milliseconds, and USD per thousand requests and per gigabyte. */
export type SectionSettings = Record<(typeof SETTING_NAMES)[number], number>;

export interface SectionScope {
  /** Database that holds the table `requests`. */
  database: string;
  /** Names of the report's sources, at least one. */
  sources: readonly string[];
  /** What each source is; a section reads those that can answer it, and all when this is left out. */
  kinds?: Readonly<Record<string, SourceKind>>;
  period: Period;
  period_before: Period;
  settings: SectionSettings;
  /** What the rows show; everything when it is left out. */
  privacy?: Privacy;
  /** With hashed addresses: see `addressKey`. */
  address_key?: string | undefined;
  /** Edition whose rows of the table `owners` are joined; without it no request has an owner. */
  owners_edition?: string | undefined;
  /** Which of the requests, as sections see them, are read; all of them when it is left out. */
  filter?: Filter | undefined;
}

/**
 * The statement that answers a section's question for some sources and a period. Sources, days and the values of a
 * filter become parameters, settings become numbers; no text of a user enters the SQL. Throws on a database that is no
 * plain identifier, on no source, and on a placeholder or number that is not allowed.
 */
export function renderSection(section: Asked, scope: SectionScope): Statement {
  const { period, period_before } = scope;
  const requests = requestsOf(section, scope);
  const compares = readsPreviousPeriod(section);
  const namesAgents = reads(section.sql, 'user_agents');
  const filter = scope.filter && filterSql(scope.filter);
  const rows = filter ? `SELECT *\nFROM (\n${requests.sql}\n) AS requests\nWHERE ${filter.sql}` : requests.sql;
  const tables = [
    `requests AS (\n${rows}\n)`,
    ...(compares ? [`requests_before AS (\n${rows}\n)`] : []),
    ...(namesAgents ? [`user_agents AS (\n${readSql('user-agents.sql').trim()}\n)`] : []),
  ];
  const periods = compares ? [period, period_before] : [period];
  return {
    sql: `WITH ${tables.join(',\n')}${withoutWith(fillIn(section, scope.settings))}`,
    parameters: [
      ...periods.flatMap(({ from, to }) => [...requests.parameters, from, to, ...(filter?.parameters ?? [])]),
      ...(section.parameters ?? []),
    ],
  };
}

/** True for a query that reads the requests of the previous period too. */
export function readsPreviousPeriod({ sql }: Pick<Section, 'sql'>): boolean {
  return reads(sql, 'requests_before');
}

/** True for a query that reads a table. A column may have the same name. */
function reads(sql: string, table: string): boolean {
  return new RegExp(`\\b(?:FROM|JOIN)\\s+${table}\\b`).test(sql);
}

/** True for a query that reads the column `owner` of requests. */
export function asksForOwners({ sql }: Pick<Section, 'sql'>): boolean {
  return /\bowner\b/.test(sql);
}

/** A section's own CTEs go on with the list that the rendered WITH begins. */
function withoutWith(sql: string): string {
  return /^WITH\s/.test(sql) ? `,\n${sql.replace(/^WITH\s+/, '')}` : `\n${sql}`;
}

/**
 * What a section reads as `requests`; the days are its last two parameters. Privacy and owners are applied here, so that
 * no section can forget them.
 */
function requestsOf(section: Asked, scope: SectionScope): Statement {
  const { database, kinds = {}, owners_edition } = scope;
  const sources = scope.sources.filter((name) => applies(section, kinds[name]));
  if (!/^[a-z][a-z0-9_]*$/.test(database)) {
    throw new Error(`the database '${database}' must be lower-case letters, digits and underscores`);
  }
  if (sources.length === 0)
    throw new Error(`section ${section.id}: a report needs at least one source that can answer it`);
  const owners = asksForOwners(section) ? ownersOf(database, owners_edition) : NO_OWNERS;
  const privacy = scope.privacy ?? { client_ip: 'keep', query: 'keep' };
  const rows = [
    `FROM ${database}.requests`,
    ...owners.joins,
    `WHERE source IN (${sources.map(() => '?').join(', ')}) AND day BETWEEN ? AND ?`,
  ].join('\n');
  const select = readSql('requests.sql').trim();
  const parameters = [...owners.parameters, ...sources];
  if (!protects(privacy) && owners === NO_OWNERS) return { sql: `${select}\n${rows}`, parameters };
  const columns = [...protectedColumns(privacy, scope.address_key), ...LAKE_PARTITIONS, ...owners.columns];
  return { sql: `${select}\nFROM (\nSELECT\n${columns.join(',\n')}\n${rows}\n) AS requests`, parameters };
}

interface OwnerJoin {
  columns: readonly string[];
  joins: readonly string[];
  parameters: readonly string[];
}

const NO_OWNERS: OwnerJoin = { columns: [], joins: [], parameters: [] };

/** The column `owner`: the team or customer that a request is attributed to, by the `owners` of the config. */
function ownersOf(database: string, edition: string | undefined): OwnerJoin {
  if (edition === undefined) return { columns: ['CAST(NULL AS varchar) AS owner'], joins: [], parameters: [] };
  const join = readSql('owners/join.sql').replaceAll('{{database}}', database).trim();
  return {
    columns: ['coalesce(by_requester.owner, by_address.owner, by_folder.owner) AS owner'],
    joins: [join],
    parameters: [edition, edition, edition],
  };
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
