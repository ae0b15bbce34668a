/** What `npm run bench:scanned` measures of a kind of log; bytes are per line. */
export interface Measured {
  log: string;
  /** In the log as AWS stores it: S3's logs plain, those of others as gzip. */
  stored: number;
  /** In the lake. */
  lake: number;
  /** Queries of a monthly report over the lake, and what they read of it. */
  queries: number;
  read: number;
  /** Steps and waits of these queries and of all that follows them. */
  operations: number;
}

/** List prices in USD, us-east-1, November 2026. */
export const PRICES = {
  athena_tb: 5,
  s3_gb_month: 0.023,
  s3_put_1000: 0.005,
  s3_get_1000: 0.0004,
  durable_operations_1000000: 8,
  lambda_arm_gb_s: 0.0000133334,
  lambda_request_1000000: 0.2,
  /** EventBridge: events of S3. */
  event_1000000: 1,
  /** SQS, standard queue. */
  queue_1000000: 0.4,
  kms_key_month: 1,
  alarm_month: 0.1,
};
const TB = 1e12;
const GB = 2 ** 30;
const DAYS = 30;
/** Athena bills at least this much for a query. */
const LEAST_BILLED_BYTES = 10_000_000;
/** Folders that hold lines of neighbouring days are read more than once. */
const READ_AGAIN: Readonly<Record<string, number>> = { 's3-access': 1 };
const USUALLY_READ_AGAIN = 1.13;
const ALARMS = 5;
/** One signs the links in mails, one encrypts the alarm topic. */
const KEYS = 2;

/** Estimated, not measured. */
const ESTIMATES = {
  raw_object_bytes: 1_000_000,
  operations_per_day: 8,
  files_per_day: 30,
  lambda_gb_s: 240,
  months_kept: 12,
};

export interface Cost {
  raw: number;
  lake: number;
  storage: number;
  requests: number;
  fixed: number;
  total: number;
}

/** USD for what so many queries scan together. */
export function athenaUsd(bytes: number, queries: number): number {
  return (Math.max(bytes, queries * LEAST_BILLED_BYTES) / TB) * PRICES.athena_tb;
}

/** USD for a month with so many lines, one monthly report with mail, and a year of the lake kept. */
export function monthlyCost({ log, stored, lake, queries, read, operations }: Measured, lines: number): Cost {
  const raw_bytes = stored * lines * (READ_AGAIN[log] ?? USUALLY_READ_AGAIN);
  const { raw_object_bytes, operations_per_day, files_per_day, lambda_gb_s, months_kept } = ESTIMATES;
  const parts = {
    raw: athenaUsd(raw_bytes, DAYS),
    // Each day is counted by a query of its own.
    lake: athenaUsd(read * lines, queries + DAYS),
    storage: ((lake * lines * months_kept) / GB) * PRICES.s3_gb_month,
    requests:
      (raw_bytes / raw_object_bytes / 1000) * PRICES.s3_get_1000 +
      ((DAYS * files_per_day * (queries + 2)) / 1000) * PRICES.s3_get_1000 +
      ((2 * DAYS * files_per_day) / 1000) * PRICES.s3_put_1000 +
      ((operations + DAYS * operations_per_day) / 1e6) * PRICES.durable_operations_1000000 +
      lambda_gb_s * PRICES.lambda_arm_gb_s,
    fixed: KEYS * PRICES.kms_key_month + ALARMS * PRICES.alarm_month,
  };
  return { ...parts, total: Object.values(parts).reduce((total, part) => total + part, 0) };
}

/** The second table of docs/cost.md. */
export function costTable(measured: readonly Measured[]): string {
  const rows = measured.flatMap((one) =>
    [1e6, 1e8, 1e9].map((lines) => {
      const { raw, lake, storage, requests, fixed, total } = monthlyCost(one, lines);
      const usd = [raw, lake, storage, requests, fixed, total].map((value) => value.toFixed(2));
      return `| \`${one.log}\` | ${(lines / 1e6).toLocaleString('en-US')} | ${usd.slice(0, -1).join(' | ')} | **${usd.at(-1)}** |`;
    }),
  );
  return [
    '| log | million lines | raw lines | sections | lake | requests, Lambda | keys, alarms | **USD** |',
    '|---|--:|--:|--:|--:|--:|--:|--:|',
    ...rows,
    '',
  ].join('\n');
}

/** The first table of docs/cost.md. */
export function measuredTable(measured: readonly Measured[]): string {
  const rows = measured.map(
    ({ log, stored, lake, queries, read, operations }) =>
      `| \`${log}\` | ${[stored, lake, queries, read, operations].map((figure) => figure.toFixed(0)).join(' | ')} |`,
  );
  return ['| log | stored | lake | queries | read | steps |', '|---|--:|--:|--:|--:|--:|', ...rows, ''].join('\n');
}

/** What the first table says. */
export function measuredIn(page: string): Measured[] {
  return [...page.matchAll(/^\| `([\w-]+)` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$/gm)].map(
    ([, log = '', ...figures]) => {
      const [stored = 0, lake = 0, queries = 0, read = 0, operations = 0] = figures.map(Number);
      return { log, stored, lake, queries, read, operations };
    },
  );
}
