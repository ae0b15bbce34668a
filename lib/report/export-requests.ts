import type { RecordBatch } from 'apache-arrow';
import { rawRequestColumns, rawRequestsStatement } from '../lake/raw-requests.ts';
import type { Column } from '../model/columns.ts';
import type { SectionRecord, SourceRecord } from '../model/edition.ts';
import { REQUEST_COLUMNS } from '../model/request-columns.ts';
import type { Flow } from '../run/flow.ts';
import { type Ran, runQuery } from '../run/run-query.ts';
import { protects } from '../sections/privacy.ts';
import { renderSection } from '../sections/render.ts';
import type { Source } from '../sources/source.ts';
import { publishTable } from '../tables/publish.ts';
import type { EditionPorts, EditionRequest } from './ports.ts';

/** Every request of the period as files, and the queries that took. */
export interface EditionRequests {
  records: SectionRecord[];
  runs: Ran[];
}

type Scope = Parameters<typeof renderSection>[1];

const TITLE = 'Every request';

/**
 * Writes every request of the period with all fields of its raw line: one table for each format of the report's sources.
 * A report that protects its people gets the columns of `requests` instead, protected as everywhere.
 */
export async function editionRequests(
  flow: Flow,
  ports: EditionPorts,
  scope: Scope,
  request: EditionRequest,
  prefix: string,
  counted: readonly SourceRecord[],
): Promise<EditionRequests> {
  if (protects(request.report.privacy)) return protectedRequests(flow, ports, scope, request, prefix);
  const written: EditionRequests = { records: [], runs: [] };
  const sources = request.report.sources.flatMap((name) => ports.config.sources[name] ?? []);
  const byFormat = Map.groupBy(sources, ({ format }) => format);
  for (const [format, ofFormat] of byFormat) {
    const id = byFormat.size === 1 ? 'requests' : `requests-${format}`;
    const { record, runs } = await rawRequests(flow, ports, request, prefix, id, ofFormat);
    const parsed = counted.filter(({ source }) => ofFormat.some(({ name }) => name === source));
    const expected = parsed.reduce((total, { parsed: requests }) => total + requests, 0);
    written.records.push({ ...record, ...noteOf(record.rows - expected) });
    written.runs.push(...runs);
  }
  return written;
}

interface Written {
  record: SectionRecord;
  runs: Ran[];
}

async function rawRequests(
  flow: Flow,
  ports: EditionPorts,
  { period, run_id }: EditionRequest,
  prefix: string,
  id: string,
  sources: readonly Source[],
): Promise<Written> {
  const { definition, format } = sources[0] as Source;
  const columns = rawRequestColumns(definition);
  const started = performance.now();
  const runs: Ran[] = [];
  for (const source of sources) {
    const lines = await ports.rawLines(source, period);
    const statement = rawRequestsStatement(definition, source.name, lines, period);
    runs.push(await runQuery(flow, ports.engine, `every request of ${source.name}`, statement, `${run_id} ${prefix}`));
  }
  const published = await flow.step(`write ${id}`, () =>
    publishTable(ports.editions, prefix, id, columns, rowsOf(ports, runs, columns)),
  );
  ports.onStep?.({ name: id, rows: published.rows, duration_ms: performance.now() - started });
  const description = `All ${format} requests of the period, one a row, with every field of the log.`;
  return { record: { id, title: TITLE, description, columns, ...published }, runs };
}

/** The rows of one query after those of the other. */
async function* rowsOf({ engine }: EditionPorts, runs: readonly Ran[], columns: Column[]): AsyncGenerator<RecordBatch> {
  for (const { execution_id } of runs) yield* engine.rows(execution_id, columns);
}

/** Logs may arrive between the counting of a day and the reading of its lines; then the files say more than the figures. */
function noteOf(more: number): { note?: string } {
  if (more === 0) return {};
  const [requests, many] = Math.abs(more) === 1 ? ['request', '1'] : ['requests', String(Math.abs(more))];
  const change = more > 0 ? 'more than the report counts: logs came in' : 'fewer than the report counts: logs went';
  return { note: `${many} ${requests} ${change} while it was made.` };
}

async function protectedRequests(
  flow: Flow,
  ports: EditionPorts,
  scope: Scope,
  { run_id }: EditionRequest,
  prefix: string,
): Promise<EditionRequests> {
  const columns = [{ name: 'source', type: 'varchar' as const }, ...REQUEST_COLUMNS].map(({ name, type }) => ({
    name,
    type,
    title: name,
  }));
  const sql = `SELECT ${columns.map(({ name }) => name).join(', ')} FROM requests
ORDER BY day, time, source, request_id, operation, path`;
  const started = performance.now();
  const statement = renderSection({ id: 'requests', sql }, scope);
  const ran = await runQuery(flow, ports.engine, 'every request', statement, `${run_id} ${prefix}`);
  const published = await flow.step('write requests', () =>
    publishTable(ports.editions, prefix, 'requests', columns, ports.engine.rows(ran.execution_id, columns)),
  );
  ports.onStep?.({ name: 'requests', rows: published.rows, duration_ms: performance.now() - started });
  const description = 'All requests of the period, one a row, without what the report may not show.';
  return { records: [{ id: 'requests', title: TITLE, description, columns, ...published }], runs: [ran] };
}
