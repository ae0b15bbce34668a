import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../lib/config/config.ts';
import { writeBundle } from '../../lib/infra/bundle.ts';
import { buildFunction, copyAssets, FUNCTIONS } from '../../lib/infra/function-build.ts';
import { configInAws } from '../../lib/infra/report-function.ts';
import { listSql } from '../../lib/sql/sql-files.ts';
import type { ChartData } from '../../lib/views/charts/chart.ts';
import { PICTURE_THEMES } from '../../lib/views/charts/theme.ts';
import { CONFIG } from './synthesize.ts';

// Outside the project, where no package of its own could be found.
const folder = mkdtempSync(join(tmpdir(), 'logtally-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

const config = parseConfig(CONFIG, '/home/someone/logtally.yaml', { section_ids: ['overview'] });
const report = join(folder, 'report');
const links = join(folder, 'download-links');
for (const name of FUNCTIONS)
  writeBundle(join(folder, name), name, name === 'report' ? configInAws(config) : undefined);

/** The sizes that docs/decisions/bundling.md states. */
const record = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'decisions', 'bundling.md'), 'utf8');
const LIMITS_MB = new Map(
  [...record.matchAll(/^\| `([\w-]+)` \| ([\d.]+) MB \|$/gm)].map(([, name = '', mb]) => [name, Number(mb)]),
);

describe.each(FUNCTIONS)('the bundle of %s', (name) => {
  const bundle = join(folder, name);

  test('starts on its own', () => {
    const environment = {
      RESULTS_BUCKET: 'r',
      WORKGROUP: 'w',
      DATABASE: 'd',
      LINK_KEY_ID: 'k',
      LOG_BUCKET: 'b',
      ARRIVAL_PREFIX: '',
      PARTITIONED_PREFIX: 'f/',
    };
    const script = `import('file://${bundle}/index.mjs').then(({ handler }) => process.stdout.write(typeof handler))`;
    const env = { ...environment, AWS_REGION: 'eu-central-1', LAMBDA_TASK_ROOT: bundle };
    expect(execFileSync(process.execPath, ['-e', script], { cwd: bundle, env, encoding: 'utf8' })).toBe('function');
  });

  test('has the size that its decision record states', () => {
    const size_mb = statSync(join(bundle, 'index.mjs')).size / 1e6;
    expect(size_mb).toBeLessThan(LIMITS_MB.get(name) ?? 0);
    expect(size_mb).toBeGreaterThan(0.75 * (LIMITS_MB.get(name) ?? 0));
  });
});

describe('beside the report function are', () => {
  test('the SQL it runs', () => {
    expect(readdirSync(join(report, 'sql', 'sections')).filter((name) => name.endsWith('.sql'))).toEqual(
      listSql('sections'),
    );
  });

  test('what pictures are drawn with, and it draws one', () => {
    const pictures = join(folder, 'pictures');
    buildFunction('lib/views/charts/picture.ts', join(pictures, 'index.mjs'));
    copyAssets(pictures);
    const data: ChartData = {
      kind: 'line',
      title: 'Requests',
      unit: 'count',
      x_domain: 'hour_of_day',
      labels: ['00:00', '01:00'],
      series: [{ name: 'October', color: 'primary', values: [1, 2] }],
    };
    const script = `
      const { drawPicture } = await import('file://${pictures}/index.mjs');
      const picture = await drawPicture(${JSON.stringify(data)}, ${JSON.stringify(PICTURE_THEMES.light)}, 300);
      process.stdout.write(Buffer.from(picture).toString('latin1', 1, 4));`;
    const run = () => execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: pictures });
    expect(run().toString()).toBe('PNG');
    expect(readdirSync(join(report, 'pictures'))).toEqual(['Inter.ttf', 'resvg.wasm']);
  });

  test('the config, with the prefixes of the bucket for the folders of the machine that deployed it', () => {
    const text = readFileSync(join(report, 'config.json'), 'utf8');
    expect(text).not.toContain('/home/someone');
    expect(JSON.parse(text)).toEqual({
      ...config,
      path: 'logtally.yaml',
      directory: '.',
      lake: { folder: 'lake/' },
      out: 'editions/',
      sources: { ...config.sources, website: { ...config.sources.website, folder: undefined } },
    });
  });
});

test('beside the links function is nothing', () => expect(readdirSync(links)).toEqual(['index.mjs']));
