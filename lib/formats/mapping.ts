import { REQUEST_COLUMNS } from '../model/request-columns.ts';
import { readSql } from '../sql/sql-files.ts';
import { FILE_DAY_COLUMN, type Format, LINE_COLUMN, rawColumns, UNPARSED_COLUMN } from './format.ts';
import { NAMED_COLUMNS } from './named-columns.ts';

/** The columns of `requests` that a format's mapping selects: all but `copies`, which deduplication adds. */
export const MAPPED_COLUMNS = REQUEST_COLUMNS.filter(({ name }) => name !== 'copies').map(({ name }) => name);

/**
 * The rows of a format's raw relation as `requests` columns, `reason` and `line`, in Trino's SQL. Raw columns that are to
 * be kept come out after these as `kept_0`, `kept_1` and so on.
 */
export function mappingSql(format: Format, raw: string, kept: readonly string[] = []): string {
  const others = format.mapping ? [] : kept.filter((name) => !NAMED.has(name));
  const [mapping, relation] = format.mapping
    ? [format.mapping, raw]
    : [readSql('lake/named.sql'), namedColumns(format, raw, others)];
  const columns = kept.map((name, index) => `,\n  "${others.includes(name) ? `raw_${name}` : name}" AS kept_${index}`);
  return mapping.replace('{{raw}}', () => relation).replace('{{kept}}', () => columns.join(''));
}

/**
 * The same for a relation without parameters, with lines read anew where a mapping names them again. DuckDB would keep all
 * lines of a CTE that is named twice, which takes twice the time where memory ends: 1,000,000 lines of CloudFront came into
 * the lake at 167,000 a second instead of 266,000.
 */
export function rereadingMappingSql(format: Format, raw: string): string {
  return mappingSql(format, raw).replace(/\bFROM raw\b/g, () => `FROM ${raw} AS raw`);
}

const NAMED: ReadonlySet<string> = new Set([...NAMED_COLUMNS, LINE_COLUMN]);

/**
 * The raw relation with every column that sql/lake/named.sql reads, and `others` under names that it gives to nothing of
 * its own.
 */
function namedColumns(format: Format, raw: string, others: readonly string[]): string {
  const present = new Set([...rawColumns(format), ...(format.yearless ? [FILE_DAY_COLUMN] : [])]);
  const columns = [
    ...NAMED_COLUMNS.map((name) => `${present.has(name) ? `"${name}"` : 'CAST(NULL AS varchar)'} AS ${name}`),
    ...others.map((name) => `"${name}" AS "raw_${name}"`),
  ];
  return `(SELECT ${columns.join(', ')}, ${UNPARSED_COLUMN}, line, "$path" FROM ${raw} AS raw)`;
}
