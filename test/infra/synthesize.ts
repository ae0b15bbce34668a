import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parseConfig } from '../../lib/config/config.ts';
import { LogtallyStack } from '../../lib/infra/stack.ts';

export const CONFIG = `
time_zone: Europe/Berlin
sources:
  website:
    location: s3://example-logs/s3-access/
    folder: website-logs
    accounts: ["111122223333"]
    regions: [eu-central-1, eu-west-1]
    buckets: [example-website, example-downloads]
    since: 2026-01-01
  old-shop:
    location: s3://example-shop-logs/
    accounts: ["111122223333"]
    regions: [eu-central-1]
    buckets: [example-shop]
    since: 2025-06-01
    remove_original_logs: true
reports:
  website-monthly: { sources: [website] }
  shop-weekly: { sources: [old-shop], frequency: weekly, schedule: { hour: 7 } }
  by-hand: { schedule: off }
mail:
  from: reports@example.com
  recipients: [team@example.com]
stack: { alarm_email: ops@example.com, results_days: 90 }
limits: { scan_gb_per_query: 50 }
`;

/** The template of a config's stack, and the folder that holds it and its assets. */
export function synthesize(config: string): { template: Template; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-synth-'));
  const app = new App({ outdir: folder });
  const parsed = parseConfig(config, 'logtally.yaml', { section_ids: ['overview', 'by-day'] });
  return { template: Template.fromStack(new LogtallyStack(app, parsed.stack.name, { config: parsed })), folder };
}
