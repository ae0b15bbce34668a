import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { logtally } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'logtally-own-sections-'));
const config = join(folder, 'logtally.yaml');
const section = join(folder, 'my-sections', 'paths-by-client.sql');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SECTION = `/*
title: Paths by client
description: How many different paths each client requested.
group: Traffic
charts:
  - { kind: bars, title: Paths, x: client_ip, y: [paths] }
mail:
  table: { labels: [client_ip], figures: [paths, errors] }
terminal: bars
columns:
  paths: { type: bigint, title: Paths, unit: count }
*/
SELECT
  client_ip,
  count(DISTINCT path) AS paths,
  {{errors}} AS errors
FROM requests
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS LAST
LIMIT 10
`;

beforeAll(() => {
  mkdirSync(join(folder, 'logs'));
  mkdirSync(join(folder, 'my-sections'));
  const line = (client: number, path: string, status: number) =>
    `192.0.2.${client} - - [05/Oct/2026:08:00:00 +0000] "GET ${path} HTTP/1.1" ${status} 10 "-" "curl/8.7.1"\n`;
  writeFileSync(
    join(folder, 'logs', 'access.log'),
    [line(1, '/a', 200), line(1, '/b', 404), line(2, '/a', 200), line(2, '/a', 500)].join(''),
  );
  writeFileSync(
    config,
    'sources: { web: { format: nginx, folder: logs } }\nreports: { web: {} }\nsections: ./my-sections/*.sql\n',
  );
  writeFileSync(section, SECTION);
});

const range = ['--config', config, '--date-range', '2026-10-01', '2026-10-31'];

describe('a section in a folder beside the configuration', () => {
  test('is in the report: page, mail, terminal and files', async () => {
    const { code, stdout, stderr } = await logtally(['report', ...range]);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Paths by client {2}paths\n {2}192\.0\.2\.1 +2 +█+\n {2}192\.0\.2\.2 +1 +█+$/m);
    const edition = join(folder, 'logtally-out', 'web', '2026-10-01_2026-10-31');
    expect(readFileSync(join(edition, 'report.html'), 'utf8')).toContain('<section id="paths-by-client">');
    expect(readFileSync(join(edition, 'mail.eml'), 'utf8')).toContain('Paths by client');
    const csv = gunzipSync(readFileSync(join(edition, 'paths-by-client.csv.gz'))).toString();
    expect(csv).toBe('client_ip,paths,errors\n192.0.2.1,2,1\n192.0.2.2,1,1\n');
  });

  test('is in an analysis, with a filter as any other', async () => {
    const args = ['--section', 'paths-by-client', '--where', "path = '/a'", '--output', 'json'];
    const { stdout } = await logtally(['analyze', ...range, ...args]);
    expect(JSON.parse(stdout).sections['paths-by-client'].rows).toEqual([
      { client_ip: '192.0.2.1', paths: 1, errors: 0 },
      { client_ip: '192.0.2.2', paths: 1, errors: 1 },
    ]);
  });

  test('that changed makes a new edition', async () => {
    writeFileSync(section, SECTION.replace('LIMIT 10', 'LIMIT 1'));
    const { stdout } = await logtally(['report', ...range, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ edition: { revision: 2 } });
  });

  test('shows no more than the privacy of the report allows', async () => {
    writeFileSync(
      config,
      'sources: { web: { format: nginx, folder: logs } }\nreports: { web: { privacy: { client_ip: truncate } } }\nsections: ./my-sections/*.sql\n',
    );
    const { stdout } = await logtally(['analyze', ...range, '--section', 'paths-by-client', '--output', 'json']);
    expect(JSON.parse(stdout).sections['paths-by-client'].rows).toEqual([
      { client_ip: '192.0.2.0/24', paths: 2, errors: 2 },
    ]);
  });

  test('with a mistake stops the run, with its file and line', async () => {
    writeFileSync(section, SECTION.replace('FROM requests', 'FROM request'));
    const { code, stderr } = await logtally(['report', ...range]);
    expect(code).not.toBe(0);
    expect(stderr).toContain('my-sections/paths-by-client.sql:17:1: reads request; a section may read requests');
  });
});
