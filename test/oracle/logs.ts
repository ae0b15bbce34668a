import type { Hit } from './hit.ts';

/** How a log is written, and what it contains of a hit. */
export interface Log {
  kind: 'storage' | 'web' | 'log';
  /** Lines before the first hit. */
  header?: string[];
  write(hit: Hit): string;
  /** What the log contains; all else is unknown. */
  tells: (keyof Hit)[];
  /** What a format writes in other words than the hit has. */
  words?: Partial<Record<'cache', (value: string) => string>>;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LINE = ['client', 'method', 'path', 'query', 'status'] as const;
const COMBINED = [...LINE, 'user', 'protocol', 'sent', 'referrer', 'agent'] as const;
const PROXY = [...LINE, 'protocol', 'sent', 'received', 'agent', 'host', 'ms', 'server_ms'] as const;
const BALANCER = [...PROXY, 'tls', 'cipher'] as const;
const S3 = [...BALANCER, 'user', 'referrer', 'id', 'operation', 'error'] as const;

const CLOUDFRONT_CACHE: Record<string, string> = { hit: 'RefreshHit', miss: 'Miss', pass: 'Pass' };

/** The formats that are counted, by their names for --format. */
export const LOGS: Readonly<Record<string, Log>> = {
  nginx: {
    kind: 'web',
    tells: [...COMBINED, 'ms'],
    write: (hit) => `${combined(hit)} ${seconds(hit.ms)}`,
  },
  apache: { kind: 'web', tells: [...COMBINED], write: combined },
  json: {
    kind: 'web',
    tells: [...COMBINED, 'host', 'ms', 'received'],
    write: (hit) =>
      JSON.stringify({
        time: iso(hit),
        host: hit.host,
        remote_addr: hit.client,
        remote_user: hit.user ?? '-',
        request: `${hit.method} ${target(hit)} ${hit.protocol}`,
        status: hit.status,
        bytes_sent: hit.sent,
        bytes_received: hit.received,
        duration_ms: hit.ms,
        http_referer: hit.referrer ?? '-',
        http_user_agent: hit.agent,
      }),
  },
  cloudfront: {
    kind: 'web',
    header: [
      '#Version: 1.0',
      '#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte',
    ],
    tells: [...BALANCER, 'referrer', 'cache', 'edge', 'id'],
    words: { cache: (value) => CLOUDFRONT_CACHE[value] ?? value },
    write: (hit) =>
      [
        ...[iso(hit).slice(0, 10), iso(hit).slice(11, 19), hit.edge, hit.sent, hit.client, hit.method],
        ...['d111111abcdef8.cloudfront.net', hit.path, hit.status, hit.referrer ?? '-'],
        ...[hit.agent?.replaceAll(' ', '%20'), hit.query ?? '-', '-', CLOUDFRONT_CACHE[hit.cache ?? ''], hit.id],
        ...[hit.host, 'https', hit.received, seconds(hit.ms), '-', hit.tls, hit.cipher, 'Miss', hit.protocol],
        ...['-', '-', 2817, seconds(hit.server_ms)],
      ].join('\t'),
  },
  fastly: {
    kind: 'web',
    tells: [...COMBINED, 'cache', 'edge'],
    write: (hit) =>
      `<134>${iso(hit).slice(0, 19)}Z ${hit.edge} logs[254840]: ${hit.client} "-" "${hit.user ?? '-'}" ${new Date(hit.time_ms).toUTCString()} "${hit.method} ${target(hit)} ${hit.protocol}" ${hit.status} ${hit.sent} "${hit.referrer ?? '-'}" "${hit.agent}" ${hit.cache}`,
  },
  's3-access': {
    kind: 'storage',
    tells: [...S3],
    write: (hit) =>
      [
        ...['79a5', hit.host, `[${clock(hit)}]`, hit.client, hit.user ?? '-', hit.id, hit.operation, hit.path],
        ...[`"${hit.method} /${target(hit)} ${hit.protocol}"`, hit.status, hit.error ?? '-', hit.sent],
        ...[hit.received ?? '-', hit.ms, hit.server_ms, `"${hit.referrer ?? '-'}"`, `"${hit.agent}"`, '-', 'HOST='],
        ...[
          'SigV4',
          hit.cipher,
          hit.user === null ? '-' : 'AuthHeader',
          `${hit.host}.s3.amazonaws.com`,
          hit.tls,
          '-',
          '-',
        ],
      ].join(' '),
  },
  's3-json': {
    kind: 'storage',
    tells: [...S3],
    write: (hit) =>
      JSON.stringify({
        bucket_name: hit.host,
        request_time: iso(hit),
        remote_ip: hit.client,
        requester: hit.user,
        request_id: hit.id,
        operation: hit.operation,
        key_name: hit.path,
        request_uri: `${hit.method} /${target(hit)} ${hit.protocol}`,
        http_status: hit.status,
        error_code: hit.error,
        bytes_sent_size: hit.sent,
        object_size: hit.received,
        total_duration: hit.ms,
        turn_around_duration: hit.server_ms,
        referer: hit.referrer,
        user_agent: hit.agent,
        signature_version: 'SigV4',
        cipher_suite: hit.cipher,
        authentication_type: hit.user && 'AuthHeader',
        tls_version: hit.tls,
      }),
  },
  alb: {
    kind: 'web',
    tells: [...BALANCER],
    write: (hit) =>
      [
        ...['https', iso(hit), 'app/web/50dc6c495c0c9188', `${hit.client}:2817`, '10.0.0.1:80', '0.000'],
        ...[seconds(hit.server_ms), seconds((hit.ms ?? 0) - (hit.server_ms ?? 0)), hit.status, hit.status],
        ...[hit.received, hit.sent, `"${hit.method} https://${hit.host}:443${target(hit)} ${hit.protocol}"`],
        ...[`"${hit.agent}"`, hit.cipher, hit.tls, 'targetgroup/web', '"Root=1-58337262"', '"-"', '"-"', '0', iso(hit)],
        ...['"forward"', '"-"', '"-"', '"10.0.0.1:80"', `"${hit.status}"`, '"-"', '"-"'],
      ].join(' '),
  },
  elb: {
    kind: 'web',
    tells: [...BALANCER],
    write: (hit) =>
      [
        ...[iso(hit), 'my-balancer', `${hit.client}:2817`, '10.0.0.1:80', '0.000000', seconds(hit.server_ms)],
        ...[seconds((hit.ms ?? 0) - (hit.server_ms ?? 0)), hit.status, hit.status, hit.received, hit.sent],
        ...[
          `"${hit.method} https://${hit.host}:443${target(hit)} ${hit.protocol}"`,
          `"${hit.agent}"`,
          hit.cipher,
          hit.tls,
        ],
      ].join(' '),
  },
  haproxy: {
    kind: 'web',
    tells: [...LINE, 'protocol', 'sent', 'ms', 'server_ms'],
    write: (hit) =>
      `haproxy[14389]: ${hit.client}:33317 [${clock(hit).slice(0, 20)}.000] http-in static/srv1 0/0/0/${hit.server_ms}/${hit.ms} ${hit.status} ${hit.sent} - - ---- 1/1/1/1/0 0/0 "${hit.method} ${target(hit)} ${hit.protocol}"`,
  },
  heroku: {
    kind: 'web',
    tells: [...LINE, 'host', 'sent', 'ms'],
    write: (hit) =>
      `${iso(hit).slice(0, 23)}000+00:00 heroku[router]: at=info method=${hit.method} path="${target(hit)}" host=${hit.host} request_id=8601b555 fwd="${hit.client}" dyno=web.1 connect=1ms service=${hit.ms}ms status=${hit.status} bytes=${hit.sent} protocol=https`,
  },
  w3c: {
    kind: 'web',
    header: [
      '#Software: Microsoft Internet Information Services 10.0',
      '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs-version cs(User-Agent) cs(Referer) cs-host sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken',
    ],
    tells: [...COMBINED, 'received', 'host', 'ms'],
    write: (hit) =>
      [
        ...[iso(hit).slice(0, 10), iso(hit).slice(11, 19), '10.0.0.1', hit.method, hit.path, hit.query ?? '-', 443],
        ...[hit.user ?? '-', hit.client, hit.protocol, hit.agent?.replaceAll(' ', '+'), hit.referrer ?? '-', hit.host],
        ...[hit.status, 0, 0, hit.sent, hit.received, hit.ms],
      ].join(' '),
  },
  traefik: {
    kind: 'web',
    tells: [...COMBINED, 'ms'],
    write: (hit) => `${combined(hit)} 17 "web@docker" "http://10.0.0.2:80" ${hit.ms}ms`,
  },
  envoy: {
    kind: 'web',
    tells: [...PROXY],
    write: (hit) =>
      `[${iso(hit)}] "${hit.method} ${target(hit)} ${hit.protocol}" ${hit.status} - ${hit.received} ${hit.sent} ${hit.ms} ${hit.server_ms} "${hit.client}" "${hit.agent}" "${hit.id}" "${hit.host}" "10.0.0.2:80"`,
  },
  syslog: {
    kind: 'log',
    tells: ['host', 'level', 'application', 'message'],
    write: (hit) =>
      `<${8 + ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info'].indexOf(hit.level ?? '')}>1 ${iso(hit)} ${hit.host} ${hit.application} 8710 - - ${hit.message}`,
  },
};

/** A hit with only the values that a log contains. */
export function told(hit: Hit, { tells, words = {} }: Log): Hit {
  const known = Object.entries(hit).map(([name, value]) => {
    const isKnown = name === 'time_ms' || (tells as string[]).includes(name);
    return [name, isKnown ? value : null];
  });
  const seen = Object.fromEntries(known) as Hit;
  return { ...seen, ...(words.cache && seen.cache && { cache_word: words.cache(seen.cache) }) };
}

function combined(hit: Hit): string {
  return `${hit.client} - ${hit.user ?? '-'} [${clock(hit)}] "${hit.method} ${target(hit)} ${hit.protocol}" ${hit.status} ${hit.sent} "${hit.referrer ?? '-'}" "${hit.agent}"`;
}

/** `05/Oct/2026:08:00:00 +0000`. */
function clock(hit: Hit): string {
  const date = new Date(hit.time_ms);
  const day = `${String(date.getUTCDate()).padStart(2, '0')}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  return `${day}:${iso(hit).slice(11, 19)} +0000`;
}

function target({ path, query }: Hit): string {
  return query === null ? `${path}` : `${path}?${query}`;
}

function iso({ time_ms }: Hit): string {
  return new Date(time_ms).toISOString();
}

function seconds(ms: number | null): string {
  return ((ms ?? 0) / 1000).toFixed(3);
}
