import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { downloadKindsSql } from '../../lib/formats/download-kinds.ts';
import { downloadPartsSql } from '../../lib/lake/downloads.ts';
import { readSql } from '../../lib/sql/sql-files.ts';

/* How many downloads a person would count: see sql/lake/download-parts.sql. */

let connection: DuckDBConnection;
beforeAll(async () => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  connection = await instance.connect();
  await connection.run(readSql('dialects/duckdb.sql'));
});
afterAll(() => connection.closeSync());

interface Answer {
  client?: string;
  agent?: string;
  path?: string;
  status?: number;
  bytes: number | null;
  size?: number | null;
  operation?: string | null;
  method?: string | null;
  error?: string;
  edge?: string;
  kind?: string;
}

const SIZE = 1_000_000;
const COLUMNS = [
  'number',
  'time',
  'client_ip',
  'requester',
  'user_agent',
  'host',
  'path',
  'operation',
  'method',
  'status',
  'error_code',
  'bytes_sent',
  'object_size',
  'duration_ms',
  'edge_location',
  'record_kind',
  'log_object',
];

/** What `download` says of each answer, in their order. */
async function downloads(answers: readonly Answer[]): Promise<(string | null)[]> {
  const text = (value: string | null | undefined) => (value == null ? 'CAST(NULL AS varchar)' : `'${value}'`);
  const rows = answers.map((answer, number) => {
    const {
      client = '198.51.100.7',
      agent = 'curl/8.11.1',
      path = 'film.mp4',
      status = 206,
      bytes,
      size = SIZE,
    } = answer;
    const { operation = 'REST.GET.OBJECT', method = 'GET', error, edge, kind } = answer;
    return `SELECT ${[
      number,
      `TIMESTAMP '2026-10-06 10:00:00' + to_seconds(${number})`,
      text(client),
      'CAST(NULL AS varchar)',
      text(agent),
      "'media'",
      text(path),
      text(operation),
      text(method),
      status,
      text(error),
      `CAST(${bytes ?? 'NULL'} AS bigint)`,
      `CAST(${size ?? 'NULL'} AS bigint)`,
      '1e0',
      text(edge),
      text(kind),
      "'a.log'",
    ]
      .map((value, index) => `${value} AS ${COLUMNS[index]}`)
      .join(', ')}`;
  });
  const kinds = downloadKindsSql(`(${rows.join(' UNION ALL ')})`);
  const put = downloadPartsSql(`(${kinds})`, ['number']);
  const reader = await connection.runAndReadAll(`SELECT download FROM (${put}) ORDER BY number`);
  return reader.getRowsJS().map(([download]) => download as string | null);
}

const whole: Answer = { status: 200, bytes: SIZE };
const quarter: Answer = { bytes: SIZE / 4 };

test.each<[string, Answer[], (string | null)[]]>([
  ['an answer with the whole object', [whole], ['whole']],
  ['two of the same client', [whole, whole], ['whole', 'whole']],
  ['a range of all bytes', [{ bytes: SIZE }], ['whole']],
  ['an empty object, whose size is not logged', [{ status: 200, bytes: null, size: null }], ['whole']],
  ['ranges that are the object together', [quarter, quarter, quarter, quarter], ['part', 'part', 'part', 'parts']],
  ['ranges that are not', [quarter, quarter, quarter], ['part', 'part', 'incomplete']],
  ['a download that was cut off and went on', [{ status: 200, bytes: 900_000 }, { bytes: 100_000 }], ['part', 'parts']],
  ['a download that was cut off', [{ status: 200, bytes: 900_000 }], ['incomplete']],
  ['a player that asks for two bytes, then for all', [{ bytes: 2 }, whole], ['probe', 'whole']],
  ['a probe alone', [{ bytes: 2 }], ['probe']],
  [
    'ranges of two clients',
    [quarter, { ...quarter, client: '198.51.100.8' }, { bytes: 750_000 }, { bytes: 750_000, client: '198.51.100.8' }],
    ['part', 'part', 'parts', 'parts'],
  ],
  [
    'ranges of two agents at one address',
    [{ bytes: 500_000 }, { bytes: 500_000, agent: 'wget' }],
    ['incomplete', 'incomplete'],
  ],
  ['ranges of two objects', [{ bytes: 500_000 }, { bytes: 500_000, path: 'b.mp4' }], ['incomplete', 'incomplete']],
  ['an object that was not changed', [{ status: 304, bytes: null }], [null]],
  ['a HEAD', [{ status: 200, bytes: null, operation: 'REST.HEAD.OBJECT', method: 'HEAD' }], [null]],
  ['a range that is not there', [{ status: 416, bytes: 300 }], [null]],
  ['an error after the status', [{ status: 200, bytes: 300, error: 'InternalError' }], [null]],
  ['a list of objects', [{ status: 200, bytes: 300, size: null, operation: 'REST.GET.BUCKET' }], [null]],
  ['the read of a copy', [{ ...whole, operation: 'REST.COPY.OBJECT_GET', kind: 'copy_read', method: null }], [null]],
  ['an answer of a CDN', [{ status: 200, bytes: 10, size: null, operation: null, edge: 'FRA56-P1' }], ['whole']],
  [
    'ranges of a CDN, whose log has no size',
    [
      { bytes: 5000, size: null, operation: null, edge: 'FRA' },
      { bytes: 5000, size: null, operation: null, edge: 'FRA' },
    ],
    ['part', 'parts'],
  ],
  ['a POST to a CDN', [{ status: 200, bytes: 10, size: null, operation: null, method: 'POST', edge: 'FRA' }], [null]],
  ['a page of a web server', [{ status: 200, bytes: 10, size: null, operation: null }], [null]],
])('%s', async (_case, answers, expected) => {
  expect(await downloads(answers)).toEqual(expected);
});
