import type { ColumnType } from '../../model/columns.ts';
import { REQUEST_COLUMNS } from '../../model/request-columns.ts';

/** What a condition compares: a column of `requests`, or the decoded value of a parameter in the query string. */
export type Subject = { kind: 'column'; name: string; type: ColumnType } | { kind: 'param'; name: string };

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/**
 * A condition on requests. As in SQL, NULL never matches a comparison, so such a request is left out. Values are text that
 * can be cast to their subject's type, such as `500` or `2026-03-01 10:00:00.000`.
 */
export type Filter =
  | { kind: 'and' | 'or'; terms: readonly Filter[] }
  | { kind: 'not'; term: Filter }
  | { kind: 'compare'; subject: Subject; comparison: Comparison; value: string }
  | { kind: 'like'; subject: Subject; pattern: string }
  | { kind: 'in'; subject: Subject; values: readonly string[] }
  | { kind: 'between'; subject: Subject; low: string; high: string }
  | { kind: 'is_null'; subject: Subject };

/** Columns that sql/requests.sql adds, and the lake's partitions. Days are compared as dates. */
const MORE_COLUMNS: Readonly<Record<string, ColumnType>> = {
  endpoint: 'varchar',
  caller: 'varchar',
  cache_result: 'varchar',
  is_download: 'boolean',
  is_upload: 'boolean',
  is_error: 'boolean',
  is_server_error: 'boolean',
  is_denied: 'boolean',
  is_slow: 'boolean',
  status_class: 'varchar',
  source: 'varchar',
  day: 'date',
};

/** All columns that a filter may name, with their types. */
export const FILTER_COLUMNS: ReadonlyMap<string, ColumnType> = new Map([
  ...REQUEST_COLUMNS.map(({ name, type }) => [name, type] as const),
  ...Object.entries(MORE_COLUMNS),
]);

/** The subject's type. Query parameters are text. */
export function typeOf(subject: Subject): ColumnType {
  return subject.kind === 'param' ? 'varchar' : subject.type;
}

/** The subject as people write it: `status`, `param('org')`. */
export function subjectText(subject: Subject): string {
  return subject.kind === 'param' ? `param('${subject.name.replaceAll("'", "''")}')` : subject.name;
}

/** A filter for requests that match all filters; undefined without filters. */
export function allOf(filters: readonly Filter[]): Filter | undefined {
  return filters.length > 1 ? { kind: 'and', terms: filters } : filters[0];
}

/** A filter for requests to an endpoint, which is given with or without its host. */
export function endpointFilter(value: string): Filter {
  const terms = ['endpoint', 'path'].map((name): Filter => {
    const subject: Subject = { kind: 'column', name, type: 'varchar' };
    return { kind: 'compare', subject, comparison: '=', value };
  });
  return { kind: 'or', terms };
}

/** Columns that have values only in lines that are not requests. */
const COLUMNS_OF_LINES: ReadonlySet<string> = new Set(['level', 'message', 'record_kind']);

/** True for a subject that requests do not have. */
export function isOfLines(subject: Subject): boolean {
  return subject.kind === 'column' && COLUMNS_OF_LINES.has(subject.name);
}

/** All subjects of a filter. */
export function subjectsOf(filter: Filter): Subject[] {
  if ('terms' in filter) return filter.terms.flatMap(subjectsOf);
  return 'term' in filter ? subjectsOf(filter.term) : [filter.subject];
}
