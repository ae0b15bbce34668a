import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import type { Config } from '../lib/config/config.ts';
import { durableFlow, runId } from './durable-flow.ts';
import { reportEnvironment } from './environment.ts';
import { logger } from './observability.ts';
import { reportPorts } from './report-ports.ts';
import { reportRequest } from './report-request.ts';
import { runReport } from './run-report.ts';

const environment = reportEnvironment.parse(process.env);
const config: Config = JSON.parse(readFileSync(join(import.meta.dirname, 'config.json'), 'utf8'));
const ports = reportPorts(environment);

/** Writes and mails one report. */
export const handler = withDurableExecution(async (event: unknown, context: DurableContext) => {
  context.configureLogger({ customLogger: logger });
  const flow = durableFlow(context, config.limits.concurrent_queries);
  const started_at = await flow.step('now', async () => new Date().toISOString());
  const request = reportRequest(config, event, new Date(started_at));
  return runReport(flow, ports, config, { ...request, started_at, run_id: runId(context) });
});
