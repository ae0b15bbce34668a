import type { ReportPorts } from '../lib/report/ports.ts';
import { type ReportRun, runReport } from '../lib/report/run-report.ts';
import { isoTime } from '../lib/run/clock.ts';
import { withDeadline } from '../lib/run/deadline.ts';
import type { Flow } from '../lib/run/flow.ts';
import { S3_LEASE_MS, withLease } from '../lib/run/lease.ts';
import { stoppingQueries } from '../lib/run/stop-queries.ts';
import { logger } from './observability.ts';
import { reportRequest } from './report-request.ts';
import { RUN_HOURS } from './time-limit.ts';

/** Runs the report that an event asks for, after any other run that works on the same lake. */
export async function handleReport(
  unlimited: Flow,
  ports: ReportPorts,
  event: unknown,
  run_id: string,
): Promise<ReportRun> {
  const { config, clock, lake, engine } = ports;
  const started_at = await unlimited.step('now', async () => isoTime(clock));
  const request = { ...reportRequest(config, event, new Date(started_at)), started_at, run_id };
  const flow = withDeadline(unlimited, clock, Date.parse(started_at) + RUN_HOURS * 3_600_000);
  const onWait = () => logger.info('another run is at work; this one waits', { run_id });
  const onStuck = (error: Error) => logger.warn('queries of this run could not be stopped', { run_id, error });
  return withLease(flow, lake, { owner: run_id, lease_ms: S3_LEASE_MS, clock, onWait }, (leased) =>
    stoppingQueries(flow, engine, onStuck, () => runReport(leased, ports, request)),
  );
}
