import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { answer, openRequests } from './database.ts';
import { ABSURD_ROWS, ABSURD_TEXT, BUSY_ROWS, HUGE, LONG_PATH } from './hostile-rows.ts';

const sections = loadSections();

describe('over a lake without a line', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await openRequests([]);
  });

  test('the overview is one row of zeros, and of nothing where no line tells', async () => {
    expect(await answer(connection, section('overview'))).toEqual([
      [0, 0, 0, null, null, 0, null, 0, 0, null, 0, null, null],
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
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await openRequests(ABSURD_ROWS);
  });

  test.each(sections)('$id answers', async (any) => {
    expect(await answer(connection, any)).not.toContain(undefined);
  });

  test('whole numbers beyond 2^53 stay exact', async () => {
    const [top] = await answer(connection, section('top-objects-by-bytes'));
    // The other line's status, beyond 599, is no error.
    expect(top).toEqual([null, LONG_PATH, 2, 1, 0, HUGE, HUGE, 0, null]);
  });

  test('text of a line comes out as it went in', async () => {
    const agents = (await answer(connection, section('user-agents'))).map(([agent]) => agent);
    expect(agents).toEqual([null, '', ABSURD_TEXT]);
  });

  test('a host id that is no text is none', async () => {
    const hosts = (await answer(connection, section('server-errors'))).map((cells) => cells.at(-1));
    expect(hosts).toEqual([null, null]);
  });
});

describe('over many lines on several threads', () => {
  test('two runs and another order of the rows give the same bytes', async () => {
    const connection = await openRequests(BUSY_ROWS);
    const reversed = await openRequests(BUSY_ROWS.toReversed());
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

function inText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
