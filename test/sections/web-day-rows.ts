import type { RequestRow } from './database.ts';

/** Hand-made requests of a CDN in front of a shop: two hours of a day, and the same host the month before. */
export const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

const ada = { client_ip: '192.0.2.10', user_agent: CHROME };
const ben = { client_ip: '192.0.2.20', user_agent: IPHONE };
const bot = { client_ip: '198.51.100.7', user_agent: BOT };
const curl = { client_ip: '203.0.113.5', user_agent: 'curl/8.7.1' };

const site = 'https://www.example.com/';

export const A_WEB_DAY: readonly RequestRow[] = [
  at('03-05 08:00:05', '/', 200, 5000, 20, 'HIT', ada, { referrer: site }),
  at('03-05 08:00:06', '/app.js', 200, 90_000, 40, 'HIT', ada, { referrer: 'https://shop.example.com/' }),
  at('03-05 08:00:40', '/api', 200, 700, 1500, 'MISS', ada, { query: 'org=42&page=1' }),
  at('03-05 08:01:00', '/api', 200, 900, 300, 'MISS', ben, { query: 'page=2&org=42' }),
  at('03-05 08:20:00', '/api', 500, 100, 2000, 'PASS', ben, { query: 'org=7', method: 'POST' }),
  at('03-05 08:30:00', '/old', 301, 0, 5, 'HIT', bot),
  at('03-05 09:10:00', '/', 200, 5000, 10, 'STALE', ben, { referrer: site }),
  at('03-05 09:10:30', '/gone.png', 404, 300, 8, 'MISS', bot),
  at('03-05 09:11:00', '/gone.png', 404, 300, 9, 'Error', curl, { referrer: 'no address' }),
  at('03-05 09:12:00', '/api', 200, 2_000_000, 4000, 'MISS', curl, { query: 'org=42&debug', requester: 'ada' }),
  // Five refusals within a minute.
  ...[1, 2, 3, 4, 5].map((second) =>
    at(`03-06 10:00:0${second}`, '/login', 401, 50, 30, 'PASS', curl, { method: 'POST' }),
  ),
  at('02-10 08:00:00', '/old', 200, 10, 10, 'HIT', ada),
  at('02-10 08:00:00', '/before', 200, 10, 10, 'HIT', ada),
];

function at(
  moment: string,
  path: string,
  status: number,
  bytes_sent: number,
  duration_ms: number,
  cache_status: string,
  ...parts: RequestRow[]
): RequestRow {
  return Object.assign(
    {
      time: `2026-${moment}`,
      day: `2026-${moment.slice(0, 5)}`,
      source: 'site',
      copies: 1,
      host: 'shop.example.com',
      method: 'GET',
      protocol: 'HTTP/2',
      tls_version: 'TLSv1.3',
      tls_cipher: 'TLS_AES_128_GCM_SHA256',
      edge_location: path === '/api' ? 'FRA' : 'AMS',
      path,
      status,
      bytes_sent,
      duration_ms,
      cache_status,
    },
    ...parts,
  );
}
