import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Duckdb, openDuckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { customFormatSchema, formatFrom } from '../../lib/formats/parse-format.ts';
import { compileExactReader } from '../../lib/parser/exact/exact-reader.ts';
import { isSameLine, readAsAthena } from '../parser/athena-reader.ts';
import { mapLines } from '../parser/mapped-lines.ts';

/* A format as it stands in a server's configuration reads the lines that the server writes by it. */

let duckdb: Duckdb;
beforeAll(async () => {
  duckdb = await openDuckdb({
    memory: '1GB',
    threads: 2,
    temp_folder: join(tmpdir(), `logtally-strings-${process.pid}`),
  });
});
afterAll(() => duckdb.close());

interface Described {
  log_format: string;
  date_format?: string;
  time_format?: string;
}

/** What a line becomes, without the columns that are NULL; the SQL that Athena runs must read it alike. */
async function requestOf(described: Described, line: string) {
  const format = formatFrom('own', customFormatSchema.parse(described));
  const [athena = 'ignored'] = await readAsAthena(duckdb, format, [line]);
  const found = compileExactReader(format).read(line);
  expect({ found, athena, isSame: isSameLine(format, found, athena) }).toMatchObject({ isSame: true });
  return JSON.parse(JSON.stringify(mapLines(format, [line])[0]));
}

const TIME = '2026-10-06T00:00:38.000Z';
const COMBINED = {
  time: TIME,
  client_ip: '192.0.2.1',
  method: 'GET',
  path: '/a',
  query: 'x=1',
  protocol: 'HTTP/1.1',
  status: 200,
  bytes_sent: 612,
  referrer: 'https://www.example.com/',
  user_agent: 'curl/8.11.1',
};
const LINE =
  '192.0.2.1 - - [06/Oct/2026:00:00:38 +0000] "GET /a?x=1 HTTP/1.1" 200 612 "https://www.example.com/" "curl/8.11.1"';

describe('of nginx', () => {
  const combined =
    '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';

  test.each([
    ['the text', combined],
    ['the directive', `log_format main '${combined}';`],
    [
      'lines of it',
      `log_format main escape=default '$remote_addr - $remote_user [$time_local] '\n    '"$request" $status $body_bytes_sent '\n    '"$http_referer" "$http_user_agent"';`,
    ],
    [
      'its strings',
      `'$remote_addr - $remote_user [$time_local] "$request" '\n  '$status $body_bytes_sent "$http_referer" "$http_user_agent"'`,
    ],
    ['braces', combined.replace('$status', () => ['$', '{status}'].join(''))],
  ])('%s', async (_name, log_format) => {
    expect(await requestOf({ log_format }, LINE)).toEqual(COMBINED);
  });

  test('with times of several servers, an address list, and variables that are not known', async () => {
    const log_format = `$http_x_shop|${combined} rt=$request_time urt="$upstream_response_time" $upstream_addr $upstream_status $upstream_cache_status "$http_x_forwarded_for" $pipe`;
    const line = `gold|${LINE.replace('- -', '- maria lopez').replace('192.0.2.1', '10.0.0.1')} rt=0.125 urt="0.1, 0.02" 10.0.0.7:80, 10.0.0.8:80 502, 200 MISS "203.0.113.9, 10.0.0.3" .`;
    expect(await requestOf({ log_format }, line)).toMatchObject({
      ...COMBINED,
      client_ip: '203.0.113.9',
      requester: 'maria lopez',
      duration_ms: 125,
      server_ms: 120,
      cache_status: 'MISS',
    });
  });

  test('with other times', async () => {
    expect(await requestOf({ log_format: '[$time_iso8601] $uri' }, '[2026-10-06T02:00:38+02:00] /a')).toEqual({
      time: TIME,
      path: '/a',
    });
    expect(await requestOf({ log_format: '$msec $request_uri' }, '1791244838.125 /a?b')).toEqual({
      time: '2026-10-06T00:00:38.125Z',
      path: '/a',
      query: 'b',
    });
  });

  test('that writes JSON', async () => {
    const log_format = `log_format json escape=json '{'
      '"at":"$time_iso8601","client":{"ip":"$remote_addr"},'
      '"code":$status,"took":$request_time,"request":"$request","size": $body_bytes_sent,"x":"$request_method $host"}';`;
    const line =
      '{"at":"2026-10-06T00:00:38+00:00","client":{"ip":"192.0.2.1"},"code":404,"took":0.5,"request":"GET /a HTTP/2.0","size": 12,"x":"GET h"}';
    expect(await requestOf({ log_format }, line)).toEqual({
      time: TIME,
      client_ip: '192.0.2.1',
      method: 'GET',
      path: '/a',
      protocol: 'HTTP/2.0',
      status: 404,
      bytes_sent: 12,
      duration_ms: 500,
    });
  });
});

describe('of Apache', () => {
  const combined = String.raw`%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"`;

  test.each([
    ['the text', combined],
    ['the text without backslashes', combined.replaceAll('\\', '')],
    ['the string', `"${combined}"`],
    ['the directive', `LogFormat "${combined}" combined`],
    ['a log of its own', `CustomLog "logs/access_log" "${combined}"`],
    ['only some statuses', combined.replace('%{Referer}i', '%!400,501{Referer}i')],
  ])('%s', async (_name, log_format) => {
    expect(await requestOf({ log_format }, LINE)).toEqual(COMBINED);
  });

  test('with the units of the directive', async () => {
    const duration = async (log_format: string, value: string) =>
      (await requestOf({ log_format: `%t %U ${log_format}` }, `[06/Oct/2026:00:00:38 +0000] /a ${value}`)).duration_ms;
    expect(await duration('%D', '1500')).toBe(1.5);
    expect(await duration('%T', '2')).toBe(2000);
    expect(await duration('%{ms}T', '1500')).toBe(1500);
    expect(await duration('%{us}T', '1500')).toBe(1.5);
    expect(await duration('%{s}T/%D', '1/1500250')).toBe(1500.25);
  });

  test('with other times', async () => {
    const time = async (log_format: string, text: string) =>
      (await requestOf({ log_format: `${log_format} %U` }, `${text} /a`)).time;
    expect(await time('%{%Y-%m-%dT%H:%M:%S%z}t', '2026-10-06T02:00:38+0200')).toBe(TIME);
    expect(await time('[%{%F %T}t.%{msec_frac}t]', '[2026-10-06 00:00:38.125]')).toBe('2026-10-06T00:00:38.125Z');
    expect(await time('[%{%d/%b/%Y:%T}t.%{msec_frac}t %{%z}t]', '[06/Oct/2026:02:00:38.125 +0200]')).toBe(
      '2026-10-06T00:00:38.125Z',
    );
    expect(await time('%{sec}t', '1791244838')).toBe(TIME);
    expect(await time('%{begin:%d/%b/%Y:%T %z}t', '06/Oct/2026:00:00:38 +0000')).toBe(TIME);
  });
});

describe('of GoAccess', () => {
  test('with a date and a time', async () => {
    const log_format = '%h %^[%d:%t %^] "%r" %s %b "%R" "%u" %T';
    const line = `${LINE.replace('+0000', '+0200')} 0.250`;
    const request = await requestOf({ log_format, date_format: '%d/%b/%Y', time_format: '%H:%M:%S' }, line);
    expect(request).toEqual({ ...COMBINED, time: '2026-10-05T22:00:38.000Z', duration_ms: 250 });
  });
});

describe('that is wrong names what and the way out', () => {
  test.each([
    ['$remote_addr $status', 'has no time; add $time_local, $time_iso8601 or $msec'],
    ['[$time_local] $', 'has a $ without the name of a variable; nginx cannot write one'],
    ['%t %Q', 'has %Q, which mod_log_config does not know; write %% for a percent sign'],
    ['%h %U', 'has no time; add %t'],
    ['%t %{minutes}T', 'has %{minutes}T; its unit is s, ms or us'],
    ['%{%H:%M}t', 'the time %H:%M cannot be read; write %d/%b/%Y:%H:%M:%S %z, %Y-%m-%dT%H:%M:%S%z or %s'],
    ['%{%k}t', '%k of the time %k is not known; write %d/%b/%Y:%H:%M:%S %z, %Y-%m-%dT%H:%M:%S%z or %s'],
    ['%h [%d:%t %^]', 'has %d; say in date_format how dates are written, such as %d/%b/%Y'],
    ['%h %^ %d %J', 'has %d; say in date_format how dates are written, such as %d/%b/%Y'],
    ['{"at":"$time_local",}', /^is no JSON object: .*; write it as nginx has it, with escape=json$/],
    ['plain text', 'has no variable, such as $remote_addr or %h'],
  ])('%s', (log_format, message) => {
    const { error } = customFormatSchema.safeParse({ log_format });
    expect(error?.issues).toEqual([expect.objectContaining({ path: ['log_format'] })]);
    const text = error?.issues[0]?.message;
    if (typeof message === 'string') expect(text).toBe(message);
    else expect(text).toMatch(message);
  });
});
