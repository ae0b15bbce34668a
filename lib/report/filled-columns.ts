import type { Column } from '../model/columns.ts';
import type { Flow } from '../run/flow.ts';
import type { QueryRun } from '../run/run-query.ts';
import { applies } from '../sections/applies.ts';
import type { SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import { readsRecords } from '../sections/tables.ts';
import type { ReportPorts } from './ports.ts';
import { queryTable, runSection } from './section-query.ts';

/** Sections that the logs can answer, columns that the logs do not fill, and the queries that found this out. */
export interface FilledSections {
  sections: Section[];
  /** Columns of `requests` that a source of JSON lines never fills, by source. */
  unfilled: ReadonlyMap<string, readonly string[]>;
  runs: QueryRun[];
}

/** Columns that most logs fill. A source of JSON lines without one may have it under another name. */
const USUAL_COLUMNS = ['status', 'bytes_sent', 'duration_ms', 'client_ip', 'method', 'path', 'user_agent'];

/**
 * The sections whose required columns have a value in at least one row that they would read. One query counts the values of
 * all these columns by source. `json_sources` are looked at for the usual columns, too.
 */
export async function filledSections(
  flow: Flow,
  ports: ReportPorts,
  scope: SectionScope,
  sections: readonly Section[],
  json_sources: readonly string[],
  token: string,
): Promise<FilledSections> {
  const usual = json_sources.length > 0 ? USUAL_COLUMNS.map((name) => `requests_${name}`) : [];
  const columns = [...new Set([...requiredColumns(sections), ...usual])].sort();
  if (columns.length === 0) return { sections: [...sections], unfilled: new Map(), runs: [] };
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
  const unfilled = new Map(
    json_sources.map((source) => [source, USUAL_COLUMNS.filter((name) => !isFilled.has(`${source} requests_${name}`))]),
  );
  return { sections: sections.filter(hasColumns), unfilled, runs: [run] };
}

function requiredColumns(sections: readonly Section[]): string[] {
  const required = sections.flatMap((section) => (section.requires ?? []).map((name) => columnOf(section, name)));
  return [...new Set(required)];
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
