import { parse } from 'yaml';
import * as z from 'zod';
import { readSql } from '../sql/sql-files.ts';
import { columnSchema } from './column-schema.ts';

const FILE = 'measures.yaml';

const measureSchema = columnSchema.partial().extend({ sql: z.string(), where: z.string().optional() });

/** A figure that is defined once: an aggregate over `requests` in Trino SQL, and the description of its column, if any. */
export type Measure = z.infer<typeof measureSchema>;

let loaded: ReadonlyMap<string, Measure> | undefined;

/** The measures of sql/measures.yaml by name; read once. Throws if the file is malformed. */
export function loadMeasures(): ReadonlyMap<string, Measure> {
  loaded ??= new Map(Object.entries(z.record(z.string(), measureSchema).parse(parse(readSql(FILE)))));
  return loaded;
}

/**
 * Replaces measures by their SQL: `{{errors}}`, or `{{errors where status = 503}}` for some of the rows. Other
 * placeholders, such as settings, stay. Throws on a condition for a measure that does not take one.
 */
export function withMeasures(sql: string, measures = loadMeasures()): string {
  return sql.replace(/\{\{(\w+)(?: where ([^{}]+))?\}\}/g, (placeholder, name: string, condition?: string) => {
    const measure = measures.get(name);
    if (measure) return expanded(name, measure, condition, measures);
    if (condition !== undefined) throw new Error(`${placeholder}: ${name} is not a measure; ${FILE} has them`);
    return placeholder;
  });
}

function expanded(
  name: string,
  { sql, where }: Measure,
  condition: string | undefined,
  measures: ReadonlyMap<string, Measure>,
): string {
  const suffix = condition === undefined ? '' : ` where ${condition}`;
  if (suffix && !sql.includes('{{')) throw new Error(`{{${name}${suffix}}}: the measure ${name} takes no condition`);
  const filtered = sql.replaceAll('{{filter}}', filterClause([where, condition]));
  return withMeasures(filtered.replaceAll(/\{\{(\w+)\}\}/g, `{{$1${suffix}}}`), measures);
}

function filterClause(conditions: readonly (string | undefined)[]): string {
  const given = conditions.filter((condition) => condition !== undefined);
  if (given.length === 0) return '';
  return ` FILTER (WHERE ${given.length === 1 ? given[0] : given.map((one) => `(${one})`).join(' AND ')})`;
}
