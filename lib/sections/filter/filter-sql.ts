import type { Statement } from '../../engine/engine.ts';
import type { ColumnType } from '../../model/columns.ts';
import { type Filter, type Subject, typeOf } from './filter.ts';
import { likeExpression, parameterExpression } from './patterns.ts';

/**
 * A filter as Trino SQL for a WHERE over the columns of sql/requests.sql. Column names come from a closed list, and every
 * value is a parameter.
 */
export function filterSql(filter: Filter): Statement {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return joined(`) ${filter.kind.toUpperCase()} (`, filter.terms.map(filterSql), '(', ')');
    case 'not':
      return joined('', [filterSql(filter.term)], 'NOT (', ')');
    case 'is_null':
      return joined('', [subjectSql(filter.subject)], '', ' IS NULL');
    case 'compare':
      return joined(` ${filter.comparison} `, [subjectSql(filter.subject), valueSql(filter.subject, filter.value)]);
    case 'between': {
      const bounds = [filter.low, filter.high].map((value) => valueSql(filter.subject, value));
      return joined(' ', [subjectSql(filter.subject), joined(' AND ', bounds, 'BETWEEN ')]);
    }
    case 'in': {
      const values = filter.values.map((value) => valueSql(filter.subject, value));
      return joined(' ', [subjectSql(filter.subject), joined(', ', values, 'IN (', ')')]);
    }
    case 'like': {
      const subject = subjectSql(filter.subject);
      return filter.pattern.includes('_')
        ? joined(', ', [subject, { sql: '?', parameters: [likeExpression(filter.pattern)] }], 'regexp_like(', ')')
        : joined(' LIKE ', [subject, { sql: '?', parameters: [filter.pattern] }]);
    }
  }
}

/**
 * A subject as a Trino expression. The value of a query parameter is its first one, decoded; as received if it cannot be
 * decoded, empty if the parameter has no value, and NULL if the parameter is absent.
 */
export function subjectSql(subject: Subject): Statement {
  if (subject.kind === 'column') return { sql: subject.name, parameters: [] };
  const value = "regexp_replace(regexp_extract('&' || query || '&', ?), '^&[^=&]*=?|&$', '')";
  const expression = parameterExpression(subject.name);
  // Trino decodes invalid UTF-8 to U+FFFD; DuckDB fails.
  const decoded = `regexp_extract(try(url_decode(${value})), '^[^\\x{FFFD}]*\\z')`;
  return { sql: `coalesce(${decoded}, ${value})`, parameters: [expression, expression] };
}

/** Parameters are text, so they are cast to other types. The lake's column `day` is text, too. */
const VALUES: Record<ColumnType, string> = {
  varchar: '?',
  date: '?',
  boolean: 'CAST(? AS boolean)',
  integer: 'CAST(? AS integer)',
  bigint: 'CAST(? AS bigint)',
  double: 'CAST(? AS double)',
  timestamp: 'CAST(? AS timestamp)',
};

function valueSql(subject: Subject, value: string): Statement {
  return { sql: VALUES[typeOf(subject)], parameters: [value] };
}

function joined(separator: string, parts: readonly Statement[], before = '', after = ''): Statement {
  return {
    sql: `${before}${parts.map(({ sql }) => sql).join(separator)}${after}`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}
