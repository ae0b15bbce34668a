import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parseConfig } from '../../lib/config/config.ts';
import { LogtallyStack } from '../../lib/infra/stack.ts';
import { CONFIG } from './synthesize.ts';

const RECOMMENDED = createRequire(import.meta.url)('aws-cdk-lib/recommended-feature-flags.json');
const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'cdk.json'), 'utf8'));

const WITH_FLAT_LOGS = CONFIG.replace(
  'sources:\n',
  'sources:\n  cdn: { format: fastly, location: "s3://example-cdn-logs/" }\n',
);

/** Logical ids and types of the stack's resources; those of versions hold a digest of the function. */
function resources(flags: Record<string, unknown>): string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'logtally-flags-'));
  const config = parseConfig(WITH_FLAT_LOGS, 'logtally.yaml', { section_ids: ['overview', 'by-day'] });
  const { Resources } = Template.fromStack(
    new LogtallyStack(new App({ outdir, context: flags }), 'Logtally', { config }),
  ).toJSON();
  rmSync(outdir, { recursive: true });
  return Object.entries<{ Type: string }>(Resources)
    .filter(([, { Type }]) => Type !== 'AWS::Lambda::Version')
    .map(([id, { Type }]) => `${id} ${Type}`)
    .sort();
}

test('cdk.json sets every flag that this version of the CDK recommends', () => expect(context).toEqual(RECOMMENDED));

test('the flags rename no resource, so that CloudFormation replaces none', () => {
  expect(resources(context)).toEqual(resources({}));
});
