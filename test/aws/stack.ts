import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { EditionRecord } from '../../lib/model/edition.ts';
import { s3Store } from '../../lib/store/s3.ts';
import type { Store } from '../../lib/store/store.ts';
import { SAMPLE } from '../lambdas/cloud.ts';
import type { AthenaServer } from '../servers/athena.ts';
import { type SmtpTestServer, startSmtp } from '../servers/smtp.ts';
import { startAthena } from './athena.ts';
import { makeCertificates } from './certificates.ts';
import { assumeRole, type Deployment, deploy, fetchFunction, type Session } from './deployment.ts';
import { type Emulator, OWNER, ownerAuthorization, REGION, startEmulator } from './emulator.ts';
import { forwardEvents, startEventServer } from './event-forwarding.ts';
import { durableExecutions, type Execution } from './executions.ts';
import { type LambdaFunction, runFunction } from './function-process.ts';
import { forward, type Gateway, startGateway } from './gateway.ts';
import { countedIn } from './metrics.ts';

export const RAW_BUCKET = 'example-logs';
const TODAY = '2026-11-03';
const STACK = 'Logtally';

/** The stack of a config, deployed on the emulator; the sample's logs in their bucket; what replaces AWS around it. */
export interface TestStack {
  deployment: Deployment;
  emulator: Emulator;
  gateway: Gateway;
  athena: AthenaServer;
  /** What SES sent. */
  inbox: SmtpTestServer['inbox'];
  report: DeployedFunction;
  links: DeployedFunction;
  /** What the deployed schedule invokes. */
  schedule: { Arn: string; RoleArn: string; DeadLetterConfig: { Arn: string }; Input: string };
  /** Sends the report function an event as `RunByHand` does, and waits for the execution to end. */
  run(event: object): Promise<Execution>;
  /** Makes the emulator's scheduler deliver the event of the deployed schedule, as if it had been due then. */
  fireSchedule(due: string): Promise<Execution>;
  /** What a client needs to ask the gateway. */
  clientOptions(session: Session): Pick<S3ClientConfig, 'endpoint' | 'region' | 'credentials' | 'requestHandler'>;
  /** The authority that signed the certificates of gateway and emulator, PEM. */
  authority: Buffer;
  /** Buckets, with the permissions of the account's owner. */
  results: Store;
  raw: Store;
  editions: Store;
  /** The record of an edition, such as `website/2026-10-01_2026-10-31`. */
  edition(prefix: string): Promise<EditionRecord>;
  close(): Promise<void>;
}

/** A deployed function, with a session of its role in its environment. */
export interface DeployedFunction {
  lambda: LambdaFunction;
  role: string;
  runtime: string;
  code_bytes: number;
  session: Session;
}

/** Starts everything and deploys a config file; should a part of it fail, nothing stays behind. */
export async function startStack(config: string): Promise<TestStack> {
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one();
  };
  try {
    return { ...(await start(config, (one) => closing.push(one))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(config: string, onClose: (close: () => unknown) => void): Promise<Omit<TestStack, 'close'>> {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-aws-'));
  onClose(() => rmSync(folder, { recursive: true, force: true }));
  const certificates = makeCertificates(folder);
  const authority = readFileSync(certificates.authority);
  const agent = new Agent({ ca: authority, keepAlive: true });
  onClose(() => agent.destroy());
  const smtp = await startSmtp({ authOptional: true });
  onClose(smtp.close);

  const gateway = await startGateway({ certificates, workgroup: STACK, emulator: () => emulator });
  onClose(gateway.close);
  const durable = durableExecutions();
  gateway.services.set('lambda', durable.answer);
  const executions: Promise<Execution>[] = [];
  const events = await startEventServer(async (name, event) => {
    if (name === 'report') {
      executions.push(countedIn(emulator, report.lambda.name, durable.execute(report.lambda, event)));
      return null;
    }
    const { outcome } = await runFunction(links.lambda, event);
    if (outcome === 'died' || 'error' in outcome) throw new Error(JSON.stringify(outcome));
    return outcome.result;
  });
  onClose(events.close);

  const environment = {
    SMTP_HOST: `127.0.0.1:${smtp.port}`,
    [`MINISTACK_LAMBDA_PROXY_${STACK}-report`]: events.urlOf('report'),
  };
  const emulator = await startEmulator({ folder, certificates, environment });
  onClose(emulator.close);
  // The emulator knows no ses:FromAddress and would refuse what the policy allows, so the gateway judges that itself.
  gateway.services.set('ses', (request) => {
    const headers = { ...request.headers, authorization: ownerAuthorization('ses') };
    return forward({ ...request, headers }, emulator.port, authority);
  });

  const deployment = await deploy(emulator, { config, folder, certificates });
  const { outputs } = deployment;
  const named = (type: string, name: RegExp) =>
    deployment.resources.find((one) => one.type === type && name.test(one.logical_id))?.physical_id ?? '';
  const report = await deployed(named('AWS::Lambda::Function', /^Report/), '1');
  const links = await deployed(named('AWS::Lambda::Function', /^Links/), '$LATEST');
  await forwardEvents(emulator, links.lambda.name, events.urlOf('links'));

  async function deployed(name: string, version: string): Promise<DeployedFunction> {
    const found = await fetchFunction(emulator, { name, version, folder });
    const session = await assumeRole(emulator, found.role);
    gateway.roles.set(session.AWS_ACCESS_KEY_ID, found.role);
    const environment = {
      ...found.lambda.environment,
      ...session,
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL: gateway.url,
      NODE_EXTRA_CA_CERTS: certificates.authority,
    };
    return { ...found, session, lambda: { ...found.lambda, environment } };
  }

  const clientOptions = (session: Session) => ({
    endpoint: gateway.url,
    region: REGION,
    credentials: {
      accessKeyId: session.AWS_ACCESS_KEY_ID,
      secretAccessKey: session.AWS_SECRET_ACCESS_KEY,
      ...(session.AWS_SESSION_TOKEN && { sessionToken: session.AWS_SESSION_TOKEN }),
    },
    requestHandler: { httpsAgent: agent },
  });
  const s3 = (session: Session) => new S3Client({ ...clientOptions(session), forcePathStyle: true });
  const athena = await startAthena({
    ...{ emulator, gateway, outputs, role: report.role },
    s3: s3(report.session),
    today: TODAY,
  });
  onClose(athena.close);

  const owner = s3(OWNER);
  const store = (bucket: string, prefix: string) => s3Store({ client: owner, bucket, prefix });
  const [results, raw] = [store(String(outputs.ResultsBucket), ''), store(RAW_BUCKET, '')];
  const editions = store(String(outputs.ResultsBucket), 'editions/');
  const CreateBucketConfiguration = { LocationConstraint: REGION } as const;
  await owner.send(new CreateBucketCommand({ Bucket: RAW_BUCKET, CreateBucketConfiguration }));
  for (const name of readdirSync(SAMPLE, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.gz')) await raw.put(`s3-access/${name}`, readFileSync(join(SAMPLE, name)));
  }

  const schedulePath = `/schedules/${named('AWS::Scheduler::Schedule', /^Schedules/)}`;
  const { Target: schedule } = JSON.parse((await emulator.send('scheduler', { path: schedulePath })).toString());
  let sent = 0;
  async function execution(send: () => Promise<unknown>): Promise<Execution> {
    const mine = sent++;
    await send();
    return nth(executions, mine);
  }

  return {
    ...{ deployment, emulator, gateway, athena, inbox: smtp.inbox, report, links, schedule },
    ...{ clientOptions, authority, results, raw, editions },
    run(event) {
      const path = `/2015-03-31/functions/${STACK}-report:live/invocations`;
      const headers = { 'x-amz-invocation-type': 'Event' };
      return execution(() => emulator.send('lambda', { path, headers, body: JSON.stringify(event) }));
    },
    fireSchedule(due) {
      // EventBridge fills the time in; the emulator leaves its placeholder as it is.
      const Input = schedule.Input.replace('<aws.scheduler.scheduled-time>', due);
      const body = JSON.stringify({
        ScheduleExpression: `at(${new Date().toISOString().slice(0, 19)})`,
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { ...schedule, Input },
      });
      return execution(() => emulator.send('scheduler', { path: `${schedulePath}-once`, body }));
    },
    async edition(prefix) {
      return JSON.parse(new TextDecoder().decode(await editions.get(`${prefix}/edition.json`)));
    },
  };
}

async function nth<T>(promises: readonly Promise<T>[], index: number): Promise<T> {
  for (let waited_ms = 0; waited_ms < 30_000; waited_ms += 20) {
    const found = promises[index];
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the emulator handed no event to the function');
}
