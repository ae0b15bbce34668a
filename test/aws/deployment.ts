import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { textsOf } from '../servers/xml.ts';
import { arn } from './call.ts';
import type { Certificates } from './certificates.ts';
import { ACCOUNT, type Emulator, OWNER, REGION } from './emulator.ts';
import type { LambdaFunction } from './function-process.ts';
import { PYTHON } from './ministack.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** What `cdk deploy` left on the emulator. */
export interface Deployment {
  /** The stack's outputs. */
  outputs: Record<string, string>;
  resources: Resource[];
  /** CDK's own output: the template and the assets. */
  assembly: string;
}

export interface Resource {
  logical_id: string;
  physical_id: string;
  type: string;
  status: string;
}

/** Runs the user's commands of docs/deploy.md, `cdk bootstrap` and `cdk deploy`, against the emulator; `config` is a file. */
export async function deploy(
  emulator: Emulator,
  { config, folder, certificates }: { config: string; folder: string; certificates: Certificates },
): Promise<Deployment> {
  const [assembly, outputs] = ['cdk.out', 'outputs.json'].map((name) => join(folder, name));
  const cdk = (...args: string[]) =>
    promisify(execFile)(process.execPath, [join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...args], {
      cwd: ROOT,
      env: {
        ...OWNER,
        PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
        HOME: folder,
        AWS_ENDPOINT_URL: `https://127.0.0.1:${emulator.port}`,
        AWS_CA_BUNDLE: certificates.authority,
        CDK_DISABLE_CLI_TELEMETRY: '1',
      },
    });
  await cdk('synth', '--quiet', '-c', `config=${config}`, '--output', String(assembly));
  await cdk('bootstrap', '--app', String(assembly), `aws://${ACCOUNT}/${REGION}`);
  await cdk('deploy', '--app', String(assembly), '--require-approval', 'never', '--outputs-file', String(outputs));
  const [[name, values] = ['', {}]] = Object.entries<Record<string, string>>(
    JSON.parse(readFileSync(String(outputs), 'utf8')),
  );
  const listed = await emulator.query('cloudformation', { Action: 'ListStackResources', StackName: name });
  const resources = textsOf(listed, 'member').map((member) => ({
    logical_id: textsOf(member, 'LogicalResourceId')[0] ?? '',
    physical_id: textsOf(member, 'PhysicalResourceId')[0] ?? '',
    type: textsOf(member, 'ResourceType')[0] ?? '',
    status: textsOf(member, 'ResourceStatus')[0] ?? '',
  }));
  return { outputs: values, resources, assembly: String(assembly) };
}

/** A session of a role, as environment variables. */
export interface Session {
  AWS_ACCESS_KEY_ID: string;
  AWS_SECRET_ACCESS_KEY: string;
  AWS_SESSION_TOKEN?: string;
}

export async function assumeRole(emulator: Emulator, role: string): Promise<Session> {
  const answer = await emulator.query('sts', {
    Action: 'AssumeRole',
    RoleArn: `arn:aws:iam::${ACCOUNT}:role/${role}`,
    RoleSessionName: 'function',
    DurationSeconds: '3600',
  });
  const value = (element: string) => textsOf(answer, element)[0] ?? '';
  return {
    AWS_ACCESS_KEY_ID: value('AccessKeyId'),
    AWS_SECRET_ACCESS_KEY: value('SecretAccessKey'),
    AWS_SESSION_TOKEN: value('SessionToken'),
  };
}

/** A deployed function, its asset unpacked as Lambda does it, and the role that it has. */
export async function fetchFunction(
  emulator: Emulator,
  { name, version, folder }: { name: string; version: string; folder: string },
): Promise<{ lambda: LambdaFunction; role: string; runtime: string; code_bytes: number }> {
  const path = `/2015-03-31/functions/${name}?Qualifier=${version}`;
  const { Configuration, Code } = JSON.parse((await emulator.send('lambda', { path })).toString());
  const zip = join(folder, `${name}.zip`);
  const code = join(folder, name);
  const { pathname, search } = new URL(Code.Location);
  mkdirSync(code, { recursive: true });
  writeFileSync(zip, await emulator.send('lambda', { path: `${pathname}${search}` }));
  await promisify(execFile)(PYTHON, ['-m', 'zipfile', '-e', zip, code]);
  return {
    lambda: {
      folder: code,
      arn: arn('lambda', `function:${name}:${Configuration.Version}`),
      name,
      version: Configuration.Version,
      timeout_seconds: Configuration.Timeout,
      memory_mb: Configuration.MemorySize,
      environment: Configuration.Environment.Variables,
    },
    role: Configuration.Role.split('/').at(-1),
    runtime: Configuration.Runtime,
    code_bytes: Configuration.CodeSize,
  };
}
