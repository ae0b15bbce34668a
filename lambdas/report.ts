import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import type { Config } from '../lib/config/config.ts';
import { fillPlaceholders } from '../lib/config/placeholders.ts';
import { systemClock } from '../lib/run/clock.ts';
import { durableFlow, runId } from './durable-flow.ts';
import { reportEnvironment } from './environment.ts';
import { handleReport } from './handle-report.ts';
import { logger } from './observability.ts';
import { reportClients } from './report-clients.ts';
import { reportPorts } from './report-ports.ts';
import { reportResult } from './report-result.ts';

const environment = reportEnvironment.parse(process.env);
const config: Config = fillPlaceholders(
  JSON.parse(readFileSync(join(import.meta.dirname, 'config.json'), 'utf8')),
  JSON.parse(environment.CONFIG_VALUES ?? '{}'),
);
const clients = reportClients(environment);

/** Writes and mails one report. */
export const handler = withDurableExecution(async (event: unknown, context: DurableContext) => {
  context.configureLogger({ customLogger: logger });
  const flow = durableFlow(context, config.limits.concurrent_queries);
  const ports = reportPorts(config, clients, systemClock, runId(context));
  const run = await handleReport(flow, ports, event, runId(context));
  return reportResult(flow, run);
});
