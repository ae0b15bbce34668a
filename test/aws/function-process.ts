import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Outcome } from './runtime.ts';

/** A deployed function, as its configuration has it. */
export interface LambdaFunction {
  /** Where its asset was unpacked. */
  folder: string;
  /** With its version. */
  arn: string;
  name: string;
  version: string;
  timeout_seconds: number;
  memory_mb: number;
  environment: Record<string, string>;
}

export interface FunctionRun {
  /** The process died before it had an answer. */
  outcome: Outcome | 'died';
  /** What it printed: in AWS, its log. */
  log: string;
}

/** Processes of functions that are at work. */
const atWork = new Set<ReturnType<typeof fork>>();

/** Kills every function that is at work, as a lost machine would. */
export function killFunctions(): void {
  for (const child of atWork) child.kill('SIGKILL');
}

/** Runs a function once, in a new process with the environment that Lambda gives it and no other. */
export function runFunction(lambda: LambdaFunction, event: unknown): Promise<FunctionRun> {
  const child = fork(join(import.meta.dirname, 'runtime.ts'), {
    cwd: lambda.folder,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...lambda.environment,
      LAMBDA_TASK_ROOT: lambda.folder,
      _HANDLER: 'index.handler',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: lambda.name,
      AWS_LAMBDA_FUNCTION_VERSION: lambda.version,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(lambda.memory_mb),
      AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
      AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
      _X_AMZN_TRACE_ID: 'Root=1-65000000-000000000000000000000000;Parent=0000000000000000;Sampled=0',
      TZ: ':UTC',
    },
  });
  atWork.add(child);
  const log: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => log.push(chunk));
  return new Promise((resolve) => {
    let outcome: FunctionRun['outcome'] = 'died';
    child.once('message', (message) => {
      outcome = message as Outcome;
      child.kill();
    });
    child.once('close', () => {
      atWork.delete(child);
      resolve({ outcome, log: Buffer.concat(log).toString() });
    });
    child.send({
      event,
      timeout_ms: lambda.timeout_seconds * 1000,
      context: {
        functionName: lambda.name,
        functionVersion: lambda.version,
        invokedFunctionArn: lambda.arn,
        memoryLimitInMB: String(lambda.memory_mb),
        awsRequestId: randomUUID(),
      },
    });
  });
}
