import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { ReportRun } from '../lib/report/run-report.ts';
import type { Flow } from '../lib/run/flow.ts';
import { logger, metrics } from './observability.ts';

/** What an execution returns. */
export interface ReportResult {
  /** Prefix of the edition's files below `editions/`. */
  edition: string;
  revision: number;
  outcome: ReportRun['outcome'];
  /** True if this run published a new revision. */
  changed: boolean;
  mail: ReportRun['mail'];
  bytes_scanned: number | null;
  cost_usd: number;
  removed_originals: number;
}

/** Writes the metrics and the log line of a run, and returns its summary. */
export async function reportResult(flow: Flow, run: ReportRun): Promise<ReportResult> {
  const { record, prefix: edition, outcome, mail, removed_originals } = run;
  const { revision, bytes_scanned, cost_usd } = record;
  await flow.step('metrics', async () => {
    metrics.addMetric('Editions', MetricUnit.Count, 1);
    metrics.addMetric('BytesScanned', MetricUnit.Bytes, bytes_scanned ?? 0);
    metrics.publishStoredMetrics();
    logger.info('edition', { edition, revision, mail });
  });
  const changed = outcome === 'published';
  return { edition, revision, outcome, changed, mail, bytes_scanned, cost_usd, removed_originals };
}
