import {
  type DurableExecutionClient,
  type DurableExecutionInvocationInput,
  DurableExecutionInvocationInputWithClient,
  type DurableExecutionInvocationOutput,
  type WireOperation,
} from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import type { AwsRequest } from './call.ts';
import { type FunctionRun, type LambdaFunction, runFunction } from './function-process.ts';
import type { Reply } from './gateway.ts';

/** How a durable execution ended. */
export interface Execution {
  status: string;
  result?: unknown;
  /** Its error's message. */
  reason?: string;
  /** What the function printed, all its runs together. */
  log: string;
  /** How often the function ran. */
  runs: number;
}

/**
 * Durable executions of deployed functions. The SDK's own local service keeps their steps, and `answer` gives it the API
 * of Lambda over which the function reads and keeps them. After a process has died, another one starts with the steps
 * that were kept.
 */
export interface Executions {
  execute(lambda: LambdaFunction, event: unknown): Promise<Execution>;
  answer(request: AwsRequest): Promise<Reply>;
}

/** How many operations an event holds; in AWS it is as many as fit. */
const PAGE = 10;

export function durableExecutions(): Executions {
  const services = new Map<string, DurableExecutionClient>();
  /** What was kept when the function was last run. */
  const kept = new Map<string, readonly WireOperation[]>();

  async function invocation(lambda: LambdaFunction, event: unknown, runs: FunctionRun[]) {
    if (!DurableExecutionInvocationInputWithClient.isInstance(event)) throw new Error('not the local service');
    const { DurableExecutionArn: id, durableExecutionClient: service } = event;
    let { CheckpointToken } = event;
    let { Operations } = event.InitialExecutionState;
    services.set(id, {
      getExecutionState: (input) => service.getExecutionState(input),
      async checkpoint(input) {
        const answer = await service.checkpoint(input);
        CheckpointToken = answer.CheckpointToken ?? CheckpointToken;
        return answer;
      },
    });
    const DurableExecutionArn = `${lambda.arn}/durable-execution/${id}/${id}`;
    for (;;) {
      kept.set(id, Operations);
      // The event holds a first page of what was kept; the function asks for the others.
      const [first, NextMarker] = [Operations.slice(0, PAGE), Operations.length > PAGE ? String(PAGE) : ''];
      const InitialExecutionState = { Operations: first, NextMarker };
      const input: DurableExecutionInvocationInput = { DurableExecutionArn, CheckpointToken, InitialExecutionState };
      const run = await runFunction(lambda, input);
      runs.push(run);
      if (run.outcome !== 'died') {
        if ('error' in run.outcome) throw new Error(JSON.stringify(run.outcome.error));
        return run.outcome.result as DurableExecutionInvocationOutput;
      }
      const state = { DurableExecutionArn: id, CheckpointToken, Marker: '' };
      Operations = (await service.getExecutionState(state)).Operations ?? [];
    }
  }

  return {
    async execute(lambda, event) {
      const runs: FunctionRun[] = [];
      const handlerFunction = (input: unknown) => invocation(lambda, input, runs);
      const ended = await new LocalDurableTestRunner({ handlerFunction }).run({ payload: event });
      const status = String(ended.getStatus());
      return {
        status,
        ...(status === 'SUCCEEDED' ? { result: ended.getResult() } : { reason: ended.getError().errorMessage ?? '' }),
        log: runs.map(({ log }) => log).join(''),
        runs: runs.length,
      };
    },
    async answer({ url, body }) {
      const { pathname, searchParams } = new URL(url, 'https://127.0.0.1');
      const [, id = '', operation] =
        decodeURIComponent(pathname).match(/\/durable-execution\/[^/]+\/([^/]+)\/(checkpoint|state)$/) ?? [];
      const service = services.get(id);
      if (!service) return { status: 404, body: JSON.stringify({ Message: `no execution ${id}` }) };
      const asked =
        operation === 'checkpoint'
          ? service.checkpoint({ ...JSON.parse(body.toString()), DurableExecutionArn: id })
          : { Operations: kept.get(id)?.slice(Number(searchParams.get('Marker'))) };
      const output = await asked;
      return { status: 200, headers: { 'content-type': 'application/json' }, body: wireJson(output) };
    },
  };
}

/** JSON as Lambda's API has it: times are seconds since 1970. */
function wireJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, name, plain) {
    const original = this[name];
    return original instanceof Date ? original.getTime() / 1000 : plain;
  });
}
