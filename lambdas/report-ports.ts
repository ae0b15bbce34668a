import type { Config } from '../lib/config/config.ts';
import type { AthenaLake } from '../lib/lake/athena/lake.ts';
import { goneLogs, rawObjects } from '../lib/lake/athena/raw-objects.ts';
import { athenaRawRelation } from '../lib/lake/athena/raw-relation.ts';
import { refreshAthenaLake } from '../lib/lake/athena/refresh.ts';
import { uncountedObjects } from '../lib/lake/athena/uncounted.ts';
import { EDITIONS_PREFIX, LAKE_PREFIX, STAGING_PREFIX } from '../lib/model/bucket-prefixes.ts';
import { daysOf } from '../lib/model/period.ts';
import type { OriginalLogs, ReportPorts } from '../lib/report/ports.ts';
import type { Clock } from '../lib/run/clock.ts';
import { readLocation } from '../lib/sources/layout.ts';
import type { Source } from '../lib/sources/source.ts';
import { s3Store } from '../lib/store/s3.ts';
import type { Store } from '../lib/store/store.ts';
import type { ReportClients } from './report-clients.ts';

/** The ports of the use cases in AWS. `run_id` names the place where this run's queries unload to. */
export function reportPorts(config: Config, clients: ReportClients, clock: Clock, run_id: string): ReportPorts {
  const { s3, database, results_bucket, mail } = clients;
  const engine = clients.engine();
  const { late_days } = config.limits;
  const results = (prefix: string) => s3Store({ client: s3, bucket: results_bucket, prefix });
  const raw = (source: Source) => s3Store({ client: s3, ...readLocation(source) });
  const lake: AthenaLake = {
    engine,
    database,
    store: results(LAKE_PREFIX),
    staging: results(STAGING_PREFIX),
    results: results(''),
    raw,
    late_days,
    run_id,
  };
  return {
    config,
    clock,
    engine,
    database,
    lake: lake.store,
    editions: results(EDITIONS_PREFIX),
    refresh: (flow, source, days) => refreshAthenaLake(lake, flow, source, days),
    unreadableLogs: async () => [],
    goneLogs: (source, days) => goneLogs(lake, source, days),
    rawLines: async (source, period) => athenaRawRelation(database, source, period, late_days),
    secret: async ({ salt_parameter = '' }) => ({
      value: await clients.secret(salt_parameter),
      place: `the SSM parameter ${salt_parameter}`,
    }),
    originals: (source) => ({
      ...originalsIn(raw(source), source),
      uncounted: (flow, period) => uncountedObjects(lake, flow, source, period),
    }),
    ...(mail && {
      mailer: mail.mailer,
      link: (key: string, expires: number) => mail.link(`${EDITIONS_PREFIX}${key}`, expires),
      attaches_page: config.mail?.links === 'none',
    }),
  };
}

function originalsIn(store: Store, source: Source): Omit<OriginalLogs, 'uncounted'> {
  return {
    root: store.root,
    list: async (period) => (await Promise.all(daysOf(period).map((day) => rawObjects(store, source, day)))).flat(),
    async remove(originals) {
      await store.delete(originals.map(({ log_object }) => log_object.slice(store.root.length)));
      return originals.length;
    },
  };
}
