import type { Table } from 'apache-arrow';
import type { Column } from '../model/columns.ts';
import type { Headline, SectionRecord } from '../model/edition.ts';
import { jsonValue, type Value } from '../model/value.ts';
import type { Flow } from '../run/flow.ts';
import type { QueryRun } from '../run/run-query.ts';
import { allSections } from '../sections/catalogue.ts';
import type { SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import { rowObjects } from '../tables/rows.ts';
import { formatValue } from '../text/format-value.ts';
import type { ReportPorts } from './ports.ts';
import { queryTable, runSection } from './section-query.ts';

/** More rows than a quarter has days cannot be drawn behind a chart and would make the record long. */
const MAX_ROWS = 400;

export interface PreviousRows {
  /** By section id. */
  rows: Map<string, Headline[]>;
  runs: QueryRun[];
}

/**
 * The rows of the previous period that charts draw behind those of the period. Read from the lake and not from the previous
 * edition, which may not exist or may lack lines that came late.
 */
export async function previousRows(
  flow: Flow,
  { config, engine }: ReportPorts,
  scope: SectionScope,
  published: readonly SectionRecord[],
  token: string,
): Promise<PreviousRows> {
  const sections = allSections(config.sections).filter(
    (section) => comparedColumns(section).length > 0 && published.some(({ id }) => id === section.id),
  );
  const scopeBefore = { ...scope, period: scope.period_before };
  const runs = await flow.map('previous period', sections, (inner, section) =>
    runSection(inner, engine, section, scopeBefore, token, `${section.id} of the previous period`),
  );
  const rows = await flow.step('read previous period', async () => {
    const found: [string, Headline[]][] = [];
    for (const [index, section] of sections.entries()) {
      const run = runs[index];
      if (run) found.push([section.id, jsonRows(await queryTable(engine, run, section.columns), section)]);
    }
    return found;
  });
  return { rows: new Map(rows), runs };
}

/** The columns of a section that charts compare with the previous period. */
function comparedColumns({ charts = [], columns }: Section): Column[] {
  const drawn = charts.filter(({ compare }) => compare).flatMap(({ x, y }) => [...x, ...y]);
  return columns.filter(({ name }) => drawn.includes(name));
}

/** Rows as JSON holds them, with days as text. */
function jsonRows(table: Table, section: Section): Headline[] {
  const columns = comparedColumns(section);
  return rowObjects(table, columns)
    .slice(0, MAX_ROWS)
    .map((row) =>
      Object.fromEntries(columns.map((column) => [column.name, jsonCell(row[column.name] ?? null, column)])),
    );
}

function jsonCell(value: Value, column: Column): Headline[string] {
  const isDay = column.type === 'date' && value !== null;
  return isDay ? formatValue(value, column).text : (jsonValue(value) as Headline[string]);
}
