import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import type { Config } from '../lib/config.ts';
import { durableFlow, runId } from './durable-flow.ts';
import { reportEnvironment } from './environment.ts';
import { logger } from './observability.ts';
import { reportRequest } from './report-request.ts';

const environment = reportEnvironment.parse(process.env);
const config: Config = JSON.parse(readFileSync(join(import.meta.dirname, 'config.json'), 'utf8'));

/** Writes and mails one report. */
export const handler = withDurableExecution(async (event: unknown, context: DurableContext) => {
  context.configureLogger({ customLogger: logger });
  const flow = durableFlow(context, config.limits.concurrent_queries);
  const now = new Date(await flow.step('now', async () => new Date().toISOString()));
  const request = reportRequest(config, event, now);
  return { run_id: runId(context), request, environment };
});
