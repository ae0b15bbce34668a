import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type S3Server, startS3Server } from '../servers/s3.ts';
import { logtally } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'logtally-partition-'));
const config = join(folder, 'logtally.yaml');
const sources = {
  cdn: { location: 's3://logs/cdn/', format: 'fastly' },
  edge: { location: 's3://edge/', format: 'cloudfront' },
  dated: { location: 's3://logs/dated/', format: 'fastly', layout: 'dated' },
};
writeFileSync(config, JSON.stringify({ sources, reports: { all: {} } }));

let server: S3Server;
beforeAll(async () => {
  server = await startS3Server();
  for (const name of ['2026-10-05T23:00:00.000--a.log', '2026-10-06T00:00:00.000--b.log']) {
    server.objects.set(`logs/cdn/${name}`, {
      body: Buffer.from(name),
      etag: '"a"',
      last_modified: new Date('2026-10-06T00:05:00Z'),
    });
  }
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function partition(...args: string[]) {
  return command('partition', ...args);
}

function command(name: string, ...args: string[]) {
  return logtally([name, '--config', config, ...args], {
    AWS_ENDPOINT_URL_S3: server.url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
}

test('lists what it would copy, copies it, and then finds it up to date', async () => {
  const range = ['--source', 'cdn', '--date-range', '2026-10-05', '2026-10-06'];
  const dry = await partition(...range, '--dry-run', '--quiet');
  expect(dry).toMatchObject({ code: 0, stderr: '' });
  expect(dry.stdout.split('\n').slice(-2)).toEqual(['cdn: 2 logs, 2 to copy (60 B), 0 up to date', '']);
  expect(dry.stdout).toMatch(/^cdn\/\S+--a\.log -> logtally-filed\/cdn\/\d{4}\/\d\d\/\d\d\/\S+--a\.log$/m);
  expect([...server.objects.keys()].some((key) => key.includes('logtally-filed'))).toBe(false);
  expect((await partition()).stdout).toBe(
    'cdn: 2 logs, 2 copied (60 B), 0 up to date\nedge: no logs found; check sources.edge.location\n',
  );
  expect((await partition('--source', 'cdn')).stdout).toBe('cdn: 2 logs, 0 copied (0 B), 2 up to date\n');
});

test.each([
  [['--source', 'dated'], '--source dated: not a source with the layout flat and a location; .* has cdn, edge'],
  [['--date-range', '2026-10-01'], '--date-range takes two dates'],
])('%j is refused', async (args, message) => {
  expect(await partition(...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
});

test('file-logs, the old name, still works and prints the new one', async () => {
  expect(await command('file-logs', '--source', 'edge')).toEqual({
    code: 0,
    stdout: 'edge: no logs found; check sources.edge.location\n',
    stderr: 'logtally file-logs is now called logtally partition (since 0.2.0); the old name will stop working\n',
  });
  const { stdout } = await logtally(['--help']);
  expect(stdout).toMatch(/^ +partition /m);
  expect(stdout).not.toContain('file-logs');
});
