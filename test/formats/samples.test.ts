import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Duckdb, openDuckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { duckdbReader } from '../../lib/formats/duckdb/reader.ts';
import { FORMATS, formatOf } from '../../lib/formats/formats.ts';
import { MAPPED_COLUMNS, mappingSql } from '../../lib/formats/mapping.ts';

/*
Logs that others wrote and published, where they lie (see their README), with what the tests of their programs expect of
them beside them. Each program names its fields in its own way: a table says which of our columns each of them is, or why
it is none. A field that no table knows fails the test.
*/
const SAMPLES = join(import.meta.dirname, '..', '..', '..', 'shared', 'samples');

let duckdb: Duckdb;
beforeAll(async () => {
  const temp_folder = join(tmpdir(), `logtally-samples-${process.pid}`);
  duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder });
});
afterAll(() => duckdb.close());

type Row = Record<string, unknown>;
/** Our columns for one of their fields, from its value; undefined says nothing of them. */
type Column = string | ((value: never) => Row);
type Columns = Record<string, Column>;
/** Their fields that no column of ours holds, each with the reason. */
type Others = Record<string, string>;

const textOf = (sample: string) => new TextDecoder().decode(readFileSync(join(SAMPLES, sample)));
const linesOf = (sample: string) =>
  textOf(sample)
    .split(/\r?\n/)
    .filter((line) => line !== '');
const jsonOf = (sample: string) => JSON.parse(textOf(`${sample}.expected.json`));

/** The row of each line: what it came to, or undefined for one that is passed over. */
async function rowsOf(format: string, lines: readonly string[], oneFile = false): Promise<(Row | undefined)[]> {
  const connection = await duckdb.connect();
  await connection.run('CREATE OR REPLACE TEMP TABLE lines (line VARCHAR, log_object VARCHAR)');
  const appender = await connection.createAppender('lines');
  for (const [index, line] of lines.entries()) {
    appender.appendVarchar(line);
    appender.appendVarchar(oneFile ? 'file' : String(index));
    appender.endRow();
  }
  appender.closeSync();
  const mapped = mappingSql(
    formatOf(format),
    `(${duckdbReader(formatOf(format), '(SELECT * FROM lines)', "'2016-12-31'")})`,
  );
  const reader = await connection.runAndReadAll(
    `SELECT ${[...MAPPED_COLUMNS, 'reason', 'line'].join(', ')} FROM (${mapped})`,
  );
  connection.closeSync();
  const rows = reader.getRowObjectsJS();
  if (oneFile) return rows;
  const found = new Map(rows.map((row) => [Number(row.log_object), row]));
  return lines.map((_, index) => found.get(index));
}

/** A value as it is compared: no value, a dash and the empty text are one; numbers are numbers; times ISO 8601. */
function plain(value: unknown): unknown {
  if (value === undefined || value === null || value === '' || value === '-') return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number(value.toPrecision(12));
  return value;
}

const NUMBERS = new Set(['status', 'bytes_sent', 'bytes_received', 'object_size', 'duration_ms', 'server_ms']);

/** Their fields in our columns. */
function ours(theirs: Row, columns: Columns, others: Others): Row {
  const row: Row = {};
  for (const [field, value] of Object.entries(theirs)) {
    if (Object.hasOwn(others, field)) continue;
    const column = columns[field];
    if (!column) throw new Error(`no table says what ${field} is`);
    Object.assign(row, typeof column === 'string' ? { [column]: value } : (column as (value: unknown) => Row)(value));
  }
  const typed = Object.entries(row).map(([name, value]) => [
    name,
    NUMBERS.has(name) && plain(value) !== null ? plain(Number(value)) : plain(value),
  ]);
  return Object.fromEntries(typed);
}

/** Compares a line's row with what it should be, column by column. */
function compare(row: Row | undefined, expected: Row, of: unknown): void {
  const found = Object.fromEntries(Object.keys(expected).map((name) => [name, plain(row?.[name])]));
  expect({ of, ...found }).toEqual({ of, ...expected });
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** `10/Feb/2012:16:42:07 -0500`, with or without brackets. */
function clf(text: string): string {
  const [, day, month = '', year, time, zone = '+0000'] =
    /(\d+)\/(\w+)\/(\d+):([\d:]+)(?: ([+-]\d{4}))?/.exec(text) ?? [];
  const number = String(MONTHS.indexOf(month) / 3 + 1).padStart(2, '0');
  return new Date(`${year}-${number}-${day}T${time}${zone.slice(0, 3)}:${zone.slice(3)}`).toISOString();
}

/** `2016, 8, 10, 22, 8, 42, 945958000, time.UTC`. */
function goDate(text: string): string {
  const [year = 0, month = 0, day, hour, minute, second, ns = 0] = text.split(', ').map(Number);
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second, ns / 1e6)).toISOString();
}

const iso = (text: string) => ({ time: new Date(text).toISOString() });
const version = (text: string | null) => ({ protocol: text && `HTTP/${text}` });
const ms = (seconds: number | null) => ({ duration_ms: seconds === null ? null : seconds * 1000 });
/** A request target; ours is decoded, and the host of an absolute one is a column of its own. */
function target(url: string | null): Row {
  const [path = '', query] = (url ?? '').replace(/^[a-z]+:\/\/[^/?]*/, '').split('?');
  return { path: decodeURIComponent(path), query };
}

/** Our path and query as one. */
function targetOf(row: Row | undefined): string {
  return [row?.path, row?.query].filter(Boolean).join('?');
}

const LOAD_BALANCER: Others = {
  client_port: 'ports name nobody',
  clientport: 'ports name nobody',
  target: 'in `extra`',
  target_ip: 'in `extra`',
  target_port: 'in `extra`',
  backend_ip: 'in `extra`',
  backend_port: 'in `extra`',
  backendip: 'in `extra`',
  backendport: 'in `extra`',
  target_status_code: 'in `extra`',
  backend_status_code: 'in `extra`',
  backend_response: 'in `extra`',
  target_group_arn: 'in `extra`',
  request_processing_time: 'a part of `duration_ms`; the parts are compared in test/fixtures',
  response_processing_time: 'a part of `duration_ms`',
  type: 'is seen by protocol and TLS version',
  trace_id: 'names one request',
  chosen_cert_arn: 'is the same for all requests of a host',
  matched_rule_priority: 'is of the configuration',
  request_creation_time: 'the request is counted when it was answered',
  actions_executed: 'is of the configuration',
  redirect_url: 'is of the configuration',
};
const serverTime = (seconds: number | null) => ({ server_ms: seconds === null || seconds < 0 ? null : seconds * 1000 });
const LOAD_BALANCER_COLUMNS: Columns = {
  _time_date: (text: string) => ({ time: goDate(text) }),
  timestamp: iso,
  elb: 'application',
  client: ({ ip }: { ip: string }) => ({ client_ip: ip }),
  client_ip: 'client_ip',
  clientip: 'client_ip',
  target_processing_time: serverTime,
  backend_processing_time: serverTime,
  elb_status_code: 'status',
  response: 'status',
  received_bytes: 'bytes_received',
  sent_bytes: 'bytes_sent',
  bytes: 'bytes_sent',
  http_request: ({ method, url, protocol }: Record<string, string>) => ({ method, protocol, ...target(url ?? '') }),
  request_verb: 'method',
  verb: 'method',
  // This program decodes the query as well.
  request_url: (url: string) => ({ decoded: url.replace(/^[a-z]+:\/\/[^/?]*/, '') }),
  request: target,
  path: 'path',
  request_proto: 'protocol',
  httpversion: version,
  user_agent: 'user_agent',
  ssl_cipher: 'tls_cipher',
  ssl_protocol: 'tls_version',
  // A host that the client did not name is the one of the request's URL.
  domain_name: (name: string | null) => (name ? { host: name } : {}),
  error_reason: 'error_code',
};

const CLOUDFRONT: Others = {
  host: 'is the distribution; our `host` is the one asked for',
  cs_host: 'is the distribution',
  cookie: 'is not kept',
  cs_cookie: 'is not kept',
  protocol: 'http or https is seen by the TLS version',
  cs_protocol: 'http or https is seen by the TLS version',
  forwarded_for: 'is not kept',
  edge_response_result_type: 'is the result type but for a few',
  x_edge_response_result_type: 'is the result type but for a few',
  fle_status: 'is not kept',
  fle_encrypted_fields: 'is not kept',
  time: 'is compared with the date',
};
const CLOUDFRONT_COLUMNS: Columns = {
  date: (date: string) => ({ day: date }),
  _time_date: (text: string) => ({ time: goDate(text) }),
  edge_location: 'edge_location',
  x_edge_location: 'edge_location',
  sent_bytes: 'bytes_sent',
  sc_bytes: 'bytes_sent',
  received_bytes: 'bytes_received',
  client_ip: 'client_ip',
  c_ip: 'client_ip',
  http_method: 'method',
  cs_method: 'method',
  uri_stem: 'path',
  cs_uri_stem: 'path',
  status_code: 'status',
  sc_status: 'status',
  referrer: 'referrer',
  cs_referer: 'referrer',
  user_agent: 'user_agent',
  cs_user_agent: 'user_agent',
  uri_query: (query: Record<string, string[]> | null) => ({
    query:
      query &&
      new URLSearchParams(
        Object.entries(query).flatMap(([name, values]) => values.map((value) => [name, value])),
      ).toString(),
  }),
  cs_uri_query: 'query',
  edge_result_type: 'cache_status',
  x_edge_result_type: 'cache_status',
  edge_request_id: 'request_id',
  x_edge_request_id: 'request_id',
  host_header: 'host',
  x_host_header: 'host',
  time_taken: ms,
  ssl_protocol: 'tls_version',
  ssl_cipher: 'tls_cipher',
  protocol_version: 'protocol',
  cs_protocol_version: 'protocol',
};

const S3: Others = {
  owner: 'is the same for all requests of a bucket',
  host_id: 'is kept where S3 itself failed',
  version_id: 'is kept where S3 itself failed',
  host_header: 'is the bucket in another form',
  path: 'is the request-URI; our `path` is the key',
  request: 'is the request-URI',
  request_uri: 'is the request-URI',
  accession: 'is of their archive',
  extension: 'is of their archive',
  filename: 'is of their archive',
  vdb_libc: 'is of their user agents',
  vdb_os: 'is of their user agents',
  vdb_phid_compute_env: 'is of their user agents',
  vdb_phid_guid: 'is of their user agents',
  vdb_phid_session_id: 'is of their user agents',
  vdb_release: 'is of their user agents',
  vdb_tool: 'is of their user agents',
};
const tls = (text: string | null) => ({ tls_version: text?.replace('TLSV', 'TLSv') ?? null });
const S3_COLUMNS: Columns = {
  bucket: 'host',
  timestamp: (text: string) => ({ time: clf(text) }),
  time: (text: string) => ({ time: clf(text) }),
  clientip: 'client_ip',
  ip: 'client_ip',
  requester: 'requester',
  request_id: 'request_id',
  operation: 'operation',
  // S3 encodes keys twice; theirs are as they stand in the line.
  key: (key: string) => ({ path: decodeURIComponent(decodeURIComponent(key)) }),
  verb: 'method',
  method: 'method',
  httpversion: version,
  vers: 'protocol',
  response: 'status',
  http_status: 'status',
  res_code: 'status',
  error: 'error_code',
  error_code: 'error_code',
  bytes: 'bytes_sent',
  bytes_sent: 'bytes_sent',
  res_len: 'bytes_sent',
  obj_size: 'object_size',
  object_size: 'object_size',
  request_time_ms: 'duration_ms',
  total_time: 'duration_ms',
  turnaround_time_ms: 'server_ms',
  turnaround_time: 'server_ms',
  referer: 'referrer',
  agent: 'user_agent',
  user_agent: 'user_agent',
  sig_ver: 'signature_version',
  signature_version: 'signature_version',
  cipher_suite: 'tls_cipher',
  auth_type: 'auth_type',
  authentication_type: 'auth_type',
  tls_version: tls,
};

const WEB: Others = {
  ident: 'is never sent',
  message: 'is the line',
  program: 'is the format',
  port: 'is a part of the virtual host',
  clientport: 'ports name nobody',
  errorcode: 'is in the message',
  proxy_errorcode: 'is in the message',
  proxy_errormessage: 'is in the message',
  module: 'is in the message',
  pid: 'names a process',
  tid: 'names a process',
  cid: 'names a connection',
  target_uri: 'is in the message',
  username: 'is in the message',
  logsource: 'is their source',
  timestamp8601: 'is the time of the syslog prefix; the body has its own',
  tz_part1: 'is a part of it',
  tz_part2: 'is a part of it',
};
const WEB_COLUMNS: Columns = {
  auth: 'requester',
  remote_user: 'requester',
  user_name: 'requester',
  bytes: 'bytes_sent',
  body_bytes_sent: 'bytes_sent',
  clientip: 'client_ip',
  client: 'client_ip',
  remote_addr: 'client_ip',
  remote_ip: 'client_ip',
  http_user_agent: 'user_agent',
  referrer: 'referrer',
  http_referer: 'referrer',
  request: target,
  url: target,
  response: 'status',
  response_code: 'status',
  status: 'status',
  timestamp: (text: string) => (text.includes('/') ? { time: clf(text) } : {}),
  time_local: (text: string) => ({ time: clf(text) }),
  time: (text: string) => ({ time: `${text.replaceAll('/', '-').replace(' ', 'T')}.000Z` }),
  fastly_timestamp: (text: string) => ({ time: `${text}.000Z` }),
  verb: 'method',
  method: 'method',
  httpversion: version,
  http_version: version,
  loglevel: 'level',
  target_fqdn: (name: string) => ({ host_name: name }),
};

interface Case {
  line?: string;
  line_no?: number;
  expect: Row;
}

const describeSamples = existsSync(SAMPLES) ? describe : describe.skip;

describeSamples('every line of a sample is a request', () => {
  /** Lines that are none, by sample, and why. */
  const REJECTED: Record<string, [count: number, why: string]> = {
    'elb/dpetzold.log': [1, 'one line is of the classic load balancer'],
    'syslog/plaso_syslog.log': [2, 'no month is called MMM; and the second line of a message'],
    'syslog/plaso_syslog_chromeos.log': [1, 'the second line of a message'],
    'syslog/plaso_syslog_rsyslog_SysklogdFileFormat.log': [1, 'the second line of a message'],
    'syslog/plaso_syslog_rsyslog_SyslogProtocol23Format.log': [1, 'the second line of a message'],
    'syslog/plaso_syslog_rsyslog_traditional.log': [3, 'second lines of messages'],
    'syslog/plaso_syslog_rsyslog_ForwardFormat.log': [1, 'was captured from the wire, without line ends'],
    'syslog/plaso_syslog_rsyslog_TraditionalForwardFormat.log': [1, 'was captured from the wire, without line ends'],
    'jsonl/crowdsec_caddy.log': [0, ''],
  };
  const SAMPLES_OF: Record<string, string[]> = {
    's3-access': [
      'aws_docs_27fields',
      'aws_loghub',
      'issues_unescaped_quotes',
      'logstash_core',
      'matomo',
      'ncbi_testlines',
      'rla_2012',
    ].map((name) => `s3/${name}.log`),
    fastly: ['cloudbuildlab_target_format', 'crowdsec_json', 'mapzen_2016', 'rubygems_2015'].map(
      (name) => `fastly/${name}.log`,
    ),
    cloudfront: [
      'aws_docs_legacy.log',
      'aws_docs_v2.jsonl',
      'aws_docs_v2_w3c.log',
      'aws_loghub.log',
      'dpetzold.log',
      'dpetzold_multiple.log',
      'matomo_rtmp.log',
      'matomo_web.log',
      's3logsbeat.log',
    ].map((name) => `cloudfront/${name}`),
    alb: [
      'elb/aws_loghub_alb.log',
      'elb/dpetzold.log',
      'elb/matomo_alb.log',
      'elb/s3logsbeat_alb.log',
      'attack/crowdsec/aws-alb-http-bad-user-agent.log',
    ],
    elb: ['elb/logstash_classic.log', 'elb/matomo_elb.log', 'elb/s3logsbeat_elb.log'],
    apache: [
      'beats_apache',
      'beats_apache_darwin',
      'beats_apache_ubuntu',
      'crowdsec_apache2',
      'loghub_apache_errorlog',
      'logstash_combined',
      'matomo_common',
      'matomo_common_complete',
      'matomo_common_encoding_big5',
      'matomo_common_vhost',
      'matomo_gandi',
      'matomo_logs_to_tests',
      'matomo_ncsa_extended',
      'matomo_ovh',
      'matomo_static_ignores',
    ].map((name) => `httpd/${name}.log`),
    nginx: [
      'httpd/beats_nginx.log',
      'httpd/beats_nginx_access.log',
      'httpd/crowdsec_nginx.log',
      'benign/elastic_apache_first5k.log',
      'benign/crs_negative_nearmiss.shared.log',
      'attack/crs_positive.shared.log',
    ],
    json: [
      'crowdsec_caddy.log',
      'elastic_nginxplus_status50.jsonl',
      'matomo_caddy_json.jsonl',
      'matomo_nginx_json.jsonl',
      'matomo_traefik_json.jsonl',
    ].map((name) => `jsonl/${name}`),
    syslog: [
      'crowdsec_sshd',
      'crowdsec_syslog',
      'elastic_auth_log',
      'loghub_linux',
      'loghub_openssh',
      'plaso_syslog',
      'plaso_syslog_chromeos',
      'plaso_syslog_cron',
      'plaso_syslog_osx',
      'plaso_syslog_rsyslog',
      'plaso_syslog_rsyslog_ForwardFormat',
      'plaso_syslog_rsyslog_SysklogdFileFormat',
      'plaso_syslog_rsyslog_SyslogProtocol23Format',
      'plaso_syslog_rsyslog_TraditionalForwardFormat',
      'plaso_syslog_rsyslog_traditional',
      'plaso_syslog_ssh',
    ].map((name) => `syslog/${name}.log`),
  };

  test.each(Object.keys(SAMPLES_OF))('%s', async (format) => {
    for (const sample of SAMPLES_OF[format] ?? []) {
      const rows = await rowsOf(format, linesOf(sample), true);
      const rejected = rows.filter((row) => row?.line !== null);
      expect([sample, rejected.length]).toEqual([sample, REJECTED[sample]?.[0] ?? 0]);
      const comments = linesOf(sample).filter((line) => line.startsWith('#')).length;
      expect([sample, rows.length]).toEqual([sample, linesOf(sample).length - comments]);
    }
  });

  test('of no format that has none here', () => {
    expect(FORMATS.map(({ id }) => id).filter((id) => !SAMPLES_OF[id])).toEqual(['nlb', 's3-json']);
  });
});

describeSamples('a line is what the program that the sample is from makes of it', () => {
  const CASES: [sample: string, format: string, columns: Columns, others: Others][] = [
    ['s3/logstash_core', 's3-access', S3_COLUMNS, S3],
    ['s3/issues_unescaped_quotes', 's3-access', S3_COLUMNS, S3],
    ['cloudfront/dpetzold', 'cloudfront', CLOUDFRONT_COLUMNS, CLOUDFRONT],
    ['cloudfront/s3logsbeat', 'cloudfront', CLOUDFRONT_COLUMNS, CLOUDFRONT],
    ['elb/dpetzold', 'alb', LOAD_BALANCER_COLUMNS, LOAD_BALANCER],
    ['elb/s3logsbeat_alb', 'alb', LOAD_BALANCER_COLUMNS, LOAD_BALANCER],
    ['elb/s3logsbeat_elb', 'elb', LOAD_BALANCER_COLUMNS, LOAD_BALANCER],
    ['elb/logstash_classic', 'elb', LOAD_BALANCER_COLUMNS, LOAD_BALANCER],
    ['httpd/logstash_combined', 'apache', WEB_COLUMNS, WEB],
    [
      'fastly/cloudbuildlab_target_format',
      'fastly',
      {
        timestamp: (text: string) => ({ time: `${text}.000Z` }),
        cache_server: 'edge_location',
        ip_address: 'client_ip',
        http_method: 'method',
        path: 'path',
        query_string: 'query',
        status_code: 'status',
        response_size: 'bytes_sent',
        user_agent: 'user_agent',
        cache_status: 'cache_status',
      },
      { priority: 'is the same for all', query_params: 'is the query' },
    ],
  ];

  test.each(CASES)('%s', async (sample, format, columns, others) => {
    const lines = linesOf(`${sample}.log`);
    const { cases }: { cases: Case[] } = jsonOf(sample);
    const wanted = cases.map(({ line, line_no = 0 }) => line ?? lines[line_no - 1] ?? '');
    const classic = (line: string) => (format === 'alb' && /^\d/.test(line) ? 'elb' : format);
    for (const [index, { expect: theirs }] of cases.entries()) {
      const line = wanted[index] ?? '';
      expect(lines).toContain(line);
      const [row] = await rowsOf(classic(line), [line]);
      const day = String(plain(row?.time)).slice(0, 10);
      compare({ ...row, day, decoded: decodeURIComponent(targetOf(row)) }, ours(theirs, columns, others), line);
    }
  });

  test('s3/ncbi_testlines', async () => {
    const rows = await rowsOf('s3-access', linesOf('s3/ncbi_testlines.log'));
    const expected = linesOf('s3/ncbi_testlines.expected.jsonl').map((line) => JSON.parse(line));
    for (const theirs of expected) {
      const row = rows.find((one) => one?.request_id === theirs.request_id && one?.operation === theirs.operation);
      compare(row, ours(theirs, S3_COLUMNS, S3), theirs.request_id);
    }
  });

  test('httpd/beats: addresses, users, sizes', async () => {
    for (const [server, field] of [
      ['apache', 'apache2'],
      ['nginx', 'nginx'],
    ] as const) {
      const text = textOf(`httpd/beats_${server}.log`);
      for (const { _source } of jsonOf(`httpd/beats_${server}`)) {
        // They note where the line ends.
        const line = text.slice(0, _source.offset).trimEnd().split('\n').at(-1) ?? '';
        const { body_sent, user_agent: _families, geoip: _place, remote_ip_list, ...access } = _source[field].access;
        // Of addresses that are all private they take the first, we the last.
        if (remote_ip_list?.includes('127.0.0.1')) delete access.remote_ip;
        const [row] = await rowsOf(server, [line]);
        const expected = { ...ours(access, WEB_COLUMNS, WEB), ...iso(_source['@timestamp']) };
        compare(row, { ...expected, bytes_sent: plain(body_sent && Number(body_sent.bytes)) }, line);
      }
    }
  });

  test.each([
    ['httpd/crowdsec_apache2', 'apache'],
    ['httpd/crowdsec_nginx', 'nginx'],
    ['jsonl/crowdsec_caddy', 'json'],
    ['fastly/crowdsec_json', 'fastly'],
  ])('%s', async (sample, format) => {
    const lines = linesOf(`${sample}.log`);
    const [results = []] = Object.values(jsonOf(sample).parsed) as { Parsed?: Row; Meta: Row }[][];
    for (const { Parsed, Meta } of results) {
      if (!Parsed) continue;
      const line = lines.find((one) => one.includes(String(Parsed.message))) ?? '';
      const [row] = await rowsOf(format, [line]);
      const { http_status, source_ip, http_path, ...expected } = {
        ...ours(Parsed, WEB_COLUMNS, WEB),
        http_status: plain(Number(Meta.http_status)),
        source_ip: Meta.source_ip,
        http_path: Meta.http_path,
      } as Row;
      const host_name = String(row?.host ?? '').replace(/:\d+$/, '');
      compare({ ...row, host_name }, expected, line);
      // Caddy writes 0 where it gave no answer: then there is no status.
      if (http_status) expect(row?.status).toBe(http_status);
      if (source_ip) expect(row?.client_ip).toBe(source_ip);
      // Apache's error log has no request; they look for one in its messages.
      if (http_path && !row?.level) expect(targetOf(row)).toBe(http_path);
    }
  });

  test('fastly/rubygems_2015: downloads by file', async () => {
    const counts: Record<string, number> = {};
    for (const row of await rowsOf('fastly', linesOf('fastly/rubygems_2015.log'))) {
      if (row?.status !== 200 && row?.status !== 304) continue;
      const name = String(row.path).replace(/^.*\/|\.gem$/g, '');
      counts[name] = (counts[name] ?? 0) + 1;
    }
    expect(counts).toEqual(jsonOf('fastly/rubygems_2015').counts);
  });

  test('syslog/crowdsec_sshd', async () => {
    const rows = await rowsOf('syslog', linesOf('syslog/crowdsec_sshd.log'));
    const [results = []] = Object.values(jsonOf('syslog/crowdsec_sshd').parsed) as { Parsed?: Row; Meta: Row }[][];
    for (const { Parsed, Meta } of results) {
      if (!Parsed) continue;
      const row = rows.find((one) => one?.message === Parsed.message && one?.host === Meta.machine);
      compare(row, { application: Parsed.program }, Parsed.message);
    }
  });

  test.each([
    ['syslog/loghub_linux', 'syslog', 'Component'],
    ['syslog/loghub_openssh', 'syslog', 'Component'],
    ['httpd/loghub_apache_errorlog', 'apache', 'Level'],
  ])('%s: every message', async (sample, format, kind) => {
    const rows = await rowsOf(format, linesOf(`${sample}.log`));
    const expected = await duckdb.run(
      `SELECT * FROM read_csv('${join(SAMPLES, `${sample}.expected.csv`)}', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`,
    );
    expect(rows).toHaveLength(expected.length);
    for (const [index, theirs] of expected.entries()) {
      const message = String(rows[index]?.message ?? '').trim();
      // The client is a column of ours.
      const content = String(theirs.Content).replace(/^\[client [^\]]*\] /, '');
      // And a tag of two words is the start of the message.
      expect([index, message.replace(/^-- root\[\d+\]: /, '')]).toEqual([index, content.trim()]);
      if (kind === 'Level') expect(rows[index]?.level).toBe(theirs.Level);
    }
  });

  test('syslog/plaso', async () => {
    const { cases } = jsonOf('syslog/plaso') as {
      cases: { file: string; event_index?: number; expect?: Row; counts?: Row }[];
    };
    for (const { file, event_index = 0, expect: theirs, counts } of cases) {
      const name = file.split("'")[3]?.replace('.log', '');
      const rows = (await rowsOf('syslog', linesOf(`syslog/plaso_${name}.log`))).filter((row) => row?.line === null);
      // A time without a year is of any year; fractions of such a second are not theirs.
      if (counts) expect([name, rows.length]).toEqual([name, counts.number_of_event_data]);
      if (!theirs) continue;
      const { hostname, last_written_time, message_body, reporter, severity } = theirs as Record<string, string | null>;
      const row = rows[event_index];
      // A tag without a colon stays in the message.
      const tag = String(row?.message).startsWith(`${reporter} `) ? null : reporter;
      const isYearless = last_written_time?.startsWith('000');
      const moment = isYearless ? last_written_time?.slice(5) : plain(new Date(last_written_time ?? ''));
      const time = String(plain(row?.time));
      const found = {
        time: isYearless ? time.slice(5, 19) : time,
        ...(hostname && { host: row?.host }),
        ...(message_body && { message: String(row?.message).trim() }),
        ...(tag && { application: row?.application }),
        ...(severity && { level: String(row?.level).toUpperCase() }),
      };
      expect(found).toEqual({
        time: moment,
        ...(hostname && { host: hostname }),
        ...(message_body && { message: message_body }),
        ...(tag && { application: tag }),
        ...(severity && { level: severity }),
      });
    }
  });
});

describeSamples('what Matomo makes of a log', () => {
  /** Their test, its sample and our format; those of formats that there are none of here are left out. */
  const TESTS: [name: string, sample: string, format: string][] = [
    ['check_common_groups', 'httpd/matomo_common.log', 'apache'],
    ['check_ncsa_extended_groups', 'httpd/matomo_ncsa_extended.log', 'apache'],
    ['check_common_vhost_groups', 'httpd/matomo_common_vhost.log', 'apache'],
    ['check_common_complete_groups', 'httpd/matomo_common_complete.log', 'apache'],
    ['test_ovh_parsing', 'httpd/matomo_ovh.log', 'apache'],
    ['test_gandi_parsing', 'httpd/matomo_gandi.log', 'apache'],
    ['check_s3_groups', 's3/matomo.log', 's3-access'],
    ['check_nginx_json_groups', 'jsonl/matomo_nginx_json.jsonl', 'json'],
    ['check_traefik_json_groups', 'jsonl/matomo_traefik_json.jsonl', 'json'],
    ['check_caddy_json_groups', 'jsonl/matomo_caddy_json.jsonl', 'json'],
    ['test_elb_parsing', 'elb/matomo_elb.log', 'elb'],
    ['test_alb_parsing', 'elb/matomo_alb.log', 'alb'],
    ['test_amazon_cloudfront_web_parsing', 'cloudfront/matomo_web.log', 'cloudfront'],
    ['test_amazon_cloudfront_rtmp_parsing', 'cloudfront/matomo_rtmp.log', 'cloudfront'],
  ];
  const OTHERS: Others = {
    args: 'is of their tracker',
    cvar: 'is of their tracker',
    event_category: 'is of their tracker',
    event_action: 'x-event has no column',
    event_name: 'x-sname has no column',
    extension: 'is the end of the path',
    filename: 'is the file',
    lineno: 'is the line',
    full_path: 'is path and query',
    is_download: 'is of their tracker',
    is_error: 'is the status',
    is_redirect: 'is the status',
    is_robot: 'is asked of user agents in a section',
    timezone: 'is in the time',
    ts: 'is the time',
    duration: 'is compared as generation_time_milli',
  };

  test.each(TESTS)('%s', async (name, sample, format) => {
    const rows = (await rowsOf(format, linesOf(sample), true)).filter(
      (row) => row?.status !== null || format === 'cloudfront',
    );
    const asserted = jsonOf('httpd/matomo').tests[name] as [number, string, string][];
    for (const [index, field, literal] of asserted) {
      if (Object.hasOwn(OTHERS, field)) continue;
      const row = rows[index] ?? {};
      const value = literal
        .replace(/^u?'(.*)'$/s, '$1')
        .replace(/^None$/, '')
        .replaceAll('\\u200b', '\u200b');
      const found = matomoValue(row, field, value, name);
      expect({ name, index, field, value: found }).toEqual({ name, index, field, value: plain(value) });
    }
  });

  /** Our value in the shape of theirs. */
  function matomoValue(row: Row, field: string, value: string, name: string): unknown {
    if (field === 'date') return sameSecond(value, String(plain(row.time))) ? value : row.time;
    if (field === 'path' && name === 'check_s3_groups') return plain(`/${row.path}`);
    // They ask for a file by its host as well.
    if (field === 'path' && name.includes('rtmp')) return String(row.path).replace('rtmp:/', '');
    // They leave out who referred to a stream.
    if (field === 'referrer' && name.includes('rtmp')) return plain(value);
    if (field === 'path' && value.includes('?')) return `${row.path}?${row.query}`;
    if (field === 'status') return name.includes('rtmp') ? value : plain(row.status?.toString());
    if (field === 'length') return plain(row.bytes_sent?.toString());
    // They count the time of the whole, of the target, or none; and take nanoseconds for milliseconds.
    if (field === 'generation_time_milli') return value;
    // A test's own default.
    if (field === 'host' && value === 'foo') return value;
    const column = { ip: 'client_ip', userid: 'requester', query_string: 'query' }[field] ?? field;
    return plain(row[column]);
  }

  /** Whether a date of theirs is that second; those of logs with a zone stand without it. */
  function sameSecond(theirs: string, time: string): boolean {
    if (theirs.includes('/')) return clf(`${theirs} -0500`) === time;
    const [year = 0, month = 1, ...rest] = theirs.match(/\d+/g)?.map(Number) ?? [];
    const date = /[+-]\d\d:\d\d$/.test(theirs) ? Date.parse(theirs) : Date.UTC(year, month - 1, ...rest.slice(0, 4));
    return new Date(date).toISOString().slice(0, 19) === time.slice(0, 19);
  }
});
