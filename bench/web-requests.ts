/** A request as every web log tells it; made from its number alone, so that a workload is the same everywhere. */
export interface WebRequest {
  time: Date;
  client_ip: string;
  method: string;
  target: string;
  status: number;
  bytes: number;
  seconds: string;
  referrer: string;
  user_agent: string;
  id: string;
}

const USER_AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0',
  'Mozilla/5.0 (compatible; ExampleBot/2.1; +https://www.example.com/bot)',
  'curl/8.11.1',
  'inventory-sync/2.0',
];
const FIRST_MS = Date.UTC(2026, 9, 1);
const MONTH_MS = 31 * 86_400_000;

/** The request of this number among so many of a month. */
export function requestOf(index: number, lines: number): WebRequest {
  // Consecutive numbers look unlike each other after a multiplication by a large odd one.
  const noise = Math.imul(index + 1, 2_654_435_761) >>> 0;
  const pick = (choices: number, shift: number) => (noise >>> shift) % choices;
  const path = pick(5, 3) === 0 ? `/api/v1/orders/${pick(20_000, 2)}` : `/assets/page-${pick(3_000, 5)}.html`;
  return {
    time: new Date(FIRST_MS + Math.floor((index * MONTH_MS) / lines)),
    client_ip: `${['192.0.2', '198.51.100', '203.0.113'][pick(3, 7)]}.${1 + pick(254, 9)}`,
    method: pick(9, 4) === 0 ? 'POST' : 'GET',
    target: pick(3, 6) === 0 ? `${path}?page=${pick(40, 8)}&sort=price` : path,
    status: [200, 200, 200, 200, 200, 304, 404, 500][pick(8, 11)] ?? 200,
    bytes: 200 + pick(60_000, 10),
    seconds: (pick(900, 12) / 1000).toFixed(3),
    referrer: pick(4, 13) === 0 ? 'https://www.example.com/start' : '-',
    user_agent: USER_AGENTS[pick(USER_AGENTS.length, 14)] ?? '-',
    id: noise.toString(16).padStart(8, '0'),
  };
}
