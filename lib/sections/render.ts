import type { Statement } from '../engine/engine.ts';
import type { SourceKind } from '../formats/format.ts';
import type { Period } from '../model/period.ts';
import type { Privacy } from '../model/privacy.ts';
import { LAKE_PARTITIONS } from '../model/request-columns.ts';
import { readSql } from '../sql/sql-files.ts';
import { applies } from './applies.ts';
import type { Filter } from './filter/filter.ts';
import { filterSql } from './filter/filter-sql.ts';
import type { S3Prices } from './prices.ts';
import { protectedColumns, protects } from './privacy.ts';
import type { Section } from './section.ts';
import { type SectionSettings, withSettings } from './settings.ts';
import { type KeptTables, type LakeTable, lakeTables, tablesFor } from './tables.ts';

/** The parts of a section that are rendered. `parameters` are those of its own SQL. */
type SectionQuery = Pick<Section, 'id' | 'sql' | 'applies_to'> & { parameters?: readonly string[] };

export interface SectionScope {
  /** Database with the table `requests`. */
  database: string;
  /** Names of the report's sources, at least one. */
  sources: readonly string[];
  /** The kind of each source. A section reads the sources that can answer it, or all if this is left out. */
  kinds?: Readonly<Record<string, SourceKind>>;
  /** Sources that are origins, and the source of the CDN that asks each. */
  origins?: Readonly<Record<string, string>>;
  period: Period;
  period_before: Period;
  settings: SectionSettings;
  prices: S3Prices;
  /** What the rows may show; everything if left out. */
  privacy?: Privacy;
  /** Required for hashed addresses: see `addressKey`. */
  address_key?: string | undefined;
  /** Edition whose rows of the table `owners` are joined. Without it, requests have no owner. */
  owners_edition?: string | undefined;
  /** Which requests are read, by columns as sections see them; all if left out. */
  filter?: Filter | undefined;
  /** Derived tables whose rows the engine has kept: see `sharedTables`. The others are part of the statement. */
  kept?: KeptTables | undefined;
}

/**
 * The statement that answers a section's question for some sources and a period. Sources, days and the values of a
 * filter become parameters, and settings become numbers, so no text of a log or an option is part of the SQL. Throws on a
 * database that is not a plain identifier, without a source, and on a placeholder or number that is not allowed.
 */
export function renderSection(section: SectionQuery, scope: SectionScope): Statement {
  const { prices, kept = {} } = scope;
  const statements = new Map(lakeTables(section.sql, kept).map((table) => [table.name, rowsOf(table, section, scope)]));
  const tables = tablesFor(section.sql, prices, kept, ({ name }) => statements.get(name)?.sql ?? '');
  return {
    sql: filledIn(section, `WITH ${tables.join(',\n')}${withoutWith(section.sql)}`, scope.settings),
    parameters: [...[...statements.values()].flatMap(({ parameters }) => parameters), ...(section.parameters ?? [])],
  };
}

/** Selects the rows of a table that match the filter. */
function rowsOf(table: LakeTable, section: SectionQuery, scope: SectionScope): Statement {
  const { from, to } = table.is_before ? scope.period_before : scope.period;
  const { sql, parameters } = lakeRows(table, section, scope);
  if (!scope.filter) return { sql, parameters: [...parameters, from, to] };
  const filter = filterSql(scope.filter);
  return {
    sql: `SELECT *\nFROM (\n${sql}\n) AS requests\nWHERE ${filter.sql}`,
    parameters: [...parameters, from, to, ...filter.parameters],
  };
}

function filledIn({ id }: SectionQuery, sql: string, settings: SectionSettings): string {
  try {
    return withSettings(sql, settings);
  } catch (cause) {
    throw new Error(`section ${id}: ${(cause as Error).message}`, { cause });
  }
}

/** True for a query that reads the column `owner` of requests. */
export function asksForOwners({ sql }: Pick<Section, 'sql'>): boolean {
  return /\bowner\b/.test(sql);
}

/** A section's own CTEs are appended to the list of the rendered WITH. */
function withoutWith(sql: string): string {
  return /^WITH\s/.test(sql) ? `,\n${sql.replace(/^WITH\s+/, '')}` : `\n${sql}`;
}

/**
 * Defines `requests` or `records` for a section, without its last two parameters, the days. Privacy and owners are applied
 * here, so that no section can forget them.
 */
function lakeRows({ has_requests_only }: LakeTable, section: SectionQuery, scope: SectionScope): Statement {
  const { database, kinds = {}, owners_edition } = scope;
  const sources = scope.sources.filter((name) => applies(section, kinds[name]));
  if (!/^[a-z][a-z0-9_]*$/.test(database)) {
    throw new Error(`the database '${database}' must be lower-case letters, digits and underscores`);
  }
  if (sources.length === 0)
    throw new Error(`section ${section.id}: a report needs at least one source that can answer it`);
  const behind = has_requests_only ? sources.filter((name) => sources.includes(scope.origins?.[name] ?? '')) : [];
  const owners = asksForOwners(section) ? ownersOf(database, owners_edition) : NO_OWNERS;
  const privacy = scope.privacy ?? { client_ip: 'keep', query: 'keep' };
  const rows = [
    `FROM ${database}.requests`,
    ...owners.joins,
    `WHERE source IN (${sources.map(() => '?').join(', ')})`,
    ...(behind.length > 0 ? [`AND NOT (source IN (${behind.map(() => '?').join(', ')}) AND ${CAME_THROUGH_CDN})`] : []),
    ...(has_requests_only ? ['AND record_kind IS NULL'] : []),
    'AND day BETWEEN ? AND ?',
  ].join('\n');
  const select = readSql('requests.sql').trim();
  const parameters = [...owners.parameters, ...sources, ...behind];
  if (!protects(privacy) && owners === NO_OWNERS) return { sql: `${select}\n${rows}`, parameters };
  const columns = [...protectedColumns(privacy, scope.address_key), ...LAKE_PARTITIONS, ...owners.columns];
  return { sql: `${select}\nFROM (\nSELECT\n${columns.join(',\n')}\n${rows}\n) AS requests`, parameters };
}

/** S3 names the caller, so that requests of others still count; other origins are asked by the CDN alone. */
const CAME_THROUGH_CDN = "coalesce(transfer_destination = 'cloudfront', operation IS NULL)";

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
