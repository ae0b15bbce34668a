import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EditionRecord } from '../../lib/model/edition.ts';
import { CONFIG } from './config.ts';
import type { Execution } from './executions.ts';
import { killFunctions } from './function-process.ts';
import type { Reply } from './gateway.ts';
import { laptopEdition } from './laptop.ts';
import { alarmOn } from './metrics.ts';
import { startStack, type TestStack } from './stack.ts';

/*
Faults around the deployed stack. After each of them, the edition of the day is the one that the command line writes, and
its mail was sent once.
*/

let stack: TestStack;
beforeAll(async () => {
  await LocalDurableTestRunner.setupTestEnvironment();
  stack = await startStack(CONFIG);
});
afterAll(async () => {
  await stack?.close();
  await LocalDurableTestRunner.teardownTestEnvironment();
});

let day = 2;
let mailsBefore = 0;

/** A day that no other test reports on. */
function nextDay(): string {
  mailsBefore = stack.inbox.length;
  day += 2;
  return `2026-10-${String(day).padStart(2, '0')}`;
}

function run(day: string, more: object = {}): Promise<Execution> {
  return stack.run({ report: 'brief', date_range: [day, day], email: true, ...more });
}

async function expectOneEdition(day: string, revision = 1, mails = 1): Promise<void> {
  const inAws = await stack.edition(`brief/${day}_${day}`);
  const local = await laptopEdition('brief', ['--date-range', day, day]);
  const rows = ({ sources, headline, headline_before, sections }: EditionRecord) => ({
    // Late lines are late in AWS only.
    sources: sources.map((source) => ({ ...source, late: undefined })),
    ...{ headline, headline_before },
    files: sections.map(({ id, files }) => [id, files]),
  });
  expect(rows(inAws)).toEqual(rows(local));
  expect(inAws.revision).toBe(revision);
  // SES sends an accepted mail a little later.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(stack.inbox.length - mailsBefore).toBe(mails);
}

const slowDown = (): Reply => ({
  status: 503,
  headers: { 'content-type': 'application/xml' },
  body: '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>',
});

/** Kills the functions; nobody receives the reply. */
const killed = (): Reply => {
  killFunctions();
  return { status: 500, body: '' };
};

describe('a run survives', () => {
  test('a throttled Athena', async () => {
    const day = nextDay();
    stack.athena.throttleNext(4);
    expect(await run(day)).toMatchObject({ status: 'SUCCEEDED', runs: 1 });
    await expectOneEdition(day);
  });

  test('an S3 that asks to slow down, more often than the SDK tries', async () => {
    const day = nextDay();
    for (const action of ['s3:ListBucket', 's3:GetObject', 's3:PutObject', 's3:DeleteObject']) {
      stack.gateway.before(action, slowDown, { skip: 2, times: 4 });
    }
    expect(await run(day)).toMatchObject({ status: 'SUCCEEDED' });
    await expectOneEdition(day);
  });

  test.each([
    ['when it starts a query', 'athena:StartQueryExecution', 2],
    ['with a step done and not kept', 'lambda:CheckpointDurableExecution', 25],
    ['while it replaces an old day', 's3:DeleteObject', 3],
    ['when it sends the mail', 'ses:SendRawEmail', 0],
  ])('a machine that is lost %s', async (_when, action, skip) => {
    const day = nextDay();
    stack.gateway.before(action, killed, { skip });
    expect(await run(day)).toMatchObject({ status: 'SUCCEEDED', runs: 2 });
    await expectOneEdition(day);
    const tokens = stack.athena.queries.map(({ token }) => token);
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  test('an event that is delivered twice', async () => {
    const day = nextDay();
    const runs = await Promise.all([run(day), run(day)]);
    const ended = runs.map(({ status, result }) => ({ status, ...(result as { mail: string; revision: number }) }));
    expect(ended.map(({ status, mail, revision }) => [mail, status, revision]).sort()).toEqual([
      ['sent before', 'SUCCEEDED', 1],
      ['sent', 'SUCCEEDED', 1],
    ]);
    await expectOneEdition(day);
  });
});

describe('a run ends with the reason and an alarm, and the next one completes', () => {
  test.each([
    ['FAILED', 'HIVE_CURSOR_ERROR: a file is no gzip'],
    ['CANCELLED', 'Query cancelled: the scan limit was exceeded'],
  ] as const)('when a query is %s', async (state, reason) => {
    const day = nextDay();
    stack.athena.endNext({ state, reason });
    await expectAlarm(await run(day), reason);
    expect(await run(day)).toMatchObject({ status: 'SUCCEEDED' });
    await expectOneEdition(day);
  });

  test('when one of several queries fails: the others are stopped', async () => {
    const day = nextDay();
    let starts = 0;
    const stops = () => stack.gateway.done.filter(({ action }) => action === 'athena:StopQueryExecution').length;
    const before = { stopped: stack.athena.stopped.length, stops: stops() };
    // Two days are unloaded at the same time: one fails while the other waits.
    stack.gateway.before(
      'athena:StartQueryExecution',
      () => {
        if (++starts === 1) stack.athena.stayRunning(1000);
        else stack.athena.endNext({ state: 'FAILED', reason: 'HIVE_CURSOR_ERROR: a file is no gzip' });
        return undefined;
      },
      { times: 2 },
    );
    await expectAlarm(await run(day), 'HIVE_CURSOR_ERROR');
    stack.athena.stayRunning(0);
    expect(stack.athena.stopped.length - before.stopped).toBe(1);
    expect(stops() - before.stops).toBe(1);
    expect(await run(day)).toMatchObject({ status: 'SUCCEEDED' });
    await expectOneEdition(day);
  });

  test('when SES refuses an address', async () => {
    const day = nextDay();
    await sandbox(true);
    await expectAlarm(await run(day), 'team@example.com');
    await sandbox(false);
    expect(await run(day)).toMatchObject({ status: 'SUCCEEDED', result: { mail: 'sent' } });
    await expectOneEdition(day);
  });

  async function expectAlarm(failed: Execution, reason: string): Promise<void> {
    expect(failed).toMatchObject({ status: 'FAILED', reason: expect.stringContaining(reason) });
    expect(failed.log).not.toContain('"Editions"');
    const alarm = await alarmOn(stack.emulator, 'DurableExecutionFailed');
    expect(alarm).toMatchObject({
      StateValue: 'ALARM',
      Namespace: 'AWS/Lambda',
      Dimensions: [{ Name: 'FunctionName', Value: stack.report.lambda.name }],
    });
  }
});

test('a raw object that disappears during a run is not counted, and is counted once it is back', async () => {
  const day = nextDay();
  const [key = ''] = await rawObjects(day);
  const body = await stack.raw.get(key);
  stack.gateway.before('athena:StartQueryExecution', async () => {
    await stack.raw.delete([key]);
    return undefined;
  });
  expect(await run(day)).toMatchObject({ status: 'SUCCEEDED', result: { revision: 1 } });
  const { sources } = await stack.edition(`brief/${day}_${day}`);
  await stack.raw.put(key, body ?? '');
  expect(await run(day)).toMatchObject({ status: 'SUCCEEDED', result: { revision: 2, mail: 'sent' } });
  await expectOneEdition(day, 2, 2);
  expect(sources[0]?.lines).toBeLessThan((await stack.edition(`brief/${day}_${day}`)).sources[0]?.lines ?? 0);
});

async function rawObjects(day: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of stack.raw.list('')) if (key.includes(`/${day.replaceAll('-', '/')}/`)) keys.push(key);
  return keys;
}

/** In the sandbox SES sends to verified addresses only. */
async function sandbox(isOn: boolean): Promise<void> {
  const body = JSON.stringify({
    ProductionAccessEnabled: !isOn,
    MailType: 'TRANSACTIONAL',
    WebsiteURL: 'https://example.com',
  });
  await stack.emulator.send('ses', { path: '/v2/email/account/details', body });
}
