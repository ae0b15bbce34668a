import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/*
What Lambda's Node.js runtime does, in a process of its own: it imports the handler from the unpacked asset and runs it
for each event.
*/

/** An event for the process. */
export interface Invocation {
  event: unknown;
  context: Record<string, unknown>;
  timeout_ms: number;
}

/** What the handler returned or threw. */
export type Outcome = { result: unknown } | { error: { errorType: string; errorMessage: string; stackTrace?: string } };

const { handler } = await import(pathToFileURL(join(String(process.env.LAMBDA_TASK_ROOT), 'index.mjs')).href);

process.on('message', async ({ event, context, timeout_ms }: Invocation) => {
  const deadline = Date.now() + timeout_ms;
  const lambdaContext = { ...context, getRemainingTimeInMillis: () => deadline - Date.now() };
  try {
    answer({ result: await handler(event, lambdaContext) });
  } catch (error) {
    const { name, message, stack } = error as Error;
    answer({ error: { errorType: name, errorMessage: message, ...(stack && { stackTrace: stack }) } });
  }
});

function answer(outcome: Outcome): void {
  process.send?.(outcome);
}
