import type { DuckDBConnection } from '@duckdb/node-api';
import { contentExpression, OBJECT_START } from '../../formats/envelope.ts';
import { type Format, groupNames, JSON_GROUP } from '../../formats/format.ts';
import { sqlString } from '../../sql/sql-string.ts';

/**
 * The format without JSON paths whose first key is in no line of a relation. A program writes about ten of the format's
 * hundred names, and looking up all of them in each line would take most of the time.
 */
export async function withPresentKeys(connection: DuckDBConnection, format: Format, lines: string): Promise<Format> {
  const sources = Object.values(format.json).flat();
  const isWhole = format.patterns.every((pattern) => !groupNames(pattern).includes(JSON_GROUP));
  if (sources.length === 0 || !isWhole) return format;
  const keys = sources.flatMap(({ path, beside = [] }) => [path, beside].flatMap(([key]) => key ?? []).map(String));
  const known = [...new Set(keys)].map(sqlString).join(', ');
  const reader = await connection.runAndReadAll(
    `SELECT DISTINCT key FROM (
       SELECT unnest(CASE WHEN regexp_matches(line, '${OBJECT_START}') THEN try(json_keys(line)) END) AS key
       FROM (SELECT ${contentExpression(format)} AS line FROM ${lines}))
     WHERE key IN (${known})`,
  );
  const present = new Set(reader.getRowsJS().map(([key]) => key));
  const json = Object.entries(format.json).map(([column, of]) => [
    column,
    of.filter(({ path, beside = path }) => present.has(path[0]) && present.has(beside[0])),
  ]);
  return { ...format, json: Object.fromEntries(json) };
}
