/** A request as every web log tells it; made from its number alone, so that a workload is the same everywhere. */
interface WebRequest {
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
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const CLOUDFRONT_FIELDS =
  '#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte';

function requestOf(index: number, lines: number): WebRequest {
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

/** How each built-in format but S3's writes a request. */
const WRITERS: Readonly<Record<string, (request: WebRequest) => string>> = {
  nginx: (request) => combined(request),
  apache: (request) => combined(request),
  fastly: ({ time, client_ip, method, target, status, bytes, referrer, user_agent, seconds }) =>
    `<134>${time.toISOString().slice(0, 19)}Z cache-fra-0001 s3logs[254840]: ${client_ip} "-" "-" ${time.toUTCString()} "${method} ${target} HTTP/1.1" ${status} ${bytes} "${referrer}" "${user_agent}" ${seconds > '0.1' ? 'miss' : 'hit'}`,
  cloudfront({ time, client_ip, method, target, status, bytes, referrer, user_agent, seconds, id }) {
    const [stem, query = '-'] = target.split('?');
    const [day, clock] = [time.toISOString().slice(0, 10), time.toISOString().slice(11, 19)];
    const agent = user_agent.replaceAll(' ', '%20');
    const start = [day, clock, 'FRA56-P2', bytes, client_ip, method, 'd111111abcdef8.cloudfront.net', stem, status];
    const end = [
      'shop.example.com',
      'https',
      217,
      seconds,
      '-',
      'TLSv1.3',
      'TLS_AES_128_GCM_SHA256',
      'Hit',
      'HTTP/2.0',
      '-',
      '-',
      2817,
      seconds,
    ];
    return [...start, referrer, agent, query, '-', 'Hit', `${id}EXAMPLE==`, ...end].join('\t');
  },
  alb: ({ time, client_ip, method, target, status, bytes, user_agent, seconds, id }) =>
    `https ${micro(time)} app/example/50dc6c495c0c9188 ${client_ip}:2817 10.0.0.1:80 0.001 ${seconds} 0.000 ${status} ${status} 205 ${bytes} "${method} https://shop.example.com:443${target} HTTP/1.1" "${user_agent}" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/example/73e2d6bc24d8a067 "Root=1-58337364-${id}6765a2ef7629b185" "shop.example.com" "session-reused" 0 ${micro(time)} "forward" "-" "-" "10.0.0.1:80" "${status}" "-" "-"`,
  elb: ({ time, client_ip, method, target, status, bytes, user_agent, seconds }) =>
    `${micro(time)} example-lb ${client_ip}:2817 10.0.0.1:80 0.000073 ${seconds} 0.000057 ${status} ${status} 0 ${bytes} "${method} http://www.example.com:80${target} HTTP/1.1" "${user_agent}" - -`,
  nlb: ({ time, client_ip, bytes, id }) =>
    `tls 2.0 ${time.toISOString().slice(0, 19)} net/example/c6e77e28c25b2234 ${id}e8bb8464 ${client_ip}:51341 172.16.100.185:443 5 2 98 ${bytes} - arn:aws:acm:eu-central-1:111122223333:certificate/2a108f19 - ECDHE-RSA-AES128-SHA tlsv12 - example-lb.elb.eu-central-1.amazonaws.com - - - ${time.toISOString().slice(0, 19)}`,
  syslog: ({ time, client_ip, target }) =>
    `<165>1 ${time.toISOString()} host.example.com shop 8710 - - checkout of ${target} for ${client_ip} took place`,
  json: ({ time, client_ip, method, target, status, bytes, seconds, user_agent, referrer }) =>
    JSON.stringify({
      time: time.toISOString(),
      remote_addr: client_ip,
      request: `${method} ${target} HTTP/1.1`,
      status,
      body_bytes_sent: bytes,
      http_referer: referrer,
      http_user_agent: user_agent,
      request_time: Number(seconds),
    }),
};

/** The formats that `webLines` writes. */
export const WEB_FORMATS = Object.keys(WRITERS);

/** So many lines of a month in a format. */
export function* webLines(format: string, lines: number): Generator<string> {
  const write = WRITERS[format];
  if (!write) throw new Error(`no lines are written in the format ${format}`);
  if (format === 'cloudfront') yield* ['#Version: 1.0', CLOUDFRONT_FIELDS];
  for (let index = 0; index < lines; index++) yield write(requestOf(index, lines));
}

function combined({ time, client_ip, method, target, status, bytes, referrer, user_agent }: WebRequest): string {
  const day = String(time.getUTCDate()).padStart(2, '0');
  const moment = `${day}/${MONTHS[time.getUTCMonth()]}/${time.getUTCFullYear()}:${time.toISOString().slice(11, 19)} +0000`;
  return `${client_ip} - - [${moment}] "${method} ${target} HTTP/1.1" ${status} ${bytes} "${referrer}" "${user_agent}"`;
}

function micro(time: Date): string {
  return `${time.toISOString().slice(0, 23)}641Z`;
}
