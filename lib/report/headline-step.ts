import type { RecordBatch } from 'apache-arrow';
import type { Engine } from '../engine/engine.ts';
import type { Headline, SectionRecord } from '../model/edition.ts';
import type { Period } from '../model/period.ts';
import type { Flow } from '../run/flow.ts';
import { type Ran, runQuery } from '../run/run-query.ts';
import { headlineSection } from '../sections/catalogue.ts';
import { renderSection, type SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import type { Store } from '../store/store.ts';
import { readTable } from '../tables/read-table.ts';

interface HeadlinePorts {
  engine: Engine;
  editions: Store;
}

/** What an edition holds so far. */
interface Answers {
  prefix: string;
  sections: readonly SectionRecord[];
  token: string;
}

/** The overview of the period, which its section may have answered already, and of the one before. */
export async function editionHeadlines(
  flow: Flow,
  { engine, editions }: HeadlinePorts,
  scope: SectionScope,
  { prefix, sections, token }: Answers,
): Promise<{ now: Headline; before: Headline; runs: Ran[] }> {
  const overview = headlineSection();
  const answer = async (name: string, period: Period) => {
    const ran = await runQuery(flow, engine, name, renderSection(overview, { ...scope, period }), `${token} headline`);
    const headline = await flow.step(`read ${name}`, async () =>
      firstRow(engine.rows(ran.execution_id, overview.columns), overview),
    );
    return { runs: [ran], headline };
  };
  const published = async () => {
    const { batches } = await readTable(editions, `${prefix}${overview.id}.parquet`, overview.columns);
    return firstRow(batches, overview);
  };
  const now = sections.some(({ id }) => id === overview.id)
    ? { runs: [], headline: await flow.step('read headline', published) }
    : await answer('headline', scope.period);
  const before = await answer('headline before', scope.period_before);
  return { now: now.headline, before: before.headline, runs: [...now.runs, ...before.runs] };
}

async function firstRow(
  batches: AsyncIterable<RecordBatch> | readonly RecordBatch[],
  { columns }: Section,
): Promise<Headline> {
  const headline: Headline = {};
  for await (const batch of batches) {
    for (const [index, { name }] of columns.entries()) {
      headline[name] ??= plain(batch.getChildAt(index)?.get(0) ?? null);
    }
  }
  return headline;
}

/** A figure as JSON holds it: a whole number beyond 2^53 as text. */
function plain(value: unknown): Headline[string] {
  if (typeof value !== 'bigint') return value as Headline[string];
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
