import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Config, Report } from '../lib/config/config.ts';
import { athenaRaw, rawObjects, refreshAthena } from '../lib/lake/athena/refresh.ts';
import { removableOriginals } from '../lib/lake/remove-originals.ts';
import { EDITIONS_PREFIX, LAKE_PREFIX, STAGING_PREFIX } from '../lib/model/bucket-prefixes.ts';
import { daysOf, type Period } from '../lib/model/period.ts';
import { type Delivery, deliverEdition } from '../lib/report/deliver-edition.ts';
import type { Produced } from '../lib/report/ports.ts';
import { produceEdition } from '../lib/report/produce-edition.ts';
import type { Flow } from '../lib/run/flow.ts';
import { withLease } from '../lib/run/lease.ts';
import { addressKey } from '../lib/sections/privacy.ts';
import { readLocation } from '../lib/sources/layout.ts';
import type { Source } from '../lib/sources/source.ts';
import { s3Store } from '../lib/store/s3.ts';
import type { Store } from '../lib/store/store.ts';
import { logger, metrics } from './observability.ts';
import type { ReportPorts } from './report-ports.ts';
import type { ReportRequest } from './report-request.ts';

const SECONDS_IN_A_DAY = 86_400;

export interface RunRequest extends ReportRequest {
  /** ISO 8601; the run's clock. */
  started_at: string;
  run_id: string;
}

export interface ReportRun {
  edition: string;
  revision: number;
  changed: boolean;
  mail: Delivery['mail'];
  bytes_scanned: number | null;
  cost_usd: number;
  removed_originals: number;
}

/** As long as an invocation may last: what has said nothing for so long is dead. */
const LEASE_MS = 15 * 60 * 1000;

/** The whole job in AWS: lake, edition, page, mail, and what is to be removed. Runs follow one another. */
export function runReport(flow: Flow, ports: ReportPorts, config: Config, request: RunRequest): Promise<ReportRun> {
  const lake = resultsStore(ports, LAKE_PREFIX);
  const onWait = () => logger.info('another run is at work; this one waits', { run_id: request.run_id });
  return withLease(flow, lake, { owner: request.run_id, lease_ms: LEASE_MS, onWait }, (leased) =>
    report(leased, ports, config, request),
  );
}

function resultsStore({ s3, results_bucket }: ReportPorts, prefix: string): Store {
  return s3Store({ client: s3, bucket: results_bucket, prefix });
}

async function report(flow: Flow, ports: ReportPorts, config: Config, request: RunRequest): Promise<ReportRun> {
  const { s3, engine, database } = ports;
  const { late_days } = config.limits;
  const results = (prefix: string) => resultsStore(ports, prefix);
  const raw = (source: Source) => s3Store({ client: s3, ...readLocation(source) });
  const [lake, editions] = [results(LAKE_PREFIX), results(EDITIONS_PREFIX)];
  const athenaLake = {
    engine,
    database,
    store: lake,
    staging: results(STAGING_PREFIX),
    results: results(''),
    raw,
    late_days,
    run_id: request.run_id,
  };
  const sourceOf = (name: string) => {
    const source = config.sources[name];
    if (!source) throw new Error(`the config has no source ${name}`);
    return source;
  };
  const refresh = (inner: Flow, name: string, before: Period, period: Period) =>
    refreshAthena(athenaLake, inner, sourceOf(name), [...daysOf(before), ...daysOf(period)]);
  const rawLines = async (source: Source, period: Period) => athenaRaw(database, source, period, late_days);

  const address_key = await addressKeyOf(ports, request.report);
  const produced = await produceEdition(
    flow,
    { config, engine, database, lake, editions, refresh, rawLines, ...(address_key && { address_key }) },
    request,
  );
  const delivery = await deliverEdition(flow, deliveryPorts(ports, config, request, editions, produced), produced);
  let removed_originals = 0;
  if (request.remove_original_logs) {
    for (const name of request.report.sources) {
      removed_originals += await flow.step(`remove originals of ${name}`, () => removeOriginals(sourceOf(name)));
    }
  }
  await flow.step('metrics', async () => {
    metrics.addMetric('Editions', MetricUnit.Count, 1);
    metrics.addMetric('BytesScanned', MetricUnit.Bytes, produced.record.bytes_scanned ?? 0);
    metrics.publishStoredMetrics();
    logger.info('edition', { edition: produced.prefix, revision: produced.record.revision, mail: delivery.mail });
  });
  const { revision, bytes_scanned, cost_usd } = produced.record;
  return {
    edition: produced.prefix,
    revision,
    changed: produced.changed,
    mail: delivery.mail,
    bytes_scanned,
    cost_usd,
    removed_originals,
  };

  async function removeOriginals(source: Source): Promise<number> {
    const store = raw(source);
    const present = [];
    for (const day of daysOf(request.period)) present.push(...(await rawObjects(store, source, day)));
    const ours = [lake.root, editions.root];
    const { objects } = await removableOriginals(lake, source, request.period, present, store.root, ours);
    await store.delete(objects.map(({ log_object }) => log_object.slice(store.root.length)));
    return objects.length;
  }
}

/**
 * What addresses are hashed with, where the report asks for that. No step of the flow, whose result AWS would keep: a
 * replay reads the secret again.
 */
async function addressKeyOf(
  { secret }: ReportPorts,
  { name, privacy: { client_ip, salt_parameter = '' } }: Report,
): Promise<string | undefined> {
  if (client_ip !== 'hash') return undefined;
  return addressKey(await secret(salt_parameter), name, `the SSM parameter ${salt_parameter}`);
}

/** A mail that nobody is to get is still written beside the page, with links that work in the folder. */
function deliveryPorts(
  { mail }: ReportPorts,
  config: Config,
  request: RunRequest,
  editions: Store,
  { prefix }: Produced,
) {
  const { from, reply_to, subject_prefix, link_days } = config.mail ?? {
    from: 'logtally@example.com',
    reply_to: 'logtally@example.com',
    subject_prefix: '[Logtally]',
    link_days: 0,
  };
  const to = request.report.recipients.length > 0 ? request.report.recipients : [from];
  const expires = Math.floor(Date.parse(request.started_at) / 1000) + link_days * SECONDS_IN_A_DAY;
  const sends = request.email && mail !== undefined;
  return {
    editions,
    addresses: { from, reply_to, to, subject_prefix },
    link: async (file: string) =>
      mail ? mail.link(`${EDITIONS_PREFIX}${prefix}${file}`, expires) : `./${encodeURIComponent(file)}`,
    ...(sends ? { mailer: mail.mailer } : {}),
    run_id: request.run_id,
  };
}
