import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { expectAnswer, table } from './answers/table.ts';
import { answer, answerRows, openRequests, sectionOf } from './database.ts';
import { ABSURD_ROWS, ABSURD_TEXT, BUSY_ROWS, HUGE, LONG_PATH } from './hostile-rows.ts';

const sections = loadSections();

describe('over a lake without a line', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await openRequests([]);
  });

  test('the overview is one row: no request, no line, and NULL for all that no line contains', async () => {
    await expectAnswer(
      connection,
      sectionOf('overview'),
      table`
        requests | lines | clients | requesters | downloads | uploads | bytes_sent | bytes_received | errors_4xx | errors_5xx | error_percent | anonymous_requests | median_ms | p95_ms
               0 |     0 |    null |       null |      null |    null |       null |           null |       null |       null |          null |               null |      null |   null`,
    );
  });

  test('every safeguard is unknown, not ready', async () => {
    expect(await answerRows(connection, sectionOf('security-readiness'))).toMatchObject([
      { safeguard: 'Block anonymous access', ready: 'unknown', callers: 0 },
      { safeguard: 'Require HTTPS', ready: 'unknown', callers: 0 },
      { safeguard: 'Require TLS 1.2', ready: 'unknown', callers: 0 },
      { safeguard: 'Require Signature Version 4', ready: 'unknown', callers: 0 },
      { safeguard: 'Disable ACLs', ready: 'unknown', callers: 0 },
    ]);
  });

  const others = sections.filter(({ id }) => !['overview', 'security-readiness'].includes(id));
  test.each(others)('$id has no row', async (other) => {
    expect(await answer(connection, other)).toEqual([]);
  });
});

describe('over absurd values', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await openRequests(ABSURD_ROWS);
  });

  test.each(sections)('$id returns its rows', async (any) => {
    expect(await answer(connection, any)).not.toContain(undefined);
  });

  test('integers beyond 2^53 stay exact', async () => {
    const [top] = await answerRows(connection, sectionOf('top-objects-by-bytes'));
    // The other line's status, beyond 599, is no error.
    expect(top).toEqual({
      ...{ bucket: null, object: LONG_PATH, requests: 2, downloads: 1, incomplete_downloads: 0, uploads: 0 },
      ...{ bytes_sent: HUGE, bytes_received: HUGE, errors: 0, last_seen: null },
    });
  });

  test('text of a line is unchanged in the result', async () => {
    const rows = await answerRows(connection, sectionOf('user-agents'));
    expect(rows.map(({ user_agent }) => user_agent)).toEqual([null, '', ABSURD_TEXT]);
  });

  test('an invalid host id is NULL', async () => {
    const rows = await answerRows(connection, sectionOf('server-errors'));
    expect(rows.map(({ host_id }) => host_id)).toEqual([null, null]);
  });
});

describe('over many lines on several threads', () => {
  test('two runs, with the rows in another order, return the same bytes', async () => {
    const connection = await openRequests(BUSY_ROWS);
    const reversed = await openRequests(BUSY_ROWS.toReversed());
    for (const any of sections) {
      const first = JSON.stringify(await answer(connection, any), inText);
      expect([any.id, JSON.stringify(await answer(connection, any), inText)]).toEqual([any.id, first]);
      expect([any.id, JSON.stringify(await answer(reversed, any), inText)]).toEqual([any.id, first]);
    }
  });
});

function inText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
