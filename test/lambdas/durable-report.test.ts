import { type DurableContext, type DurableLambdaHandler, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { durableFlow, runId } from '../../lambdas/durable-flow.ts';
import { handleReport } from '../../lambdas/handle-report.ts';
import { type ReportResult, reportResult } from '../../lambdas/report-result.ts';
import { parseConfig } from '../../lib/config/config.ts';
import type { EditionRecord } from '../../lib/model/edition.ts';
import type { Clock } from '../../lib/run/clock.ts';
import type { Flow } from '../../lib/run/flow.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { type Cloud, startCloud, WEBSITE } from './cloud.ts';
import { crashing } from './crashing.ts';

/*
The whole report as a durable execution, offline: the SDK's own runner keeps and replays its steps, and S3, Athena and SES
answer over the wire. Waits are skipped.
*/

const CONFIG = parseConfig(
  `
sources: ${WEBSITE}
reports:
  website: { sections: [overview, by-day, top-objects-by-bytes] }
mail: { from: reports@example.com, recipients: [team@example.com] }
`,
  '/logtally.yaml',
  { section_ids: loadSections().map(({ id }) => id) },
);
const EVENT = { date_range: ['2026-10-13', '2026-10-13'], email: true };
const EDITION = 'editions/website/2026-10-13_2026-10-13';

let cloud: Cloud;
beforeAll(() => LocalDurableTestRunner.setupTestEnvironment({ skipTime: true }));
afterAll(() => LocalDurableTestRunner.teardownTestEnvironment());
beforeEach(async () => {
  cloud = await startCloud(['2026-10-12', '2026-10-13']);
});
afterEach(() => cloud.close());

/** The report function but for its environment. */
function handlerWith(changed: (flow: Flow) => Flow = (flow) => flow, clock?: Clock): DurableLambdaHandler {
  return withDurableExecution(async (event: unknown, context: DurableContext) => {
    const flow = changed(durableFlow(context, 4));
    const ports = cloud.ports(CONFIG, runId(context), { clock });
    return reportResult(flow, await handleReport(flow, ports, event, runId(context)));
  });
}

function execute(handler = handlerWith()) {
  return new LocalDurableTestRunner({ handlerFunction: handler }).run({ payload: EVENT });
}

async function reported(handler?: DurableLambdaHandler): Promise<ReportResult> {
  return (await execute(handler)).getResult() as ReportResult;
}

function edition(): EditionRecord {
  return JSON.parse(cloud.result(`${EDITION}/edition.json`).toString());
}

/** What an undisturbed run publishes: counts and digests. */
function published() {
  const { sources, sections, revision } = edition();
  return { sources, files: sections.flatMap(({ files }) => files), revision, mails: cloud.ses.inbox.length };
}

describe('a durable execution of the report', () => {
  let expected: ReturnType<typeof published>;
  beforeAll(async () => {
    cloud = await startCloud(['2026-10-12', '2026-10-13']);
    await execute();
    expected = published();
    await cloud.close();
    expect(expected.mails).toBe(1);
    expect(expected.sources[0]?.parsed).toBeGreaterThan(500);
  });

  test('waits for a query of an hour', async () => {
    // 2 + 4 + 8 + 16 + 32 seconds, then a minute at a time: 64 polls are just over an hour.
    cloud.athena.stayRunning(64);
    const oneOnly = (flow: Flow): Flow => ({
      ...flow,
      map: (name, items, work) => {
        if (name === 'sections') cloud.athena.stayRunning(0);
        return flow.map(name, items, work);
      },
    });
    const ended = await execute(handlerWith(oneOnly));
    expect(published()).toEqual(expected);
    const waited = ended.getHistoryEvents().flatMap((event) => {
      const retry = event.StepSucceededDetails?.RetryDetails ?? event.StepFailedDetails?.RetryDetails;
      return retry?.NextAttemptDelaySeconds ?? [];
    });
    expect(waited.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThan(3600);
  });

  test.each([
    ['FAILED', 'SYNTAX_ERROR: line 1:1'],
    ['CANCELLED', 'Query cancelled by user'],
  ] as const)(
    'fails with the reason of a query that is %s, and the next execution completes',
    async (state, reason) => {
      cloud.athena.endNext({ state, reason });
      const ended = await execute();
      expect(ended.getStatus()).toBe('FAILED');
      expect(ended.getError().errorMessage).toContain(reason);
      expect(cloud.ses.inbox).toEqual([]);
      await reported();
      expect(published()).toEqual(expected);
    },
  );

  /** One of three sections fails at once, while the queries of the others run on. */
  function failing(flow: Flow): Flow {
    let starts = 0;
    const counting = (inner: Flow): Flow => ({
      ...inner,
      step: (name, work) =>
        inner.step(name, async () => {
          if (name.startsWith('start ') && ++starts === 3)
            cloud.athena.endNext({ state: 'FAILED', reason: 'node lost' });
          return work();
        }),
    });
    return {
      ...flow,
      map(name, items, work) {
        if (name !== 'sections') return flow.map(name, items, work);
        cloud.athena.stayRunning(1000);
        return flow.map(name, items, (inner, item) => work(counting(inner), item));
      },
    };
  }

  test('that fails stops the queries that still run, and no others', async () => {
    const ended = await execute(handlerWith(failing));
    expect(ended.getError().errorMessage).toContain('node lost');
    const { engine } = cloud.ports(CONFIG, 'afterwards');
    const states = await Promise.all(cloud.athena.queries.map(async ({ id }) => (await engine.poll(id)).state));
    expect(states.slice(-3).sort()).toEqual(['cancelled', 'cancelled', 'failed']);
    expect(new Set(states.slice(0, -3))).toEqual(new Set(['succeeded']));
    const cancelled = cloud.athena.queries.filter((_query, index) => states[index] === 'cancelled');
    expect([...cloud.athena.stopped].sort()).toEqual(cancelled.map(({ id }) => id).sort());
    cloud.athena.stayRunning(0);
    await reported();
    expect(published()).toEqual(expected);
  });

  test('that fails reports the cause, although Athena does not let it stop its queries', async () => {
    cloud.athena.throttleNext(1000, 'StopQueryExecution');
    const ended = await execute(handlerWith(failing));
    expect(ended.getError().errorMessage).toContain('node lost');
    expect(cloud.athena.stopped).toEqual([]);
  });

  test('that takes longer than 23 hours ends, stops its query and lets other runs start', async () => {
    cloud.athena.stayRunning(1000);
    const ended = await execute(
      handlerWith(undefined, () => Date.UTC(2026, 10, 3, 6) + cloud.athena.queries.length * 23 * 3_600_000),
    );
    expect(ended.getError().errorMessage).toMatch(
      /took too long and gave up at 'wait for unload website 2026-10-1\d \(1\)'/,
    );
    expect([...cloud.athena.stopped].sort()).toEqual(cloud.athena.queries.map(({ id }) => id).sort());
    cloud.athena.stayRunning(0);
    await reported();
    expect(published()).toEqual(expected);
  });

  test.each(['start unload website 2026-10-13 (1)', 'place 2026-10-13', 'write overview', 'publish', 'send the mail'])(
    'that crashes before the step "%s" continues from the kept results',
    async (name) => {
      const { crash, survived } = crashing();
      const dying = (flow: Flow): Flow => ({
        ...flow,
        step: async (step, work) => {
          if (step === name) await crash();
          return flow.step(step, work);
        },
        map: (all, items, work) => flow.map(all, items, (inner, item) => work(dying(inner), item)),
      });
      await reported(survived(handlerWith(dying)));
      expect(published()).toEqual(expected);
      const tokens = cloud.athena.queries.map(({ token }) => token);
      expect(new Set(tokens).size).toBe(tokens.length);
    },
  );

  test.each([
    'list 2026-10-13',
    'place 2026-10-13',
    'manifest 2026-10-13',
    'write overview',
    'publish',
    'record the mail',
  ])('that crashes after "%s", before its result is kept, repeats it with the same result', async (name) => {
    const { crash, survived } = crashing();
    const dying = (flow: Flow): Flow => ({
      ...flow,
      step: (step, work) =>
        flow.step(step, async () => {
          const done = await work();
          if (step === name) await crash();
          return done;
        }),
      map: (all, items, work) => flow.map(all, items, (inner, item) => work(dying(inner), item)),
    });
    await reported(survived(handlerWith(dying)));
    expect(published()).toEqual(expected);
  });

  test('whose mail is refused fails with the reason, and the next execution sends it', async () => {
    cloud.ses.refuse({ code: 'MessageRejected', message: 'Email address is not verified.' });
    expect((await execute()).getError().errorMessage).toContain('SES refused the mail');
    cloud.ses.refuse(undefined);
    expect(await reported()).toMatchObject({ changed: false, mail: 'sent', revision: 1 });
    expect(published()).toEqual(expected);
  });

  test('from which a raw object vanishes counts it in the next execution once it is back', async () => {
    const [name = '', object] = [...cloud.s3.objects].find(([key]) => key.includes('/2026/10/13/')) ?? [];
    let vanishes = true;
    const losing = (flow: Flow): Flow => ({
      ...flow,
      step: (step, work) => {
        if (step.startsWith('start unload') && vanishes) cloud.s3.objects.delete(name);
        vanishes &&= !step.startsWith('start unload');
        return flow.step(step, work);
      },
      map: (all, items, work) => flow.map(all, items, (inner, item) => work(losing(inner), item)),
    });
    expect(await reported(handlerWith(losing))).toMatchObject({ revision: 1 });
    if (object) cloud.s3.objects.set(name, object);
    expect(await reported()).toMatchObject({ revision: 2 });
    const { sources, ...rest } = published();
    const late = sources.map((source) => ({ ...source, late: undefined }));
    expect({ ...rest, sources: late }).toEqual({ ...expected, revision: 2, mails: 2 });
  });

  test('of an event that arrives twice at once writes one edition and sends one mail', async () => {
    const runs = await Promise.all([reported(), reported()]);
    expect(runs.map(({ mail }) => mail).sort()).toEqual(['sent', 'sent before']);
    expect(published()).toEqual(expected);
  });

  test('of an event that arrives again later changes nothing', async () => {
    await reported();
    expect(await reported()).toMatchObject({ changed: false, mail: 'sent before', revision: 1 });
    expect(published()).toEqual(expected);
  });
});
