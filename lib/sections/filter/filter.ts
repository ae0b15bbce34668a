import type { ColumnType } from '../../model/columns.ts';
import { REQUEST_COLUMNS } from '../../model/request-columns.ts';

/** What a condition is about: a column of `requests`, or the decoded value of a parameter in the query string. */
export type Subject = { kind: 'column'; name: string; type: ColumnType } | { kind: 'param'; name: string };

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/**
 * A condition on requests, as SQL understands it: where a value is NULL the answer is neither true nor false, and the
 * request is left out. Values are text that their subject's type reads, such as `500` or `2026-03-01 10:00:00.000`.
 */
export type Filter =
  | { kind: 'and' | 'or'; terms: readonly Filter[] }
  | { kind: 'not'; term: Filter }
  | { kind: 'compare'; subject: Subject; comparison: Comparison; value: string }
  | { kind: 'like'; subject: Subject; pattern: string }
  | { kind: 'in'; subject: Subject; values: readonly string[] }
  | { kind: 'between'; subject: Subject; low: string; high: string }
  | { kind: 'is_null'; subject: Subject };

/** Columns that sql/requests.sql adds, and the lake's partitions; a day is compared by its date. */
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

/** Every column that a filter may name, with its type. */
export const FILTER_COLUMNS: ReadonlyMap<string, ColumnType> = new Map([
  ...REQUEST_COLUMNS.map(({ name, type }) => [name, type] as const),
  ...Object.entries(MORE_COLUMNS),
]);

/** The subject's type; the value of a parameter is text. */
export function typeOf(subject: Subject): ColumnType {
  return subject.kind === 'param' ? 'varchar' : subject.type;
}

/** The subject as people write it: `status`, `param('org')`. */
export function subjectText(subject: Subject): string {
  return subject.kind === 'param' ? `param('${subject.name.replaceAll("'", "''")}')` : subject.name;
}

/** Requests that meet all the filters; undefined when there is none. */
export function allOf(filters: readonly Filter[]): Filter | undefined {
  return filters.length > 1 ? { kind: 'and', terms: filters } : filters[0];
}

/** Requests for an endpoint, given with its host or by its path alone. */
export function endpointFilter(value: string): Filter {
  const terms = ['endpoint', 'path'].map((name): Filter => {
    const subject: Subject = { kind: 'column', name, type: 'varchar' };
    return { kind: 'compare', subject, comparison: '=', value };
  });
  return { kind: 'or', terms };
}

/** Columns that only lines that are not requests are told apart by. */
const COLUMNS_OF_LINES: ReadonlySet<string> = new Set(['level', 'message', 'record_kind']);

/** True for a subject that requests do not have. */
export function isOfLines(subject: Subject): boolean {
  return subject.kind === 'column' && COLUMNS_OF_LINES.has(subject.name);
}

/** Everything that a filter compares. */
export function subjectsOf(filter: Filter): Subject[] {
  if ('terms' in filter) return filter.terms.flatMap(subjectsOf);
  return 'term' in filter ? subjectsOf(filter.term) : [filter.subject];
}
