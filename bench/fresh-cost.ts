import { athenaUsd, type Measured, PRICES } from './aws-cost.ts';

/** Logs of a month: how many lines, and how many of them the service puts into an object. */
export interface Delivered {
  lines: number;
  lines_per_object: number;
}

/** USD per month for turning raw lines into the lake; what reports ask of it afterwards is the same in each way. */
export interface FillCost {
  athena: number;
  s3: number;
  lambda: number;
  events: number;
  total: number;
}

/** A way to fill the lake. */
interface Way {
  title: string;
  /** From the delivery of a line until a question finds it, at worst. */
  minutes: number;
  cost(log: Measured, delivered: Delivered): Omit<FillCost, 'total'>;
}

const DAYS = 30;
const HOURS = 24 * DAYS;
const MINUTES = 60 * HOURS;
/** A function with one whole core. */
const FUNCTION_GB = 1769 / 1024;
/** Keys that one request lists. */
const LISTED = 1000;
/** Object names that fit into one query, which takes 96 KB of them. */
const NAMED = 600;

/** Estimated, not measured. */
const ESTIMATES = {
  /** Low on purpose: even so, parsing is a small part of the bill. */
  lines_per_cpu_s: 100_000,
  function_start_s: 0.3,
  object_get_s: 0.03,
  parallel_gets: 16,
  /** Rows, rejected lines, and the record that names the objects. */
  files_per_part: 3,
  /** Parts of some minutes compress worse than a day. */
  part_bytes: 1.5,
  operations_per_query: 8,
  files_per_query: 10,
  /** Receiving and deleting take a request per ten messages each. */
  queue_requests: 1.2,
};

const daily: Way = {
  title: 'Athena, each day',
  minutes: 24 * 60,
  cost(log, delivered) {
    const objects = objectsOf(delivered);
    return {
      athena: athenaUsd(log.stored * delivered.lines, DAYS) + operationsUsd(DAYS),
      s3: getUsd(objects) + listUsd(DAYS, 2 * objects) + putUsd(DAYS * ESTIMATES.files_per_query),
      lambda: 0,
      events: 0,
    };
  },
};

const hourly: Way = {
  title: 'Athena, each hour, new objects',
  minutes: 60,
  cost(log, delivered) {
    const objects = objectsOf(delivered);
    const queries = Math.max(HOURS, objects / NAMED);
    return {
      athena: athenaUsd(log.stored * delivered.lines, queries) + operationsUsd(queries) + closingUsd(log, delivered),
      s3: getUsd(objects) + listUsd(HOURS, polledKeys(objects, HOURS)) + putUsd(queries * ESTIMATES.files_per_query),
      lambda: 0,
      events: 0,
    };
  },
};

const timer: Way = {
  title: 'function, every 5 minutes',
  minutes: 6,
  cost(log, delivered) {
    const objects = objectsOf(delivered);
    const [wakes, runs] = [MINUTES / 5, Math.min(MINUTES / 5, objects)];
    return {
      athena: closingUsd(log, delivered),
      s3: getUsd(objects) + listUsd(wakes, polledKeys(objects, wakes)) + putUsd(runs * ESTIMATES.files_per_part),
      lambda: functionUsd(wakes, delivered),
      events: 0,
    };
  },
};

const arrival: Way = {
  title: 'function, at each arrival',
  minutes: 2,
  cost(log, delivered) {
    const objects = objectsOf(delivered);
    // A batch is open for a minute, and two run at the same time; the queue is asked every 20 seconds by five pollers.
    const runs = Math.min(2 * MINUTES, objects);
    const polls = 5 * 3 * MINUTES;
    const queue_requests = objects * ESTIMATES.queue_requests + polls;
    return {
      athena: closingUsd(log, delivered),
      s3: getUsd(objects) + putUsd(runs * ESTIMATES.files_per_part),
      lambda: functionUsd(runs, delivered),
      events: (objects / 1e6) * PRICES.event_1000000 + (queue_requests / 1e6) * PRICES.queue_1000000,
    };
  },
};

export const WAYS: readonly Way[] = [daily, hourly, timer, arrival];

export function fillCost(way: Way, log: Measured, delivered: Delivered): FillCost {
  const parts = way.cost(log, delivered);
  return { ...parts, total: Object.values(parts).reduce((total, part) => total + part, 0) };
}

/** The table of docs/cost.md: USD per month of each way, by lines and by lines in an object. */
export function freshTable(log: Measured): string {
  const rows = [1e6, 1e8, 1e9].flatMap((lines) =>
    [200, 5_000].map((lines_per_object) => {
      const totals = WAYS.map((way) => fillCost(way, log, { lines, lines_per_object }).total.toFixed(2));
      const label = [lines / 1e6, lines_per_object].map((number) => number.toLocaleString('en-US'));
      return `| ${[...label, ...totals].join(' | ')} |`;
    }),
  );
  return [
    `| million lines | lines per object | ${WAYS.map(({ title }) => title).join(' | ')} |`,
    `|--:|--:|${'--:|'.repeat(WAYS.length)}`,
    `| minutes | | ${WAYS.map(({ minutes }) => minutes.toLocaleString('en-US')).join(' | ')} |`,
    ...rows,
    '',
  ].join('\n');
}

/** What each way consists of for so many lines. */
export function fillTable(log: Measured, delivered: Delivered): string {
  const rows = WAYS.map((way) => {
    const { athena, s3, lambda, events, total } = fillCost(way, log, delivered);
    const usd = [athena, s3, lambda, events].map((value) => value.toFixed(2));
    return `| ${way.title} | ${usd.join(' | ')} | **${total.toFixed(2)}** |`;
  });
  return [
    '| way | Athena | S3 requests | Lambda | EventBridge, SQS | **USD** |',
    '|---|--:|--:|--:|--:|--:|',
    ...rows,
    '',
  ].join('\n');
}

function objectsOf({ lines, lines_per_object }: Delivered): number {
  return lines / lines_per_object;
}

/** A day is closed by one query over its parts, which takes out what was delivered twice. */
function closingUsd(log: Measured, { lines }: Delivered): number {
  return athenaUsd(log.lake * ESTIMATES.part_bytes * lines, DAYS) + operationsUsd(DAYS);
}

/** Keys listed in a month by looking at today's folder, which is half full on average, and each hour at yesterday's. */
function polledKeys(objects: number, wakes: number): number {
  const per_day = objects / DAYS;
  return (per_day / 2) * wakes + per_day * HOURS;
}

function functionUsd(runs: number, { lines, lines_per_object }: Delivered): number {
  const { lines_per_cpu_s, function_start_s, object_get_s, parallel_gets } = ESTIMATES;
  const gets_s = (lines / lines_per_object) * (object_get_s / parallel_gets);
  const billed_s = runs * function_start_s + gets_s + lines / lines_per_cpu_s;
  return billed_s * FUNCTION_GB * PRICES.lambda_arm_gb_s + (runs / 1e6) * PRICES.lambda_request_1000000;
}

function operationsUsd(queries: number): number {
  return ((queries * ESTIMATES.operations_per_query) / 1e6) * PRICES.durable_operations_1000000;
}

function getUsd(requests: number): number {
  return (requests / 1000) * PRICES.s3_get_1000;
}

function putUsd(requests: number): number {
  return (requests / 1000) * PRICES.s3_put_1000;
}

/** Lists cost what PUTs cost; each takes at least one request. */
function listUsd(lists: number, keys: number): number {
  return putUsd(Math.max(lists, keys / LISTED));
}
