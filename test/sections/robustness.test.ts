import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { REQUEST_COLUMNS } from '../../lib/requests.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { answer, openRequests, type RequestRow } from './database.ts';

const sections = loadSections();

describe('over a lake without a line', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await openRequests([]);
  });

  test('the overview is one row of zeros, and of nothing where no line tells', async () => {
    expect(await answer(connection, section('overview'))).toEqual([
      [0, 0, 0, null, null, 0, 0, 0, 0, null, 0, null, null],
    ]);
  });

  test('every safeguard is unknown, not ready', async () => {
    const rows = await answer(connection, section('security-readiness'));
    expect(rows.map(([safeguard, ready, callers]) => [safeguard, ready, callers])).toEqual([
      ['Block anonymous access', 'unknown', 0],
      ['Require HTTPS', 'unknown', 0],
      ['Require TLS 1.2', 'unknown', 0],
      ['Require Signature Version 4', 'unknown', 0],
      ['Disable ACLs', 'unknown', 0],
    ]);
  });

  const others = sections.filter(({ id }) => !['overview', 'security-readiness'].includes(id));
  test.each(others)('$id has no row', async (other) => {
    expect(await answer(connection, other)).toEqual([]);
  });
});

describe('over absurd lines', () => {
  const huge = 2n ** 62n;
  const path = `${'folder/'.repeat(1500)}"quoted' 😀\u0000\n%00`;
  const absurd: RequestRow[] = [
    row({}),
    row(everyColumn('')),
    row({ ...everyColumn(`'; DROP TABLE requests; -- " 😀 \n {{slow_ms}} ?`), extra: 'no JSON' }),
    row({
      path,
      operation: 'REST.GET.OBJECT',
      status: 200,
      client_ip: '2001:db8::1',
      bytes_sent: huge,
      duration_ms: 9e18,
      server_ms: 0,
    }),
    row({ path, operation: 'REST.DELETE.OBJECT', status: 999, client_ip: '2001:db8::1', bytes_received: huge }),
    row({ status: 500, extra: '{"hostid":{"not":"text"}}' }),
    row({ status: 500, extra: '{}' }),
    row({ status: 403 }),
    row({ status: 404 }),
    row({ time: '9999-12-31 23:59:59', operation: 'BATCH.DELETE.OBJECT', path: '/', status: 204 }),
  ];
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await openRequests(absurd);
  });

  test.each(sections)('$id answers', async (any) => {
    expect(await answer(connection, any)).not.toContain(undefined);
  });

  test('whole numbers beyond 2^53 stay exact', async () => {
    const [top] = await answer(connection, section('top-objects-by-bytes'));
    expect(top).toEqual([null, path, 2, 1, 0, huge, huge, 1, null]);
  });

  test('text of a line comes out as it went in', async () => {
    const agents = (await answer(connection, section('user-agents'))).map(([agent]) => agent);
    expect(agents).toEqual([null, '', `'; DROP TABLE requests; -- " 😀 \n {{slow_ms}} ?`]);
  });

  test('a host id that is no text is none', async () => {
    const hosts = (await answer(connection, section('server-errors'))).map((cells) => cells.at(-1));
    expect(hosts).toEqual([null, null]);
  });
});

describe('over many lines on several threads', () => {
  test('two runs and another order of the rows give the same bytes', async () => {
    const rows = Array.from({ length: 1500 }, (_, index) => busyRow(index));
    const connection = await openRequests(rows);
    const reversed = await openRequests(rows.toReversed());
    for (const any of sections) {
      const first = JSON.stringify(await answer(connection, any), inText);
      expect([any.id, JSON.stringify(await answer(connection, any), inText)]).toEqual([any.id, first]);
      expect([any.id, JSON.stringify(await answer(reversed, any), inText)]).toEqual([any.id, first]);
    }
  });
});

function section(id: string) {
  const found = sections.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`there is no section ${id}`);
  return found;
}

function row(values: RequestRow): RequestRow {
  return { source: 'site', day: '2026-03-05', ...values };
}

function everyColumn(text: string): RequestRow {
  return Object.fromEntries(REQUEST_COLUMNS.filter(({ type }) => type === 'varchar').map(({ name }) => [name, text]));
}

/** Rows with many ties, so that only a total order keeps them in place; fractions make sums depend on their order. */
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

function inText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
