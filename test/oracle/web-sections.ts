import {
  count,
  day,
  distinct,
  endpoint,
  first,
  firstSeen,
  grouped,
  hourOfDay,
  isClientError,
  isDenied,
  isError,
  isServerError,
  isSlow,
  lastSeen,
  least,
  mean,
  most,
  percent,
  startOf,
  sum,
  time,
} from './figures.ts';
import type { Hit } from './hit.ts';
import type { Row } from './product.ts';

/** What a section answers over hits, without the columns that are estimates. */
export type Section = (hits: readonly Hit[]) => Row[];

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const clients = (hits: readonly Hit[]) => distinct(hits, ({ client }) => client);
const sent = (hits: readonly Hit[]) => sum(hits, (hit) => hit.sent);
const received = (hits: readonly Hit[]) => sum(hits, (hit) => hit.received);
const classes = (hits: readonly Hit[]) => ({
  errors_4xx: count(hits, isClientError),
  errors_5xx: count(hits, isServerError),
});
const errorPercent = (hits: readonly Hit[]) =>
  percent(count(hits, isError), hits.filter(({ status }) => status !== null).length);
const statusClass = ({ status }: Hit) => (status === null || status > 599 ? 'none' : `${Math.floor(status / 100)}xx`);
/** Only S3 says what was a download or an upload. */
const NO_TRANSFERS = { downloads: null, uploads: null };

/** Who signed in, and how many requests without. Unknown if the log never names a user. */
function callers(hits: readonly Hit[]) {
  if (hits.every(({ user }) => user === null)) return { requesters: null, anonymous_requests: null };
  const anonymous_requests = count(hits, ({ user, client }) => user === null && client !== null);
  return { requesters: distinct(hits, ({ user }) => user), anonymous_requests };
}

function cacheFigures(hits: readonly Hit[]) {
  if (hits.every(({ cache }) => cache === null)) return { hits: null, misses: null, hit_percent: null };
  const [found, missed] = [count(hits, ({ cache }) => cache === 'hit'), count(hits, ({ cache }) => cache === 'miss')];
  return { hits: found, misses: missed, hit_percent: percent(found, found + missed) };
}

const passes = (hits: readonly Hit[]) => count(hits, ({ cache }) => cache === 'pass');

export const WEB_SECTIONS: Readonly<Record<string, Section>> = {
  overview: (hits) => [
    {
      ...{
        lines: hits.length,
        requests: hits.length,
        clients: clients(hits),
        ...callers(hits),
      },
      ...{ ...NO_TRANSFERS, bytes_sent: sent(hits), bytes_received: received(hits), ...classes(hits) },
      error_percent: errorPercent(hits),
    },
  ],
  'by-day': (hits) =>
    grouped(
      hits,
      (hit) => ({ day: day(hit) }),
      (of) => ({
        ...{ requests: of.length, clients: clients(of), ...NO_TRANSFERS },
        ...{ bytes_sent: sent(of), bytes_received: received(of), ...classes(of) },
      }),
    ),
  'daily-summary': (hits) =>
    grouped(
      hits,
      (hit) => ({ day: day(hit) }),
      (of) => {
        const ofClass = (start: number) =>
          count(of, ({ status }) => status !== null && Math.floor(status / 100) === start);
        return {
          ...{ requests: of.length, status_2xx: ofClass(2), status_3xx: ofClass(3), status_4xx: ofClass(4) },
          ...{ status_5xx: ofClass(5), other: of.length - ofClass(2) - ofClass(3) - ofClass(4) - ofClass(5) },
          ...{ error_percent: errorPercent(of), bytes_sent: sent(of), mean_ms: mean(of, ({ ms }) => ms) },
        };
      },
    ),
  visitors: (hits) =>
    grouped(
      hits,
      (hit) => ({ day: day(hit) }),
      (of) => {
        const visitors = distinct(of, ({ client, agent }) => JSON.stringify([client, agent]));
        const requests_per_visitor = of.length / visitors;
        return { visitors, clients: clients(of), requests: of.length, requests_per_visitor, bytes_sent: sent(of) };
      },
    ),
  'by-hour': (hits) =>
    grouped(
      hits,
      (hit) => ({ hour: hourOfDay(hit) }),
      (of) => ({ requests: of.length, bytes_sent: sent(of), bytes_received: received(of), ...classes(of) }),
    ),
  'by-weekday-hour': (hits) =>
    grouped(
      hits,
      (hit) => ({ weekday: WEEKDAYS[new Date(hit.time_ms).getUTCDay()] ?? null, hour: hourOfDay(hit) }),
      (of) => ({
        ...{ requests: of.length, bytes_sent: sent(of), bytes_received: received(of), errors: count(of, isError) },
      }),
    ),
  hours: (hits) => {
    const ofHour = Map.groupBy(hits, (hit) => startOf(hit, HOUR_MS));
    const from = Date.parse(startOf(hits[0] as Hit, HOUR_MS));
    const to = Date.parse(startOf(hits.at(-1) as Hit, HOUR_MS));
    return Array.from({ length: (to - from) / HOUR_MS + 1 }, (_, index) => {
      const of = ofHour.get(time(from + index * HOUR_MS)) ?? [];
      const before = ofHour.get(time(from + (index - 1) * HOUR_MS))?.length ?? 0;
      const change_percent = index === 0 || before === 0 ? null : percent(of.length - before, before);
      return {
        ...{ hour: time(from + index * HOUR_MS), requests: of.length, change_percent, bytes_sent: sent(of) ?? 0 },
        ...{ ...classes(of), error_percent: errorPercent(of) },
      };
    });
  },
  minutes: (hits) => {
    const ofDay = [...Map.groupBy(hits, day)].sort(
      ([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1),
    );
    return grouped(
      ofDay[0]?.[1] ?? [],
      (hit) => ({ minute: startOf(hit, MINUTE_MS) }),
      (of) => ({ requests: of.length, bytes_sent: sent(of), ...classes(of), mean_ms: mean(of, ({ ms }) => ms) }),
    );
  },
  'peak-minutes': (hits) =>
    first(
      grouped(
        hits,
        (hit) => ({ minute: startOf(hit, MINUTE_MS) }),
        (of) => ({
          ...{ requests: of.length, clients: clients(of), bytes_sent: sent(of), errors: count(of, isError) },
          mean_ms: mean(of, ({ ms }) => ms),
        }),
      ),
      60,
      'requests',
      '-minute',
    ),
  methods: (hits) =>
    grouped(
      hits,
      ({ method }) => ({ method }),
      (of) => ({
        ...{ requests: of.length, clients: clients(of), bytes_sent: sent(of), errors: count(of, isError) },
        ...{ error_percent: errorPercent(of), last_seen: lastSeen(of) },
      }),
    ),
  protocols: (hits) =>
    grouped(
      hits.filter(({ protocol }) => protocol !== null),
      ({ protocol }) => ({ protocol }),
      (of) => ({ requests: of.length, clients: clients(of), bytes_sent: sent(of), errors: count(of, isError) }),
    ),
  hosts: (hits) =>
    grouped(
      hits.filter(({ host }) => host !== null),
      ({ host }) => ({ host }),
      (of) => ({
        ...{ requests: of.length, clients: clients(of), bytes_sent: sent(of), ...classes(of) },
        error_percent: errorPercent(of),
      }),
    ),
  'edge-locations': (hits) =>
    grouped(
      hits.filter(({ edge }) => edge !== null),
      ({ edge }) => ({ edge_location: edge }),
      (of) => ({
        ...{ requests: of.length, clients: clients(of), bytes_sent: sent(of), ...cacheFigures(of) },
        ...{ errors_5xx: count(of, isServerError), mean_ms: mean(of, ({ ms }) => ms) },
      }),
    ),
  'response-sizes': (hits) =>
    byClass(hits, (of) => ({
      ...{ requests: of.length, bytes_sent: sent(of), mean_bytes: mean(of, (hit) => hit.sent) },
      max_bytes: most(of, (hit) => hit.sent),
    })),
  'response-times': (hits) =>
    byClass(
      hits.filter(({ ms }) => ms !== null),
      (of) => ({ requests: of.length, mean_ms: mean(of, ({ ms }) => ms), max_ms: most(of, ({ ms }) => ms) }),
    ),
  'largest-endpoints': (hits) =>
    grouped(
      hits,
      (hit) => ({ endpoint: endpoint(hit) }),
      (of) => ({
        ...{ requests: of.length, bytes_sent: sent(of), mean_bytes: mean(of, (hit) => hit.sent) },
        max_bytes: most(of, (hit) => hit.sent),
      }),
    ),
  'top-clients': (hits) =>
    grouped(
      hits,
      ({ client }) => ({ client_ip: client }),
      (of) => ({
        ...{ requests: of.length, ...NO_TRANSFERS, bytes_sent: sent(of), bytes_received: received(of) },
        ...{
          errors: count(of, isError),
          denied: count(of, isDenied),
          first_seen: firstSeen(of),
          last_seen: lastSeen(of),
        },
      }),
    ),
  'top-endpoints': (hits) =>
    grouped(
      hits,
      (hit) => ({ endpoint: endpoint(hit) }),
      (of) => ({
        ...{ requests: of.length, clients: clients(of), bytes_sent: sent(of), bytes_received: received(of) },
        ...{ errors: count(of, isError), error_percent: errorPercent(of), last_seen: lastSeen(of) },
      }),
    ),
  'static-files': (hits) =>
    grouped(
      hits.filter(({ path }) => /\.(css|js)$/.test(path ?? '')),
      (hit) => ({ endpoint: endpoint(hit) }),
      (of) => ({
        ...{ requests: of.length, clients: clients(of), bytes_sent: sent(of), errors: count(of, isError) },
        last_seen: lastSeen(of),
      }),
    ),
  'file-types': (hits) =>
    grouped(
      hits,
      ({ path }) => ({ file_type: /\.([^./]+)$/.exec(path ?? '')?.[1]?.toLowerCase() ?? 'none' }),
      (of) => ({
        ...{ endpoints: distinct(of, endpoint), requests: of.length, bytes_sent: sent(of) },
        ...{ mean_bytes: mean(of, (hit) => hit.sent), errors: count(of, isError) },
      }),
    ),
  referrers: (hits) =>
    grouped(
      hits.filter(({ referrer }) => referrer !== null),
      ({ referrer }) => ({ referrer }),
      (of) => ({ requests: of.length, clients: clients(of), errors: count(of, isError), last_seen: lastSeen(of) }),
    ),
  'referring-sites': (hits) =>
    grouped(
      hits.filter(({ referrer }) => referrer !== null),
      ({ referrer }) => ({ site: new URL(referrer ?? '').host }),
      (of) => ({ pages: distinct(of, ({ referrer }) => referrer), requests: of.length }),
    ),
  'remote-users': (hits) =>
    grouped(
      hits.filter(({ user }) => user !== null),
      ({ user }) => ({ requester: user }),
      (of) => ({
        ...{ requests: of.length, clients: clients(of), bytes_sent: sent(of), errors: count(of, isError) },
        ...{ denied: count(of, isDenied), last_seen: lastSeen(of) },
      }),
    ),
  'user-agents': (hits) =>
    grouped(
      hits,
      ({ agent }) => ({ user_agent: agent }),
      (of) => ({
        ...{ requests: of.length, bytes_sent: sent(of), bytes_received: received(of) },
        ...{ errors: count(of, isError), last_seen: lastSeen(of) },
      }),
    ),
  'status-codes': (hits) =>
    grouped(
      hits,
      ({ status }) => ({ status }),
      (of) => ({
        ...{ requests: of.length, share_percent: percent(of.length, hits.length), clients: clients(of) },
        ...{ bytes_sent: sent(of), last_seen: lastSeen(of) },
      }),
    ),
  'errors-by-hour': (hits) =>
    grouped(
      hits,
      (hit) => ({ hour: hourOfDay(hit) }),
      (of) => ({ requests: of.length, ...classes(of), error_percent: errorPercent(of) }),
    ),
  'error-endpoints': (hits) =>
    grouped(
      hits,
      (hit) => ({ endpoint: endpoint(hit) }),
      (of) => {
        const failed = of.filter(isError);
        const last_error = failed.length === 0 ? null : lastSeen(failed);
        return {
          ...{ requests: of.length, ...classes(of), error_percent: errorPercent(of) },
          ...{ clients: clients(failed), last_error },
        };
      },
    ).filter(({ last_error }) => last_error !== null),
  'missing-endpoints': (hits) =>
    grouped(
      hits.filter(({ status }) => status === 404),
      (hit) => ({ endpoint: endpoint(hit) }),
      (of) => ({
        ...{ requests: of.length, clients: clients(of), referrer: least(of, ({ referrer }) => referrer) },
        last_seen: lastSeen(of),
      }),
    ),
  'failed-requests': (hits) =>
    first(
      hits.filter(isServerError).map((hit) => ({
        ...{ time: time(hit.time_ms), status: hit.status, method: hit.method, endpoint: endpoint(hit) },
        ...{ query: hit.query, client_ip: hit.client, duration_ms: hit.ms, cache_status: word(hit) },
        request_id: hit.id,
      })),
      100,
      ...['time', '-request_id', '-endpoint', '-query', '-client_ip', '-status', '-method', '-duration_ms'],
    ),
  'endpoint-times': (hits) =>
    grouped(
      hits.filter(({ ms }) => ms !== null),
      (hit) => ({ endpoint: endpoint(hit) }),
      (of) => ({
        ...{ requests: of.length, mean_ms: mean(of, ({ ms }) => ms), max_ms: most(of, ({ ms }) => ms) },
        total_ms: sum(of, ({ ms }) => ms),
      }),
    ),
  'slow-endpoints': (hits) =>
    grouped(
      hits.filter(({ ms }) => ms !== null),
      (hit) => ({ endpoint: endpoint(hit) }),
      (of) => {
        const slow = of.filter(isSlow);
        return {
          ...{ requests: of.length, slow_requests: slow.length, slow_percent: percent(slow.length, of.length) },
          ...{ max_ms: most(of, ({ ms }) => ms), misses: cacheFigures(slow).misses },
          ...{ mean_bytes: mean(slow, (hit) => hit.sent), errors_5xx: count(slow, isServerError) },
        };
      },
    ).filter(({ slow_requests }) => slow_requests !== 0),
  'slow-requests': (hits) =>
    first(
      hits.filter(isSlow).map((hit) => ({
        ...{ time: time(hit.time_ms), duration_ms: hit.ms, server_ms: hit.server_ms, status: hit.status },
        ...{ method: hit.method, endpoint: endpoint(hit), query: hit.query, bytes_sent: hit.sent },
        ...{ cache_status: word(hit), client_ip: hit.client },
      })),
      100,
      ...['duration_ms', '-time', '-endpoint', '-query', '-client_ip', '-status', '-method', '-bytes_sent'],
    ),
  'times-by-size': (hits) =>
    grouped(
      hits.filter(({ ms }) => ms !== null),
      ({ sent: bytes, cache }) => ({ size: sizeClass(bytes), cache_result: cache }),
      (of) => ({ requests: of.length, slow_requests: count(of, isSlow), mean_ms: mean(of, ({ ms }) => ms) }),
    ),
  'cache-rate': (hits) => {
    const told = hits.filter(({ cache }) => cache !== null);
    const bytes_hit = sent(told.filter(({ cache }) => cache === 'hit'));
    const bytes_hit_percent = percent(bytes_hit, sent(told));
    const bytes = { bytes_sent: sent(told), bytes_hit, bytes_hit_percent };
    return [{ requests: told.length, ...cacheFigures(told), passes: passes(told), ...bytes }];
  },
  cache: (hits) =>
    grouped(
      hits,
      (hit) => ({ cache_status: word(hit), cache_result: hit.cache }),
      (of) => ({
        ...{ requests: of.length, share_percent: percent(of.length, hits.length), bytes_sent: sent(of) },
        mean_ms: mean(of, ({ ms }) => ms),
      }),
    ),
  'cache-by-hour': (hits) =>
    grouped(
      hits,
      (hit) => ({ hour: startOf(hit, HOUR_MS) }),
      (of) => ({ requests: of.length, ...cacheFigures(of), passes: passes(of), bytes_sent: sent(of) }),
    ),
  'cache-by-endpoint': (hits) =>
    grouped(
      hits,
      (hit) => ({ endpoint: endpoint(hit) }),
      (of) => {
        const bytes_missed = sent(of.filter(({ cache }) => cache !== 'hit')) ?? 0;
        return { requests: of.length, ...cacheFigures(of), passes: passes(of), bytes_missed };
      },
    ),
  tls: (hits) =>
    grouped(
      hits,
      ({ tls, cipher }) => ({ tls_version: tls, tls_cipher: cipher }),
      (of) => ({
        ...{ requests: of.length, clients: clients(of), user_agent: least(of, ({ agent }) => agent) },
        last_seen: lastSeen(of),
      }),
    ),
  parameters: (hits) => {
    const given = parameters(hits);
    const names = [...new Set(given.map(({ name }) => name))];
    return names.map((parameter) => {
      const of = given.filter(({ name }) => name === parameter);
      const values = new Set(of.flatMap(({ value }) => value ?? []));
      return {
        ...{ parameter, requests: of.length, endpoints: new Set(of.map(({ hit }) => endpoint(hit))).size },
        ...{ value_count: values.size, requests_without_value: of.filter(({ value }) => value === null).length },
      };
    });
  },
  'parameter-values': (hits) => {
    const pairs = Map.groupBy(parameters(hits), ({ name, value }) => JSON.stringify([name, value]));
    return [...pairs].map(([pair, of]) => {
      const [parameter, parameter_value] = JSON.parse(pair) as [string, string | null];
      return {
        parameter,
        parameter_value,
        requests: of.length,
        errors: count(
          of.map(({ hit }) => hit),
          isError,
        ),
      };
    });
  },
};

/** What a log must contain for a section to be in a report; the others are in all reports of their kind. */
export const NEEDS: Readonly<Record<string, keyof Hit>> = {
  ...{ hosts: 'host', 'edge-locations': 'edge', referrers: 'referrer', 'referring-sites': 'referrer', tls: 'tls' },
  ...{ cache: 'cache', 'cache-rate': 'cache', 'cache-by-hour': 'cache', 'cache-by-endpoint': 'cache' },
  ...{ 'response-times': 'ms', 'endpoint-times': 'ms', 'slow-endpoints': 'ms', 'slow-requests': 'ms' },
  ...{
    'times-by-size': 'ms',
    'remote-users': 'user',
    protocols: 'protocol',
    parameters: 'query',
    'parameter-values': 'query',
  },
};

/** A row for all hits and one for each class of their status. */
function byClass(hits: readonly Hit[], figures: (hits: readonly Hit[]) => Row): Row[] {
  return [
    ...(hits.length > 0 ? [{ status_class: 'all', ...figures(hits) }] : []),
    ...grouped(hits, (hit) => ({ status_class: statusClass(hit) }), figures),
  ];
}

function sizeClass(bytes: number | null): string {
  if (bytes === null) return 'unknown';
  if (bytes < 10_000) return 'below 10 kB';
  if (bytes < 100_000) return '10 to 100 kB';
  return bytes < 1_000_000 ? '100 kB to 1 MB' : '1 MB and more';
}

/** The parameters of all queries, each time that one is given; without `=` the value is NULL. */
function parameters(hits: readonly Hit[]): { hit: Hit; name: string; value: string | null }[] {
  return hits.flatMap((hit) =>
    (hit.query ?? '')
      .split('&')
      .filter((part) => part !== '')
      .map((part) => {
        const [name = '', ...value] = part.split('=');
        return { hit, name, value: value.length === 0 ? null : value.join('=') };
      }),
  );
}

/** What the log says of the cache, in its own words. */
function word(hit: Hit): string | null {
  return hit.cache_word ?? hit.cache;
}
