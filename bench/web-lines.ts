import { requestOf, type WebRequest } from './web-requests.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const CLOUDFRONT_FIELDS =
  '#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte';
const W3C_FIELDS =
  '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken';

/** How each built-in format but S3's text writes a request. */
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
  haproxy: ({ time, client_ip, method, target, status, bytes, seconds }) =>
    `${syslogTime(time)} proxy1 haproxy[14389]: ${client_ip}:33317 [${clfTime(time)}.655] http-in static/srv1 10/0/30/69/${milliseconds(seconds)} ${status} ${bytes} - - ---- 1/1/1/1/0 0/0 "${method} ${target} HTTP/1.1"`,
  w3c({ time, client_ip, method, target, status, referrer, user_agent, seconds }) {
    const [stem, query = '-'] = target.split('?');
    const [day, clock] = [time.toISOString().slice(0, 10), time.toISOString().slice(11, 19)];
    return `${day} ${clock} 10.0.0.1 ${method} ${stem} ${query} 443 - ${client_ip} ${user_agent.replaceAll(' ', '+')} ${referrer} ${status} 0 0 ${milliseconds(seconds)}`;
  },
  traefik: (request) =>
    `${combined(request)} 162 "shop@docker" "http://10.0.0.3:80" ${milliseconds(request.seconds)}ms`,
  envoy: ({ time, client_ip, method, target, status, bytes, user_agent, seconds, id }) =>
    `[${time.toISOString()}] "${method} ${target} HTTP/1.1" ${status} - 0 ${bytes} ${milliseconds(seconds)} 25 "${client_ip}" "${user_agent}" "${id}" "shop.example.com" "10.0.0.3:80"`,
  heroku: ({ time, client_ip, method, target, status, bytes, seconds, id }) =>
    `${micro(time).slice(0, -1)}+00:00 heroku[router]: at=info method=${method} path="${target}" host=shop.example.com request_id=${id} fwd="${client_ip}" dyno=web.1 connect=1ms service=${milliseconds(seconds)}ms status=${status} bytes=${bytes} protocol=https`,
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
  's3-json': ({ time, client_ip, method, target, status, bytes, seconds, user_agent, id }) =>
    JSON.stringify({
      schema_version_id: 'V_1_0',
      bucket_name: 'example-website',
      request_time: time.toISOString(),
      remote_ip: client_ip,
      requester: null,
      request_id: `${id}EXAMPLE`,
      operation: method === 'GET' ? 'REST.GET.OBJECT' : 'REST.POST.OBJECT',
      key_name: target.slice(1).split('?')[0],
      request_uri: `${method} ${target} HTTP/1.1`,
      http_status: status,
      error_code: null,
      bytes_sent_size: bytes,
      object_size: bytes,
      total_duration: milliseconds(seconds),
      turn_around_duration: 5,
      user_agent,
      tls_version: 'TLSv1.3',
    }),
};

/** What stands above the lines. */
const HEADERS: Readonly<Record<string, readonly string[]>> = {
  cloudfront: ['#Version: 1.0', CLOUDFRONT_FIELDS],
  w3c: ['#Software: Microsoft Internet Information Services 10.0', '#Version: 1.0', W3C_FIELDS],
};

/** The formats that `webLines` writes. */
export const WEB_FORMATS = Object.keys(WRITERS);

/** So many lines of a month in a format. */
export function* webLines(format: string, lines: number): Generator<string> {
  const write = WRITERS[format];
  if (!write) throw new Error(`no lines are written in the format ${format}`);
  yield* HEADERS[format] ?? [];
  for (let index = 0; index < lines; index++) yield write(requestOf(index, lines));
}

function combined({ time, client_ip, method, target, status, bytes, referrer, user_agent }: WebRequest): string {
  return `${client_ip} - - [${clfTime(time)} +0000] "${method} ${target} HTTP/1.1" ${status} ${bytes} "${referrer}" "${user_agent}"`;
}

/** As in the Common Log Format, without the zone. */
function clfTime(time: Date): string {
  return `${String(time.getUTCDate()).padStart(2, '0')}/${MONTHS[time.getUTCMonth()]}/${time.getUTCFullYear()}:${time.toISOString().slice(11, 19)}`;
}

/** RFC 3164: a day below 10 has a space before it. */
function syslogTime(time: Date): string {
  return `${MONTHS[time.getUTCMonth()]} ${String(time.getUTCDate()).padStart(2)} ${time.toISOString().slice(11, 19)}`;
}

function micro(time: Date): string {
  return `${time.toISOString().slice(0, 23)}641Z`;
}

function milliseconds(seconds: string): number {
  return Math.round(Number(seconds) * 1000);
}
