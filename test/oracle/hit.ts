import type { Random } from './random.ts';

/** What happened, before it is logged. NULL is a value that did not exist or that a log does not contain. */
export interface Hit {
  time_ms: number;
  client: string | null;
  user: string | null;
  host: string | null;
  method: string | null;
  path: string | null;
  query: string | null;
  protocol: string | null;
  status: number | null;
  sent: number | null;
  received: number | null;
  ms: number | null;
  server_ms: number | null;
  referrer: string | null;
  agent: string | null;
  cache: 'hit' | 'miss' | 'pass' | null;
  /** The same in the log's words, if they differ. */
  cache_word?: string;
  edge: string | null;
  tls: string | null;
  cipher: string | null;
  id: string | null;
  /** S3's name of the operation, such as REST.GET.OBJECT. */
  operation: string | null;
  error: string | null;
  level: string | null;
  application: string | null;
  message: string | null;
}

const FIRST_MS = Date.UTC(2026, 9, 5);
const DAYS = 3;
const PATHS = ['/', '/index.html', '/shop/cart', '/api/v1/orders', '/img/logo.PNG', '/css/site.css', '/a/b/c/deep.js'];
const KEYS = ['index.html', 'img/logo.png', 'data/2026/a.csv', 'data/2026/b.csv', 'data/raw/x/y.bin'];
const QUERIES = ['page=1', 'page=2&sort=price', 'q=', 'flag', 'page=1&page=2', 'sort=name&&q=boots'];
const STATUS = [200, 200, 200, 200, 200, 206, 301, 304, 400, 401, 403, 404, 404, 499, 500, 502, 503];
const AGENTS = ['curl/8.11.1', 'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0', 'sync/2.0'];
const REFERRERS = ['https://www.example.com/start', 'https://News.example.com/a?b=c', 'https://www.example.com/', null];
const MESSAGES = ['order 17 accepted', 'order 4711 accepted', 'stock is low', 'retry 3 of 5', 'connection lost'];

const OPERATIONS = [
  { operation: 'REST.GET.OBJECT', method: 'GET' },
  { operation: 'REST.GET.OBJECT', method: 'GET' },
  { operation: 'REST.HEAD.OBJECT', method: 'HEAD' },
  { operation: 'REST.PUT.OBJECT', method: 'PUT' },
  { operation: 'REST.DELETE.OBJECT', method: 'DELETE' },
];
const ERRORS: Readonly<Record<number, string>> = { 403: 'AccessDenied', 404: 'NoSuchKey', 503: 'SlowDown' };

/** The same as requests for objects of two buckets, of S3. Only an upload that succeeded has bytes received. */
export function objectHits(random: Random, count: number): Hit[] {
  return hits(random, count).map((hit) => {
    const { operation, method } = random.pick(OPERATIONS);
    const isUpload = operation === 'REST.PUT.OBJECT' && (hit.status ?? 0) >= 200 && (hit.status ?? 0) <= 299;
    return {
      ...hit,
      ...{ operation, method, host: random.pick(['example-website', 'example-archive']), protocol: 'HTTP/1.1' },
      ...{ path: random.pick(KEYS), error: ERRORS[hit.status ?? 0] ?? null, received: isUpload ? hit.received : null },
    };
  });
}

/** Requests of three days with quiet and busy hours, in the order of their times. Each has an id of its own. */
export function hits(random: Random, count: number): Hit[] {
  return Array.from({ length: count }, (_, index) => hit(random, index)).sort((a, b) => a.time_ms - b.time_ms);
}

function hit(random: Random, index: number): Hit {
  const hour = random.pick([3, 8, 8, 9, 12, 12, 12, 17, random.below(24)]);
  const second = random.below(DAYS) * 86_400 + hour * 3600 + random.below(3600);
  const some = <T>(value: T, of: number) => (random.below(of) === 0 ? value : null);
  const server_ms = random.below(1500);
  return {
    time_ms: FIRST_MS + second * 1000,
    client: random.pick(['192.0.2.', '198.51.100.', '203.0.113.', '2001:db8::']) + (1 + random.below(9)),
    user: some(random.pick(['ada', 'grace']), 8),
    host: random.pick(['shop.example.com', 'www.example.com']),
    method: random.pick(['GET', 'GET', 'GET', 'HEAD', 'POST']),
    path: random.pick(PATHS),
    query: some(random.pick(QUERIES), 3),
    protocol: random.pick(['HTTP/1.1', 'HTTP/2.0']),
    status: random.pick(STATUS),
    sent: random.pick([0, random.below(5000), random.below(2_000_000)]),
    received: random.below(900),
    ms: server_ms + random.below(800),
    server_ms,
    referrer: random.pick(REFERRERS),
    agent: some(random.pick(AGENTS), 1),
    cache: random.pick(['hit', 'hit', 'miss', 'pass']),
    edge: random.pick(['FRA56-P2', 'IAD89-C1', 'NRT57-P4']),
    tls: random.pick(['TLSv1.2', 'TLSv1.3']),
    cipher: random.pick(['TLS_AES_128_GCM_SHA256', 'ECDHE-RSA-AES128-GCM-SHA256']),
    id: `ID${index.toString(36).toUpperCase().padStart(6, '0')}`,
    operation: null,
    error: null,
    level: random.pick(['info', 'warning', 'err']),
    application: random.pick(['shop', 'stock']),
    message: random.pick(MESSAGES),
  };
}
