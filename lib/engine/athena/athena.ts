import { createHash } from 'node:crypto';
import {
  type AthenaClient,
  GetQueryExecutionCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Engine, Execution, Statement } from '../engine.ts';
import { EngineError } from '../engine-error.ts';
import { openResult, removeResultFiles } from './files.ts';
import { readResult } from './result.ts';
import { checkedSql, parameterLiteral, unloadStatement } from './statement.ts';

export interface AthenaOptions {
  /** It retries throttled requests itself, up to its `maxAttempts`. */
  client: AthenaClient;
  s3: S3Client;
  /** Defines the location of results and how much a query may scan. */
  workgroup: string;
  database: string;
  catalog?: string;
}

/** The AthenaError.ErrorCategory of faults inside Athena. */
const SYSTEM_ERROR = 1;

/**
 * The engine on Amazon Athena, for one run. Queries run in `workgroup` and write their CSV to its result location. An
 * EngineError if Athena refuses a request.
 */
export function athenaEngine({ client, s3, workgroup, database, catalog }: AthenaOptions): Engine {
  const unfinished = new Set<string>();
  let isStopped = false;

  async function start({ sql, parameters }: Statement, token: string): Promise<string> {
    const literals = parameters.map(parameterLiteral);
    const command = new StartQueryExecutionCommand({
      QueryString: checkedSql(sql),
      // Athena does not accept an empty list.
      ExecutionParameters: literals.length > 0 ? literals : undefined,
      QueryExecutionContext: { Database: database, Catalog: catalog },
      WorkGroup: workgroup,
      // For a known token Athena returns the earlier execution, even if parameters differ or it failed. So the token is
      // derived from everything, and a new attempt needs a new `token`.
      ClientRequestToken: sha256(JSON.stringify([sql, parameters, workgroup, database, catalog, token])),
    });
    const { QueryExecutionId } = await request('start a query', () => client.send(command));
    if (!QueryExecutionId) throw new EngineError('Athena started a query without an id', { retryable: true });
    unfinished.add(QueryExecutionId);
    if (isStopped) await stopQuery(QueryExecutionId);
    return QueryExecutionId;
  }

  async function execution(execution_id: string): Promise<QueryExecution> {
    const command = new GetQueryExecutionCommand({ QueryExecutionId: execution_id });
    const { QueryExecution } = await request(`look up query ${execution_id}`, () => client.send(command));
    if (!QueryExecution) throw new EngineError(`Athena does not know query ${execution_id}`, { retryable: false });
    return QueryExecution;
  }

  /** Athena accepts this of a query that has ended, and changes nothing. */
  async function stopQuery(execution_id: string): Promise<void> {
    const command = new StopQueryExecutionCommand({ QueryExecutionId: execution_id });
    await request(`stop query ${execution_id}`, () => client.send(command));
    unfinished.delete(execution_id);
  }

  return {
    name: 'athena',
    start,
    startUnload: (unload, token) => start(unloadStatement(unload), token),
    poll: async (execution_id) => executionOf(await execution(execution_id)),
    unfinished,
    async stop() {
      isStopped = true;
      const execution_ids = [...unfinished];
      // Each on its own, so that one that Athena refuses to stop does not keep the others running.
      const stopped = await Promise.allSettled(execution_ids.map(stopQuery));
      for (const one of stopped) if (one.status === 'rejected') throw one.reason;
      return execution_ids.length;
    },
    async *rows(execution_id, columns) {
      const found = await execution(execution_id);
      if (found.Status?.State !== 'SUCCEEDED') {
        throw new Error(`query ${execution_id} has no rows to read: it is ${found.Status?.State}`);
      }
      yield* readResult(await openResult(s3, found), columns);
    },
    async removeMeta(execution_ids) {
      let removed = 0;
      for (const execution_id of execution_ids) {
        const found = await execution(execution_id);
        if (found.WorkGroup !== workgroup) {
          throw new Error(`query ${execution_id} ran in workgroup ${found.WorkGroup}, not in ${workgroup}: left alone`);
        }
        removed += await removeResultFiles(s3, found);
      }
      return removed;
    },
  };
}

/** An execution from Athena's record of it. */
function executionOf({ QueryExecutionId, Status, Statistics }: QueryExecution): Execution {
  switch (Status?.State) {
    case 'QUEUED':
    case 'RUNNING':
      return { state: 'running' };
    case 'SUCCEEDED':
      return {
        state: 'succeeded',
        bytes_scanned: Statistics?.DataScannedInBytes ?? 0,
        duration_ms: Statistics?.EngineExecutionTimeInMillis ?? 0,
      };
    case 'FAILED':
      return {
        state: 'failed',
        reason: Status.StateChangeReason ?? Status.AthenaError?.ErrorMessage ?? 'Athena gave no reason',
        retryable: Status.AthenaError?.Retryable ?? Status.AthenaError?.ErrorCategory === SYSTEM_ERROR,
      };
    case 'CANCELLED':
      // Cancelled by a person or by the workgroup's scan limit; a second run would be cancelled too.
      return { state: 'cancelled', reason: Status.StateChangeReason ?? 'the query was cancelled', retryable: false };
    default:
      throw new EngineError(`query ${QueryExecutionId} is in the unknown state ${Status?.State}`, { retryable: false });
  }
}

/** Sends a request. If it fails, the EngineError names its purpose. */
async function request<T>(purpose: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (cause) {
    const error = cause as Error & { $fault?: string };
    const throttled = error.name === 'TooManyRequestsException' || error.name === 'ThrottlingException';
    throw new EngineError(`Athena would not ${purpose}: ${error.name}: ${error.message}`, {
      cause,
      retryable: throttled || error.$fault === 'server',
    });
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
