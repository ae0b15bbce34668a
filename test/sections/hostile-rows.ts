import { REQUEST_COLUMNS } from '../../lib/model/request-columns.ts';
import type { RequestRow } from './database.ts';

export const ABSURD_TEXT = `'; DROP TABLE requests; -- " 😀 \n {{slow_ms}} ?`;

/** Beyond what a JavaScript number holds; two of them are more than 64 bits do. */
export const HUGE = 2n ** 62n;
export const LONG_PATH = `${'folder/'.repeat(1500)}"quoted' 😀\u0000\n%00`;
/** Lines that only an attacker writes. */
export const ABSURD_ROWS: readonly RequestRow[] = [
  row({}),
  row(everyColumn('')),
  // Its status makes it a request: text alone is a message.
  row({ ...everyColumn(ABSURD_TEXT), status: 200, extra: 'no JSON' }),
  row({
    path: LONG_PATH,
    operation: 'REST.GET.OBJECT',
    status: 200,
    client_ip: '2001:db8::1',
    bytes_sent: HUGE,
    duration_ms: 9e18,
    server_ms: 0,
  }),
  row({
    path: LONG_PATH,
    operation: 'REST.DELETE.OBJECT',
    status: 999,
    client_ip: '2001:db8::1',
    bytes_received: HUGE,
  }),
  row({ status: 500, extra: '{"hostid":{"not":"text"}}' }),
  row({ status: 500, extra: '{}' }),
  row({ status: 403 }),
  row({ status: 404 }),
  row({ time: '9999-12-31 23:59:59', operation: 'BATCH.DELETE.OBJECT', path: '/', status: 204 }),
];

/** Rows with many ties, so that only a total order keeps them in place; fractions make sums depend on their order. */
export const BUSY_ROWS: readonly RequestRow[] = Array.from({ length: 1500 }, (_, index) => busyRow(index));

function row(values: RequestRow): RequestRow {
  return { source: 'site', day: '2026-03-05', ...values };
}

function everyColumn(text: string): RequestRow {
  // What is a request is Logtally's own word, never a log's.
  const columns = REQUEST_COLUMNS.filter(({ name, type }) => type === 'varchar' && name !== 'record_kind');
  return Object.fromEntries(columns.map(({ name }) => [name, text]));
}

function busyRow(index: number): RequestRow {
  const operations = ['REST.GET.OBJECT', 'REST.PUT.OBJECT', 'REST.DELETE.OBJECT', 'BATCH.DELETE.OBJECT', null];
  const statuses = [200, 403, 404, 503, null];
  const day = index % 3 === 0 ? '2026-02-07' : '2026-03-07';
  return {
    source: 'site',
    day,
    time: `${day} 12:00:00`,
    host: index % 4 === 0 ? null : 'photos',
    path: `album-${index % 601}/picture`,
    operation: operations[index % 5] ?? null,
    status: statuses[(index >> 2) % 5] ?? null,
    client_ip: index % 11 === 0 ? null : `192.0.2.${index % 200}`,
    requester: index % 7 === 0 ? null : `user-${index % 150}`,
    user_agent: `agent-${index % 120}`,
    duration_ms: 1000 + index / 7,
    server_ms: index / 9,
    bytes_sent: index % 10,
    request_id: String(index % 1000),
  };
}
