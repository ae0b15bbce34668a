import {
  count,
  distinct,
  firstSeen,
  grouped,
  hourOfDay,
  isClientError,
  isDenied,
  isError,
  isServerError,
  lastSeen,
  least,
  mean,
  most,
  percent,
  sum,
  time,
} from './figures.ts';
import type { Hit } from './hit.ts';
import type { Row } from './product.ts';
import { type Section, WEB_SECTIONS } from './web-sections.ts';

const isSuccess = ({ status }: Hit) => status !== null && status >= 200 && status <= 299;
const isDownload = (hit: Hit) => isSuccess(hit) && hit.operation === 'REST.GET.OBJECT';
const isUpload = (hit: Hit) => isSuccess(hit) && hit.operation === 'REST.PUT.OBJECT';
const caller = ({ user }: Hit) => user ?? 'anonymous';

const transfers = (hits: readonly Hit[]) => ({
  ...{ downloads: count(hits, isDownload), uploads: count(hits, isUpload) },
  ...{ bytes_sent: sum(hits, ({ sent }) => sent) ?? 0, bytes_received: sum(hits, ({ received }) => received) ?? 0 },
});
const classes = (hits: readonly Hit[]) => ({
  errors_4xx: count(hits, isClientError),
  errors_5xx: count(hits, isServerError),
});
const clients = (hits: readonly Hit[]) => distinct(hits, ({ client }) => client);
const object = ({ host, path }: Hit) => ({ bucket: host, object: path });

/** The rows of a section of web logs, with the figures that only S3 logs have. */
function withTransfers(section: Section | undefined, keyOf: (hit: Hit) => Row): Section {
  return (hits) =>
    (section?.(hits) ?? []).map((row) => {
      const of = hits.filter((hit) => Object.entries(keyOf(hit)).every(([name, value]) => row[name] === value));
      const { downloads, uploads, bytes_sent, bytes_received } = transfers(of);
      return { ...row, ...('downloads' in row && { downloads, uploads }), bytes_sent, bytes_received };
    });
}

const topObjects: Section = (hits) =>
  grouped(hits, object, (of) => ({
    ...{ requests: of.length, ...transfers(of), errors: count(of, isError), last_seen: lastSeen(of) },
  }));

export const STORAGE_SECTIONS: Readonly<Record<string, Section>> = {
  overview: withTransfers(WEB_SECTIONS.overview, () => ({})),
  'by-day': withTransfers(WEB_SECTIONS['by-day'], (hit) => ({ day: time(hit.time_ms).slice(0, 10) })),
  'by-hour': withTransfers(WEB_SECTIONS['by-hour'], (hit) => ({ hour: hourOfDay(hit) })),
  'by-weekday-hour': withTransfers(WEB_SECTIONS['by-weekday-hour'], (hit) => ({
    weekday: new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(hit.time_ms),
    hour: hourOfDay(hit),
  })),
  'top-clients': withTransfers(WEB_SECTIONS['top-clients'], ({ client }) => ({ client_ip: client })),
  'user-agents': withTransfers(WEB_SECTIONS['user-agents'], ({ agent }) => ({ user_agent: agent })),
  buckets: (hits) =>
    grouped(
      hits,
      ({ host }) => ({ bucket: host }),
      (of) => ({ requests: of.length, ...transfers(of), ...classes(of) }),
    ),
  operations: (hits) =>
    grouped(
      hits,
      ({ operation }) => ({ operation }),
      (of) => {
        const { bytes_sent, bytes_received } = transfers(of);
        return {
          ...{ requests: of.length, bytes_sent, bytes_received, errors: count(of, isError) },
          ...{ error_percent: percent(count(of, isError), of.filter(({ status }) => status !== null).length) },
          ...{ mean_ms: mean(of, ({ ms }) => ms), max_ms: most(of, ({ ms }) => ms) },
        };
      },
    ),
  'top-requesters': (hits) =>
    grouped(
      hits,
      (hit) => ({ requester: caller(hit) }),
      (of) => ({
        ...{ requests: of.length, clients: clients(of), ...transfers(of), errors: count(of, isError) },
        ...{ denied: count(of, isDenied), first_seen: firstSeen(of), last_seen: lastSeen(of) },
      }),
    ),
  'top-objects-by-requests': topObjects,
  'top-objects-by-bytes': topObjects,
  'top-prefixes': (hits) =>
    grouped(
      hits,
      ({ host, path }) => ({
        bucket: host,
        prefix: (path ?? '')
          .split('/')
          .slice(0, -1)
          .slice(0, 2)
          .map((folder) => `${folder}/`)
          .join(''),
      }),
      (of) => ({
        ...{ objects: distinct(of, ({ path }) => path), requests: of.length, ...transfers(of) },
        errors: count(of, isError),
      }),
    ),
  deletions: (hits) =>
    grouped(
      hits.filter(({ operation }) => operation === 'REST.DELETE.OBJECT'),
      (hit) => ({ requester: caller(hit), bucket: hit.host, operation: hit.operation, record_kind: null }),
      (of) => ({
        ...{ deleted: count(of, ({ status }) => (status ?? 0) < 400), failed: count(of, isError) },
        ...{ objects: distinct(of, ({ path }) => path), first_seen: firstSeen(of), last_seen: lastSeen(of) },
      }),
    ),
  'deleted-objects': (hits) =>
    hits
      .filter(({ operation, status }) => operation === 'REST.DELETE.OBJECT' && (status ?? 0) < 400)
      .map((hit) => ({
        ...{ time: time(hit.time_ms), ...object(hit), operation: hit.operation, requester: caller(hit) },
        ...{ client_ip: hit.client, user_agent: hit.agent },
      })),
  status: (hits) =>
    grouped(
      hits,
      ({ status, operation, error }) => ({ status, operation, error_code: error }),
      (of) => ({ requests: of.length, last_seen: lastSeen(of) }),
    ),
  denied: (hits) =>
    grouped(
      hits.filter(isDenied),
      (hit) => ({ requester: caller(hit), ...object(hit), operation: hit.operation, error_code: hit.error }),
      (of) => ({
        ...{ requests: of.length, clients: clients(of), client_ip: least(of, ({ client }) => client) },
        ...{ first_seen: firstSeen(of), last_seen: lastSeen(of) },
      }),
    ),
  'not-found': (hits) =>
    grouped(
      hits.filter(({ status }) => status === 404),
      (hit) => ({ ...object(hit), error_code: hit.error }),
      (of) => ({
        ...{ requests: of.length, clients: clients(of), requesters: distinct(of, ({ user }) => user) },
        ...{ referrer: least(of, ({ referrer }) => referrer), last_seen: lastSeen(of) },
      }),
    ),
};
