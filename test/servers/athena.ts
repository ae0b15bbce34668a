import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { AthenaClient } from '@aws-sdk/client-athena';
import { duckdbEngine } from './athena-duckdb.ts';
import type { QueryFiles } from './athena-files.ts';
import { athenaRunner, type Outcome, type QueryEngine, type StartedQuery } from './athena-runner.ts';
import type { GlueTable } from './athena-tables.ts';

export interface AthenaServerOptions {
  files: QueryFiles;
  database: string;
  workgroup: string;
  /** The workgroup's result location: `s3://bucket/prefix/`. */
  output_location: string;
  /** Answers the queries over tables of its own, in place of a DuckDB over the tables that are added. */
  engine?: QueryEngine;
}

export interface AthenaServer {
  url: string;
  /** Queries that were started, in order. */
  queries: StartedQuery[];
  /** Ids of the queries that were stopped before they ended, in order. */
  stopped: string[];
  addTable(table: GlueTable): void;
  /** Queries that start from now on run after so many polls, the first of which finds them QUEUED. */
  stayRunning(polls: number): void;
  /** The next queries end in this way, at once; an UNLOAD leaves the first of its objects behind. */
  endNext(outcome: Outcome, times?: number): void;
  /** The next requests of an operation are refused as too many. */
  throttleNext(times: number, operation?: Operation): void;
  /** A client that talks to this server; closed with it. */
  client(maxAttempts?: number): AthenaClient;
  close(): Promise<void>;
}

type Operation = 'StartQueryExecution' | 'GetQueryExecution' | 'StopQueryExecution';
type Answer = Record<string, unknown>;

const SQL_LIMIT_BYTES = 262_144;

/**
 * Athena's JSON 1.1 interface on 127.0.0.1. Queries really run, in a DuckDB that reads the tables' objects from the S3
 * server and writes results there as Athena does. Signatures are not checked.
 */
export async function startAthenaServer(options: AthenaServerOptions): Promise<AthenaServer> {
  const duckdb = options.engine ? undefined : await duckdbEngine(options);
  const runner = athenaRunner({ ...options, engine: options.engine ?? (duckdb as QueryEngine) });
  const queries: StartedQuery[] = [];
  const stopped: string[] = [];
  /** Queries that have not begun, and how many polls before they do. */
  const waiting = new Map<string, { polls: number; left: number }>();
  const planned: Outcome[] = [];
  const throttles: Record<string, number> = {};
  let polls = 0;

  const operations: Record<string, (input: Answer) => Promise<Answer>> = {
    async StartQueryExecution(input) {
      const started = checkedStart(input, options.workgroup);
      const known = queries.find(({ token }) => token === started.token);
      if (known) {
        // Athena does not compare parameters either.
        if (known.sql !== started.sql) throw new AthenaRefusal('Idempotent parameters do not match');
        return { QueryExecutionId: known.id };
      }
      queries.push(started);
      const outcome = planned.shift();
      if (outcome || polls === 0) runner.start(started, outcome);
      else waiting.set(started.id, { polls, left: polls });
      return { QueryExecutionId: started.id };
    },
    async GetQueryExecution({ QueryExecutionId }) {
      const query = found(QueryExecutionId);
      const wait = waiting.get(query.id);
      if (wait && wait.left > 0) {
        const State = wait.left === wait.polls ? 'QUEUED' : 'RUNNING';
        wait.left--;
        return described(query, { Status: { State } });
      }
      if (waiting.delete(query.id)) runner.start(query, undefined);
      return described(query, await runner.ended(query.id));
    },
    async StopQueryExecution({ QueryExecutionId }) {
      const query = found(QueryExecutionId);
      const isStopped = waiting.delete(query.id) || !runner.hasEnded(query.id);
      if (isStopped) {
        runner.cancel(query.id, 'Query cancelled by user');
        stopped.push(query.id);
      }
      return {};
    },
  };

  function found(id: unknown): StartedQuery {
    const query = queries.find((one) => one.id === id);
    if (!query) throw new AthenaRefusal(`QueryExecution ${id} was not found`);
    return query;
  }

  function described({ id, sql }: StartedQuery, standing: Answer): Answer {
    const place = `${options.output_location}${id}${sql.startsWith('UNLOAD') ? '' : '.csv'}`;
    const shared = { QueryExecutionId: id, Query: sql, WorkGroup: options.workgroup, StatementType: 'DML' };
    return { QueryExecution: { ...shared, ResultConfiguration: { OutputLocation: place }, ...standing } };
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const operation = String(request.headers['x-amz-target']).replace('AmazonAthena.', '');
    const input = JSON.parse((await buffer(request)).toString());
    const throttled = throttles[operation] ?? 0;
    if (throttled > 0) {
      throttles[operation] = throttled - 1;
      throw new AthenaRefusal('You have exceeded the limit for running queries', 'TooManyRequestsException');
    }
    const run = operations[operation];
    if (!run) throw new AthenaRefusal(`no ${operation} here`);
    return run(input);
  }

  const server = createServer(async (request, response) => {
    let [status, body]: [number, Answer] = [200, {}];
    try {
      body = await answer(request);
    } catch (error) {
      const { code } = error instanceof AthenaRefusal ? error : { code: 'InternalServerException' };
      [status, body] = [code === 'InternalServerException' ? 500 : 400, { __type: code, Message: String(error) }];
    }
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients: AthenaClient[] = [];

  return {
    url,
    queries,
    stopped,
    addTable: (table) => duckdb?.addTable(table),
    stayRunning(count) {
      polls = count;
    },
    endNext(outcome, times = 1) {
      for (let index = 0; index < times; index++) planned.push(outcome);
    },
    throttleNext(times, operation = 'StartQueryExecution') {
      throttles[operation] = times;
    },
    client(maxAttempts = 3) {
      const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
      const client = new AthenaClient({ endpoint: url, region: 'eu-central-1', credentials, maxAttempts });
      clients.push(client);
      return client;
    },
    async close() {
      for (const client of clients) client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await runner.close();
    },
  };
}

class AthenaRefusal extends Error {
  readonly code: string;
  constructor(message: string, code = 'InvalidRequestException') {
    super(message);
    this.code = code;
  }
}

/** The query that a request starts, if it is within Athena's limits. */
function checkedStart(input: Answer, workgroup: string): StartedQuery {
  const { QueryString, ClientRequestToken, ExecutionParameters, WorkGroup } = input as Record<string, string> & {
    ExecutionParameters?: string[];
  };
  const [sql, token, parameters] = [String(QueryString), String(ClientRequestToken), ExecutionParameters ?? []];
  if (WorkGroup !== workgroup) throw new AthenaRefusal(`WorkGroup ${WorkGroup} is not found`);
  if (Buffer.byteLength(sql) > SQL_LIMIT_BYTES) throw new AthenaRefusal('Query string is too long');
  if (token.length < 32 || token.length > 128) throw new AthenaRefusal('ClientRequestToken has the wrong length');
  if (ExecutionParameters?.length === 0 || parameters.some(({ length }) => length < 1 || length > 1024)) {
    throw new AthenaRefusal('ExecutionParameters have the wrong length');
  }
  return { id: randomUUID(), token, sql, parameters };
}
