import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { KMSClient } from '@aws-sdk/client-kms';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import PostalMime, { type Email } from 'postal-mime';
import { kmsMac } from '../../lambdas/kms-mac.ts';
import { signLink } from '../../lib/delivery/signed-link.ts';
import type { EditionRecord, SectionRecord } from '../../lib/model/edition.ts';
import type { Store } from '../../lib/store/store.ts';
import { readTable } from '../../lib/tables/read-table.ts';
import { CONFIG, SALT } from './config.ts';
import { ACCOUNT } from './emulator.ts';
import type { Execution } from './executions.ts';
import { httpRequest } from './http-request.ts';
import { laptopEdition } from './laptop.ts';
import { allows, matches, statementsOf } from './policies.ts';
import { RAW_BUCKET, startStack, type TestStack } from './stack.ts';

/*
The deployed stack as its users see it: deployed with the CDK's own commands, started by its schedule and by hand, its mail
read and its links opened.
*/

const EXPECTED = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'samples', 's3-access.expected.json'), 'utf8'),
).months['2026-10'];
const MONTH = 'website/2026-10-01_2026-10-31';
const NEW_DAY = 'brief/2026-10-20_2026-10-20';

let stack: TestStack;
beforeAll(async () => {
  await LocalDurableTestRunner.setupTestEnvironment();
  stack = await startStack(CONFIG);
  await stack.emulator.json('ssm', 'AmazonSSM.PutParameter', SALT);
});
afterAll(async () => {
  await stack?.close();
  await LocalDurableTestRunner.teardownTestEnvironment();
});

describe('cdk bootstrap and cdk deploy', () => {
  test('create every resource of the template', () => {
    const file = join(stack.deployment.assembly, 'Logtally.template.json');
    const wanted = Object.entries<{ Type: string }>(JSON.parse(readFileSync(file, 'utf8')).Resources);
    const created = stack.deployment.resources.map(({ logical_id, type, status }) => `${logical_id} ${type} ${status}`);
    expect(created.sort()).toEqual(wanted.map(([id, { Type }]) => `${id} ${Type} CREATE_COMPLETE`).sort());
  });

  test('name the command of a run by hand', () => {
    expect(stack.deployment.outputs.RunByHand).toContain(
      `--function-name ${stack.report.lambda.arn.replace(/1$/, 'live')} `,
    );
  });

  test('deploy the functions for the version of Node that runs these tests', () => {
    const deployed = [stack.report.runtime, stack.links.runtime];
    expect(deployed).toEqual(Array(2).fill(`nodejs${process.versions.node.split('.')[0]}.x`));
  });
});

test.each([
  ['report', 4],
  ['links', 1],
] as const)('the asset of %s is smaller than %i MB', (name, most_mb) => {
  const { code_bytes } = stack[name];
  process.stdout.write(`asset of ${name}: ${(code_bytes / 1e6).toFixed(2)} MB\n`);
  expect(code_bytes).toBeLessThan(most_mb * 1e6);
});

describe('the schedule of a month', () => {
  let run: Execution;
  let record: EditionRecord;
  let mail: Email;
  beforeAll(async () => {
    run = await stack.fireSchedule('2026-11-03T05:00:00Z');
    if (run.status !== 'SUCCEEDED') throw new Error(`the run of the month ${run.status}: ${run.reason}`);
    record = await stack.edition(MONTH);
    mail = await PostalMime.parse((await received(0)).raw);
  });

  test('runs the report', () => {
    expect(run).toMatchObject({ status: 'SUCCEEDED', result: { edition: `${MONTH}/`, revision: 1, mail: 'sent' } });
    expect(record.engine).toBe('athena');
  });

  test('counts what the generator of the logs counted', () => {
    const { lines, requests, not_requests, duplicates, rejected, bytes_sent, unique_clients: clients } = EXPECTED;
    expect(record.sources).toMatchObject([{ lines, requests, not_requests, duplicates, rejected }]);
    expect(record.headline).toMatchObject({ requests, bytes_sent, clients });
  });

  test('leaves Parquet and CSV of the same rows, with the expected numbers', async () => {
    const operations = record.sections.find(({ id }) => id === 'operations');
    const table = await readTable(stack.editions, `${MONTH}/operations.parquet`, operations?.columns ?? []);
    const counted = table.toArray().map(({ operation, requests }) => [operation ?? 'none', Number(requests)]);
    expect(Object.fromEntries(counted)).toEqual(EXPECTED.by_operation);
    const csv = gunzipSync(await editionFile('operations.csv.gz'))
      .toString()
      .trim()
      .split('\n')
      .slice(1);
    expect(csv.map((line) => line.split(',').slice(0, 1)[0]).sort()).toEqual(Object.keys(EXPECTED.by_operation).sort());
  });

  test('writes the very files that the command line writes', async () => {
    const local = await laptopEdition('website', ['--frequency', 'monthly', '--today', '2026-11-03']);
    // Only the edition in AWS marks columns that Athena estimates.
    const exact = new Set(record.sections.filter(isExact).map(({ id }) => id));
    const files = ({ sections }: EditionRecord) =>
      sections.filter(({ id }) => exact.has(id)).map(({ id, files }) => [id, files]);
    expect(files(record)).toEqual(files(local));
    const rows = ({ sections }: EditionRecord) => sections.map(({ id, rows }) => [id, rows]);
    expect(rows(record)).toEqual(rows(local));
    // An estimated percentile weighs a little more or less each time, and so do the findings about it.
    const ids = ({ findings }: EditionRecord) =>
      findings
        .map(({ id }) => id)
        .filter((id) => !id.endsWith('p95_ms'))
        .sort();
    expect(ids(record)).toEqual(ids(local));
  });

  test('mails it once', () => {
    expect(stack.inbox).toHaveLength(1);
    expect(stack.inbox[0]).toMatchObject({ from: 'reports@example.com', to: ['team@example.com'] });
    expect(mail.subject).toContain('October 2026');
  });

  test('counts itself in the metrics', () => {
    expect(metricsIn(run.log)).toEqual([{ Editions: 1, BytesScanned: record.bytes_scanned }]);
  });

  test('leaves nothing staged and no result file of Athena', async () => {
    const listed = await keysOf(stack.results);
    expect(listed.filter((key) => /^(staging|athena)\//.test(key))).toEqual([]);
    expect(listed.filter((key) => key.startsWith('lake/requests/'))).toHaveLength(61);
  });

  describe('its links', () => {
    let links: string[];
    beforeAll(() => {
      links = [
        ...new Set(
          [...(mail.html ?? '').matchAll(/href="(https:[^"]*lambda-url[^"]*)"/g)].map(([, url]) => String(url)),
        ),
      ];
    });

    test('lead to every file of the edition', async () => {
      const files = ['report.html', ...record.sections.flatMap(({ files }) => files.map(({ name }) => name))];
      const reached: string[] = [];
      for (const link of links) {
        const page = await httpRequest(stack, link);
        const name = page.location?.match(/\/([^/?]+)\?/)?.[1] ?? '';
        if (page.status !== 302) throw new Error(`${link} answers ${page.status}: ${page.body}`);
        if (reached.push(name) > 8) continue;
        const file = await httpRequest(stack, String(page.location));
        expect([name, file.status, file.body.equals(await editionFile(name))]).toEqual([name, 200, true]);
      }
      expect(files.filter((name) => !reached.includes(name))).toEqual([]);
    });

    test('say to a browser what to do with the file', async () => {
      const { location } = await httpRequest(stack, linkTo('operations.csv.gz'));
      expect((await httpRequest(stack, String(location))).headers['content-disposition']).toBe(
        'attachment; filename="operations.csv.gz"',
      );
    });

    test('are refused when changed', async () => {
      const link = linkTo('report.html');
      const [message = '', mac] = link.split('/').at(-1)?.split('.') ?? [];
      const payload = JSON.parse(Buffer.from(message, 'base64url').toString());
      const other = Buffer.from(JSON.stringify({ ...payload, key: 'editions/other/report.html' })).toString(
        'base64url',
      );
      expect((await httpRequest(stack, link.replace(`${message}.${mac}`, `${other}.${mac}`))).status).toBe(403);
      expect((await httpRequest(stack, `${link}x`)).status).toBe(403);
    });

    test('are gone when their time is over', async () => {
      const { lambda, session } = stack.report;
      const kms = new KMSClient({ ...stack.clientOptions(session) });
      const token = await signLink(kmsMac(kms, String(lambda.environment.LINK_KEY_ID)), {
        key: `editions/${MONTH}/report.html`,
        expires: Math.floor(Date.now() / 1000) - 1,
      });
      expect((await httpRequest(stack, `${lambda.environment.LINKS_URL}${token}`)).status).toBe(410);
    });

    test('open no other object: the address they lead to is signed', async () => {
      const { location = '' } = await httpRequest(stack, linkTo('report.html'));
      expect((await httpRequest(stack, location.replace('report.html', 'edition.json'))).status).toBe(403);
    });

    function linkTo(name: string): string {
      const found = links.find((link) => {
        const message = link.split('/').at(-1)?.split('.')[0] ?? '';
        return JSON.parse(Buffer.from(message, 'base64url').toString()).key.endsWith(`/${name}`);
      });
      if (!found) throw new Error(`the mail has no link to ${name}`);
      return found;
    }
  });

  async function editionFile(name: string): Promise<Buffer> {
    return Buffer.from((await stack.editions.get(`${MONTH}/${name}`)) ?? []);
  }
});

describe('a run by hand', () => {
  test('outlasts a query that is not done at once', async () => {
    stack.athena.stayRunning(1);
    const run = await stack.run({ report: 'brief', date_range: ['2026-10-16', '2026-10-16'] });
    stack.athena.stayRunning(0);
    expect(run).toMatchObject({ status: 'SUCCEEDED' });
    expect(run.runs).toBeGreaterThan(2);
  });

  test('hashes addresses with the secret in SSM, as the command line does with the same', async () => {
    const run = await stack.run({ report: 'partners', date_range: ['2026-10-14', '2026-10-14'] });
    expect(run.status).toBe('SUCCEEDED');
    const inAws = await stack.edition('partners/2026-10-14_2026-10-14');
    const local = await laptopEdition('partners', ['--date-range', '2026-10-14', '2026-10-14']);
    expect(inAws.sections).toEqual(local.sections);
  });

  test('writes every request and removes the raw logs of its days, if requested', async () => {
    const event = {
      report: 'brief',
      date_range: ['2026-10-20', '2026-10-20'],
      select_all: true,
      remove_original_logs: true,
    };
    const run = await stack.run(event);
    expect(run).toMatchObject({ status: 'SUCCEEDED', result: { removed_originals: 2, mail: 'written' } });
    const { requests = [], sources } = await stack.edition(NEW_DAY);
    expect(requests.map(({ rows }) => rows)).toEqual(sources.map(({ parsed }) => parsed));
    const raw = await keysOf(stack.raw);
    expect(raw.filter((key) => key.includes('/2026/10/20/'))).toEqual([]);
    expect(raw.length).toBeGreaterThan(100);
  });

  test('of an unknown key fails with the reason', async () => {
    const run = await stack.run({ report: 'brief', dates: [] });
    expect(run).toMatchObject({ status: 'FAILED', reason: expect.stringContaining('dates') });
  });
});

describe('permissions', () => {
  /** What nothing here can use, and why it is there: statements of the functions' policies, by action and resource. */
  const UNUSED: [RegExp, string][] = [
    [/^logs:(CreateLogStream|PutLogEvents) /, "Lambda keeps what a function prints, with the function's role."],
    [/^xray:Put(TraceSegments|TelemetryRecords) /, "Lambda's daemon sends traces, with the function's role."],
    [/^athena:StopQueryExecution /, 'Of a run that fails; faults.spec.ts does that.'],
    [/^sqs:SendMessage /, "Lambda sets aside an event that it gives up on, with the function's role."],
    [/^glue:(GetDatabase|GetPartitions?) /, 'Athena may ask; its documentation wants them for tables with partitions.'],
    [/^s3:GetBucketLocation /, 'Athena asks in which Region a bucket is.'],
    [/^s3:List(BucketMultipartUploads|MultipartUploadParts) /, 'Athena asks when it writes large files.'],
    [/^s3:DeleteObject .*\/editions\/\*$/, 'Of a section whose column no request fills.'],
    [/^s3:AbortMultipartUpload /, 'Of a file above 8 MB whose upload fails; test/store/s3.test.ts does that.'],
  ];

  test('of the functions are all used, or are listed with a reason', async () => {
    const unused: string[] = [];
    for (const { role } of [stack.report, stack.links]) {
      const done = stack.gateway.done.filter((one) => one.role === role);
      for (const { Action, Resource } of await statementsOf(stack.emulator, role)) {
        for (const [action, pattern] of Action.flatMap((one) => Resource.map((resource) => [one, resource] as const))) {
          if (done.some((one) => one.action === action && matches(pattern, one.resource))) continue;
          unused.push(`${action} ${pattern}`);
        }
      }
    }
    expect(unused.filter((one) => !UNUSED.some(([pattern]) => pattern.test(one)))).toEqual([]);
    expect(UNUSED.filter(([pattern]) => !unused.some((one) => pattern.test(one)))).toEqual([]);
  });

  test('that a function lacks are refused', async () => {
    const bucket = String(stack.report.lambda.environment.RESULTS_BUCKET);
    const [links, report] = [stack.links, stack.report].map(
      ({ session }) => new S3Client({ ...stack.clientOptions(session), forcePathStyle: true }),
    );
    const inLake = { Bucket: bucket, Key: 'lake/requests/source=website/day=2026-10-14/none.parquet' };
    await expect(links?.send(new GetObjectCommand(inLake))).rejects.toThrow(/not authorized to perform: s3:GetObject/);
    const intoLogs = { Bucket: RAW_BUCKET, Key: 's3-access/none', Body: 'x' };
    await expect(report?.send(new PutObjectCommand(intoLogs))).rejects.toThrow(
      /not authorized to perform: s3:PutObject/,
    );
  });

  test('of the schedule allow it to deliver its event, or to send it to the dead-letter queue', async () => {
    const [role = ''] = stack.deployment.resources.flatMap(({ logical_id, physical_id, type }) =>
      /^SchedulerRole/.test(logical_id) && type === 'AWS::IAM::Role' ? [physical_id] : [],
    );
    const statements = await statementsOf(stack.emulator, role);
    const { Arn, DeadLetterConfig, RoleArn } = stack.schedule;
    expect(RoleArn).toBe(`arn:aws:iam::${ACCOUNT}:role/${role}`);
    for (const need of [
      { action: 'lambda:InvokeFunction', resource: Arn },
      { action: 'sqs:SendMessage', resource: DeadLetterConfig.Arn },
    ]) {
      expect([need, statements.some((statement) => allows(statement, need))]).toEqual([need, true]);
    }
  });
});

/** Whether a section's rows are the same on every engine: Trino estimates percentiles. */
function isExact({ columns }: SectionRecord): boolean {
  return process.env.ATHENA_ENGINE !== 'trino' || columns.every(({ approximate }) => !approximate);
}

/** The metrics in a function's log, in CloudWatch's embedded format. */
function metricsIn(log: string): Record<string, number>[] {
  const lines = log.split('\n').filter((line) => line.startsWith('{"_aws"'));
  return lines.map((line) => {
    const { _aws, service: _same, ...metrics } = JSON.parse(line);
    return metrics;
  });
}

async function keysOf(store: Store): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list('')) keys.push(key);
  return keys;
}

async function received(index: number): Promise<TestStack['inbox'][number]> {
  for (let tries = 0; tries < 100; tries++) {
    const mail = stack.inbox[index];
    if (mail) return mail;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('no mail was received');
}
