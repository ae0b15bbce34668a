import type { ReportPorts } from '../lib/report/ports.ts';
import { type ReportRun, runReport } from '../lib/report/run-report.ts';
import { isoTime } from '../lib/run/clock.ts';
import type { Flow } from '../lib/run/flow.ts';
import { withLease } from '../lib/run/lease.ts';
import { logger } from './observability.ts';
import { reportRequest } from './report-request.ts';

/** A Lambda function runs at most this long: a run that has not renewed its lease since is dead. */
const LEASE_MS = 15 * 60 * 1000;

/** Runs the report that an event asks for, after any other run that works on the same lake. */
export async function handleReport(flow: Flow, ports: ReportPorts, event: unknown, run_id: string): Promise<ReportRun> {
  const { config, clock, lake } = ports;
  const started_at = await flow.step('now', async () => isoTime(clock));
  const request = { ...reportRequest(config, event, new Date(started_at)), started_at, run_id };
  const onWait = () => logger.info('another run is at work; this one waits', { run_id });
  return withLease(flow, lake, { owner: run_id, lease_ms: LEASE_MS, clock, onWait }, (leased) =>
    runReport(leased, ports, request),
  );
}
