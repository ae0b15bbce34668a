import { parseSection } from './catalogue.ts';
import { type Subject, subjectText, typeOf } from './filter/filter.ts';
import { subjectSql } from './filter/filter-sql.ts';
import type { Section } from './section.ts';
import { fillTemplate } from './template.ts';

/**
 * A section over groups of requests, or of all lines: by columns, by values of query parameters, or by several of them.
 * `parameters` are those of its SQL, such as the expressions for parameter names.
 */
export function groupSection(
  groups: readonly Subject[],
  grouped: 'requests' | 'lines' = 'requests',
): Section & { parameters: readonly string[] } {
  const names = groups.map((_, index) => `group_${index + 1}`);
  const expressions = groups.map(subjectSql);
  const selected = groups.map((group, index) => {
    const sql = expressions[index]?.sql ?? '';
    // The lake's column `day` is text.
    return `${typeOf(group) === 'date' ? `CAST(${sql} AS date)` : sql} AS ${names[index]}`;
  });
  const filled: Record<string, string> = {
    columns: groups.map((group, index) => `  ${names[index]}: { type: ${typeOf(group)}, title: Group }`).join('\n'),
    groups: selected.join(',\n    '),
    numbers: groups.map((_, index) => index + 1).join(', '),
    order: names.map((name) => `${name} NULLS LAST`).join(', '),
    shown: names.map((name) => `max(CASE WHEN place <= 100 THEN ${name} END) AS ${name}`).join(',\n  '),
  };
  const section = parseSection('group-by', fillTemplate(grouped === 'lines' ? 'group-lines' : 'group-by', filled));
  const titles = groups.map(subjectText);
  return {
    ...section,
    title: `By ${titles.join(', ')}`,
    columns: section.columns.map((column, index) => ({ ...column, title: titles[index] ?? column.title })),
    parameters: expressions.flatMap(({ parameters }) => parameters),
  };
}
