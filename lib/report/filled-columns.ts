import type { Column } from '../model/columns.ts';
import type { Flow } from '../run/flow.ts';
import type { QueryRun } from '../run/run-query.ts';
import { applies } from '../sections/applies.ts';
import type { SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import { readsRecords } from '../sections/tables.ts';
import type { ReportPorts } from './ports.ts';
import { queryTable, runSection } from './section-query.ts';

/** Sections that the logs can answer, and the queries that this took to find out. */
export interface FilledSections {
  sections: Section[];
  runs: QueryRun[];
}

/**
 * The sections whose required columns have a value in at least one row that they would read. One query counts the values of
 * all these columns by source; none if no section requires a column.
 */
export async function filledSections(
  flow: Flow,
  ports: ReportPorts,
  scope: SectionScope,
  sections: readonly Section[],
  token: string,
): Promise<FilledSections> {
  const columns = requiredColumns(sections);
  if (columns.length === 0) return { sections: [...sections], runs: [] };
  const query = { id: 'filled-columns', sql: filledSql(columns) };
  const run = await runSection(flow, ports.engine, query, scope, token);
  const filled = await flow.step('read filled columns', async () => {
    const table = await queryTable(ports.engine, run, resultColumns(columns));
    return table
      .toArray()
      .flatMap((row) => columns.filter((column) => row[column]).map((column) => `${row.source} ${column}`));
  });
  const isFilled = new Set(filled);
  const hasColumns = (section: Section) =>
    (section.requires ?? []).every((name) =>
      scope.sources
        .filter((source) => applies(section, scope.kinds?.[source]))
        .some((source) => isFilled.has(`${source} ${columnOf(section, name)}`)),
    );
  return { sections: sections.filter(hasColumns), runs: [run] };
}

function requiredColumns(sections: readonly Section[]): string[] {
  const required = sections.flatMap((section) => (section.requires ?? []).map((name) => columnOf(section, name)));
  return [...new Set(required)].sort();
}

/** A column of the query: the name of one of `requests`, after the table that the section reads. */
function columnOf(section: Section, name: string): string {
  return `${readsRecords(section) ? 'records' : 'requests'}_${name}`;
}

function filledSql(columns: readonly string[]): string {
  const counts = columns.map((column) => {
    const [table, name] = [column.split('_', 1)[0], column.slice(column.indexOf('_') + 1)];
    const filter = table === 'requests' ? ' FILTER (WHERE record_kind IS NULL)' : '';
    return `count(${name})${filter} > 0 AS ${column}`;
  });
  return `SELECT source, ${counts.join(', ')} FROM records GROUP BY source ORDER BY source`;
}

function resultColumns(columns: readonly string[]): Column[] {
  return [
    { name: 'source', type: 'varchar', title: 'Source' },
    ...columns.map((name): Column => ({ name, type: 'boolean', title: name })),
  ];
}
