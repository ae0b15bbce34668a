import type { RecordBatch } from 'apache-arrow';
import { rawRequestColumns, rawRequestsStatement } from '../lake/raw-requests.ts';
import type { Column } from '../model/columns.ts';
import type { SectionRecord, SourceRecord } from '../model/edition.ts';
import { REQUEST_COLUMNS } from '../model/request-columns.ts';
import type { Flow } from '../run/flow.ts';
import { type QueryRun, runQuery } from '../run/run-query.ts';
import { protects } from '../sections/privacy.ts';
import type { SectionScope } from '../sections/render.ts';
import type { Source } from '../sources/source.ts';
import { publishTable } from '../tables/publish.ts';
import type { ReportPorts, ReportRequest } from './ports.ts';
import { runSection } from './section-query.ts';
import { sourcesOf } from './section-scope.ts';

/** Tables of every request of the period, and the queries that they took. */
export interface ExportedRequests {
  records: SectionRecord[];
  runs: QueryRun[];
}

const TITLE = 'Every request';

/**
 * Publishes every request of the period with all fields of its raw line: one table per format of the report's sources. A
 * report with privacy settings publishes the columns of `requests` instead, protected as in every section. `sources` are
 * the counts of the edition, to note a difference to them.
 */
export async function exportRequests(
  flow: Flow,
  ports: ReportPorts,
  scope: SectionScope,
  request: ReportRequest,
  prefix: string,
  sources: readonly SourceRecord[],
): Promise<ExportedRequests> {
  if (protects(request.report.privacy)) return protectedRequests(flow, ports, scope, request, prefix);
  const exported: ExportedRequests = { records: [], runs: [] };
  const byFormat = Map.groupBy(sourcesOf(ports.config, request.report), ({ format }) => format);
  for (const [format, ofFormat] of byFormat) {
    const id = byFormat.size === 1 ? 'requests' : `requests-${format}`;
    const { record, runs } = await rawRequests(flow, ports, request, prefix, id, ofFormat);
    const counted = sources.filter(({ source }) => ofFormat.some(({ name }) => name === source));
    const expected = counted.reduce((total, { parsed }) => total + parsed, 0);
    exported.records.push({ ...record, ...noteOf(record.rows - expected) });
    exported.runs.push(...runs);
  }
  return exported;
}

async function rawRequests(
  flow: Flow,
  ports: ReportPorts,
  { period, run_id }: ReportRequest,
  prefix: string,
  id: string,
  sources: readonly Source[],
): Promise<{ record: SectionRecord; runs: QueryRun[] }> {
  const { definition, format } = sources[0] as Source;
  const columns = rawRequestColumns(definition);
  const started = performance.now();
  const runs: QueryRun[] = [];
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

/** The rows of several queries, one query after the other. */
async function* rowsOf(
  { engine }: ReportPorts,
  runs: readonly QueryRun[],
  columns: Column[],
): AsyncGenerator<RecordBatch> {
  for (const { execution_id } of runs) yield* engine.rows(execution_id, columns);
}

/** Says how many more or fewer requests the files hold: logs may arrive or expire after the days have been counted. */
function noteOf(difference: number): { note?: string } {
  if (difference === 0) return {};
  const count = Math.abs(difference);
  const requests = `${count} ${count === 1 ? 'request' : 'requests'}`;
  return {
    note:
      difference > 0
        ? `${requests} more than the report counts: logs arrived while it was written.`
        : `${requests} fewer than the report counts: logs were deleted while it was written.`,
  };
}

async function protectedRequests(
  flow: Flow,
  ports: ReportPorts,
  scope: SectionScope,
  { run_id }: ReportRequest,
  prefix: string,
): Promise<ExportedRequests> {
  const columns = [{ name: 'source', type: 'varchar' as const }, ...REQUEST_COLUMNS].map(({ name, type }) => ({
    name,
    type,
    title: name,
  }));
  const sql = `SELECT ${columns.map(({ name }) => name).join(', ')} FROM records
ORDER BY day, time, source, request_id, operation, path`;
  const started = performance.now();
  const requests = { id: 'requests', sql };
  const run = await runSection(flow, ports.engine, requests, scope, `${run_id} ${prefix}`, 'every request');
  const published = await flow.step('write requests', () =>
    publishTable(ports.editions, prefix, 'requests', columns, ports.engine.rows(run.execution_id, columns)),
  );
  ports.onStep?.({ name: 'requests', rows: published.rows, duration_ms: performance.now() - started });
  const description = 'All requests of the period, one a row, without what the report may not show.';
  return { records: [{ id: 'requests', title: TITLE, description, columns, ...published }], runs: [run] };
}
