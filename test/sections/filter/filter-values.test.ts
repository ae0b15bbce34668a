import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { filterSql } from '../../../lib/sections/filter/filter-sql.ts';
import { parseFilter } from '../../../lib/sections/filter/parse.ts';
import { renderSection } from '../../../lib/sections/render.ts';
import { MARCH, openRequests, type RequestRow } from '../database.ts';
import { numbers } from './numbers.ts';

const PARTS: RequestRow[] = [
  { path: '/', status: 200, bytes_sent: 0, duration_ms: 0.5, query: 'org=42&page=1', method: 'GET' },
  { path: '/api/users', status: 404, bytes_sent: 2n ** 53n + 1n, duration_ms: 1500, query: 'page=2&org=7' },
  { path: '/api/user_list', status: 500, bytes_sent: 2n ** 53n, duration_ms: null, query: 'debug', method: 'POST' },
  { path: "/it's", status: 503, bytes_sent: 10, duration_ms: 1e9, query: 'a%20b=x%26y&org=', method: 'GET' },
  { path: '/a.b', status: 301, bytes_sent: null, duration_ms: 20, query: '%6Frg=enc%6fded&borg=1', method: 'GET' },
  { path: '/aXb\n', status: null, bytes_sent: 5, duration_ms: 20, query: 'a+b=1+2&org=100%&org=2' },
  { path: '/é😀', status: 204, bytes_sent: 5, duration_ms: 20, query: 'user[id]=3&n%C3%A4me=%C3%A9', method: 'PUT' },
  { path: '/z', status: 200, bytes_sent: 7, duration_ms: 20, query: 'user%5Bid%5D=4&orgs=1&xorg=2', method: 'GET' },
  { path: null, status: 200, bytes_sent: 7, duration_ms: 20, query: null, method: null },
  { path: '/api/%25', status: 200, bytes_sent: 7, duration_ms: 20, query: 'org=%FF', method: 'get' },
];

const ROWS = PARTS.map(
  (row, index): RequestRow => ({
    ...row,
    source: 'site',
    day: `2026-03-0${1 + (index % 5)}`,
    time: `2026-03-0${1 + (index % 5)} 10:00:0${index}.5`,
    request_id: `R${index}`,
  }),
);

type Answer = boolean | null;
/** A filter as text, and what it answers for a row, worked out in JavaScript. */
interface Case {
  text: string;
  answer(row: RequestRow): Answer;
}

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await openRequests(ROWS);
});

/** The requests that a filter leaves, by their numbers. */
async function left(text: string): Promise<string[]> {
  const { sql, parameters } = renderSection(
    { id: 'left', sql: 'SELECT request_id FROM requests ORDER BY request_id' },
    { ...MARCH, filter: parseFilter(text) },
  );
  const reader = await connection.runAndReadAll(sql, [...parameters]);
  return reader.getRowsJS().map(([id]) => String(id));
}

function expected(answer: Case['answer']): string[] {
  return ROWS.filter((row) => answer(row) === true).map(({ request_id }) => String(request_id));
}

describe('single conditions', () => {
  test.each([
    ["path like '/api/%'", ['R1', 'R2', 'R9']],
    ["path like '%user_%'", ['R1', 'R2']],
    ["path like '/a_b'", ['R4']],
    ["path like '/a_b_'", ['R5']],
    ["path like '/a.b'", ['R4']],
    ["path like '/__'", ['R6']],
    ["path like '/api/\\%'", []],
    ["path not like '/%'", []],
    ["path = 'it''s' or path = '/it''s'", ['R3']],
    ['path is null', ['R8']],
    ['bytes_sent > 9007199254740992', ['R1']],
    ["time >= '2026-03-04 10:00:08.5' and time <= '2026-03-05'", ['R8']],
    ["day in ('2026-03-01', '2026-03-02')", ['R0', 'R1', 'R5', 'R6']],
    ["endpoint = '/z'", ['R7']],
    ["param('a b') = 'x&y'", ['R3']],
    ["param(debug) = ''", ['R2']],
    ["param('org') = '100%'", ['R5']],
    ["param('org') = '%FF'", ['R9']],
    ["param('org') is null", ['R2', 'R6', 'R7', 'R8']],
  ])('%s', async (text, rows) => {
    expect(await left(text)).toEqual(rows);
  });
});

test.each(['org', 'page', 'debug', 'a b', 'user[id]', 'näme', 'ORG', 'g', '.*', 'a', '42'])(
  'the parameter %s is what a browser reads',
  async (name) => {
    const { sql, parameters } = filterSql(parseFilter(`param('${name}') = 'x'`));
    const expression = sql.slice(0, -' = ?'.length);
    const reader = await connection.runAndReadAll(
      `SELECT ${expression} FROM logtally.requests WHERE query <> 'org=%FF' ORDER BY request_id`,
      parameters.slice(0, -1),
    );
    const queries = ROWS.map(({ query }) => query).filter((query) => query !== null && query !== 'org=%FF');
    const read = queries.map((query) => new URLSearchParams(String(query)).get(name));
    expect(reader.getRowsJS().map(([value]) => value)).toEqual(read);
  },
);

test('300 random filters match the same rows as in JavaScript', async () => {
  const next = numbers(7);
  let some = 0;
  for (let round = 0; round < 300; round++) {
    const { text, answer } = made(next, 3);
    const rows = expected(answer);
    if (rows.length > 0 && rows.length < ROWS.length) some++;
    expect([text, await left(text)]).toEqual([text, rows]);
  }
  expect(some).toBeGreaterThan(100);
});

const COLUMNS: { name: string; values: string[]; read(text: string): number | bigint | string }[] = [
  { name: 'status', values: ['200', '404', '-1', '503'], read: BigInt },
  { name: 'bytes_sent', values: ['0', '5', '9007199254740993'], read: BigInt },
  { name: 'duration_ms', values: ['0.5', '20', '1e3'], read: Number },
  { name: 'path', values: ["'/'", "'/api/users'", "'/é😀'", "'/it''s'", "''"], read: unquoted },
  { name: 'method', values: ["'GET'", "'get'", "'x'"], read: unquoted },
];

function unquoted(text: string): string {
  return text.slice(1, -1).replaceAll("''", "'");
}

function made(next: () => number, depth: number): Case {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const kind = depth === 0 ? 'condition' : pick(['and', 'or', 'not', 'condition', 'condition']);
  if (kind === 'not') {
    const { text, answer } = made(next, depth - 1);
    return { text: `not (${text})`, answer: (row) => opposite(answer(row)) };
  }
  if (kind === 'and' || kind === 'or') {
    const terms = [made(next, depth - 1), made(next, depth - 1)];
    const stop = kind === 'or';
    return {
      text: terms.map(({ text }) => `(${text})`).join(` ${kind} `),
      answer(row) {
        const answers = terms.map(({ answer }) => answer(row));
        if (answers.includes(stop)) return stop;
        return answers.includes(null) ? null : !stop;
      },
    };
  }
  return condition(pick);
}

function condition(pick: <T>(list: readonly T[]) => T): Case {
  const { name, values, read } = pick(COLUMNS);
  const about = (text: string, holds: (value: number) => boolean, literal: string): Case => ({
    text: `${name} ${text}`,
    answer: (row) => (row[name] == null ? null : holds(compared(row[name], read(literal)))),
  });
  const value = pick(values);
  const other = pick(values);
  switch (pick(['compare', 'compare', 'in', 'between', 'null'])) {
    case 'in':
      return {
        text: `${name} not in (${value}, ${other})`,
        answer: (row) =>
          row[name] == null ? null : [value, other].every((one) => compared(row[name], read(one)) !== 0),
      };
    case 'between':
      return {
        text: `${name} between ${value} and ${other}`,
        answer: (row) =>
          row[name] == null ? null : compared(row[name], read(value)) >= 0 && compared(row[name], read(other)) <= 0,
      };
    case 'null':
      return { text: `${name} is null`, answer: (row) => row[name] == null };
    default:
      return pick([
        about(`= ${value}`, (order) => order === 0, value),
        about(`!= ${value}`, (order) => order !== 0, value),
        about(`< ${value}`, (order) => order < 0, value),
        about(`>= ${value}`, (order) => order >= 0, value),
      ]);
  }
}

function opposite(answer: Answer): Answer {
  return answer === null ? null : !answer;
}

/** Text by its bytes, as both engines order it. */
function compared(value: RequestRow[string] | undefined, literal: number | bigint | string): number {
  if (typeof literal === 'string') return Buffer.compare(Buffer.from(String(value)), Buffer.from(literal));
  return (value as number) < literal ? -1 : (value as number) > literal ? 1 : 0;
}
