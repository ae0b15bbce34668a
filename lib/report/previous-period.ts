import { Table } from 'apache-arrow';
import type { Engine } from '../engine/engine.ts';
import type { Headline, SectionRecord } from '../model/edition.ts';
import type { Value } from '../model/value.ts';
import type { Flow } from '../run/flow.ts';
import { type Ran, runQuery } from '../run/run-query.ts';
import { loadSections } from '../sections/catalogue.ts';
import { renderSection, type SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import { rowObjects } from '../tables/rows.ts';
import { formatValue } from '../text/format-value.ts';

/** More rows than a quarter has days are no shadow of a chart, and would make the record long. */
const MOST_ROWS = 400;

/**
 * The rows over the period before that charts show behind those of the period, by section. Asked from the lake and not
 * read from the edition before, which may not exist or rest on lines that came late since.
 */
export async function editionShadows(
  flow: Flow,
  engine: Engine,
  scope: SectionScope,
  answered: readonly SectionRecord[],
  token: string,
): Promise<{ shadows: Map<string, Headline[]>; runs: Ran[] }> {
  const sections = loadSections().filter(
    ({ id, charts = [] }) => charts.some(({ compare }) => compare) && answered.some((section) => section.id === id),
  );
  const before = { ...scope, period: scope.period_before };
  const runs = await flow.map('shadows', sections, (inner, section) =>
    runQuery(inner, engine, `${section.id} shadow`, renderSection(section, before), token),
  );
  const rows = await flow.step('read shadows', () =>
    Promise.all(sections.map((section, index) => shadowRows(engine, section, runs[index]))),
  );
  return { shadows: new Map(sections.map(({ id }, index) => [id, rows[index] ?? []])), runs };
}

/** Only the columns that charts draw as a shadow, as JSON holds them: days as text, whole numbers as numbers. */
async function shadowRows(engine: Engine, section: Section, ran: Ran | undefined): Promise<Headline[]> {
  const drawn = (section.charts ?? []).filter(({ compare }) => compare).flatMap(({ x, y }) => [...x, ...y]);
  const columns = section.columns.filter(({ name }) => drawn.includes(name));
  const batches = [];
  if (ran) for await (const batch of engine.rows(ran.execution_id, section.columns)) batches.push(batch);
  const plain = (value: Value, column: Section['columns'][number]) =>
    column.type === 'date' && value !== null ? formatValue(value, column).text : value === null ? null : Number(value);
  return rowObjects(new Table(batches), columns)
    .slice(0, MOST_ROWS)
    .map((row) => Object.fromEntries(columns.map((column) => [column.name, plain(row[column.name] ?? null, column)])));
}
