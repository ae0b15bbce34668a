import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { logtally } from '../cli/command.ts';
import { logLine, writeLog } from '../lake/duckdb/raw-log.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
const EDITION = join('web', '2026-10-05_2026-10-06', 'edition.json');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-old-edition-'));
  cpSync(join(FIXTURES, 'editions', '0.1.0'), join(folder, 'out'), { recursive: true });
  cpSync(join(FIXTURES, 'lakes', 'without-acl-required'), join(folder, 'lake'), { recursive: true });
  writeLog(join(folder, 'logs/111122223333/eu-central-1/example-website/2026/10/07/2026-10-07-00-00-00-CCCC'), [
    logLine('2026-10-07 05:00:00', 'R5'),
  ]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a report over the period of an edition of 0.1.0 becomes its next revision, and knows it the next time', async () => {
  const config = join(folder, 'logtally.yaml');
  const settings = {
    sources: { web: { folder: join(folder, 'logs') } },
    reports: { web: { title: 'Web', sections: ['overview'] } },
    lake: { folder: join(folder, 'lake') },
    out: join(folder, 'out'),
  };
  writeFileSync(config, JSON.stringify(settings));
  const args = ['report', '--config', config, '--date-range', '2026-10-05', '2026-10-06', '--json'];
  const { code, stdout, stderr } = await logtally(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { outcome, edition } = JSON.parse(stdout);
  expect(outcome).toBe('published');
  // The lake has one request more than the old edition counted.
  expect(edition).toMatchObject({ revision: 2, headline: { requests: 4 }, sources: [{ lines: 6, late: 1 }] });
  const stored = JSON.parse(readFileSync(join(folder, 'out', EDITION), 'utf8'));
  expect(stored.inputs_sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(stored).not.toHaveProperty('identity_sha256');
  const again = JSON.parse((await logtally(args)).stdout);
  expect([again.outcome, again.changed, again.edition.revision]).toEqual(['up_to_date', false, 2]);
});
