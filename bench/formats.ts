import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeLines } from '../samples/generator/file.ts';
import type { Figure } from './figures.ts';
import { measureRuns, median, refreshSeconds, seconds } from './measure.ts';
import { WEB_FORMATS, webLines } from './web-lines.ts';
import { CLI, FOLDER } from './workload.ts';

/** What GoAccess calls the formats that it knows. */
const GOACCESS_FORMATS: Readonly<Record<string, string>> = {
  nginx: 'COMBINED',
  apache: 'COMBINED',
  cloudfront: 'CLOUDFRONT',
  alb: 'AWSALB',
};

/** The least that any format has to reach. */
const LEAST_LINES_PER_S = 300_000;

/** For each format but S3's: lines into the lake, and the whole report beside GoAccess on the same file. */
export async function benchFormats(lines: number, runs: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const format of WEB_FORMATS) figures.push(...(await benchFormat(format, lines, runs)));
  return figures;
}

async function benchFormat(format: string, lines: number, runs: number): Promise<Figure[]> {
  const log = join(FOLDER, `${format}-${lines}.log`);
  mkdirSync(FOLDER, { recursive: true });
  if (!existsSync(log)) {
    await writeLines(`${log}.partial`, webLines(format, lines));
    renameSync(`${log}.partial`, log);
  }
  const out = join(FOLDER, `${format}-out`);
  const period = ['--date-range', '2026-10-01', '2026-10-31'];
  const args = [CLI, 'report', '--input', log, '--format', format, ...period, '--out', out, '--json'];
  const whole = await measureRuns(runs, process.execPath, args, () => rmSync(out, { recursive: true, force: true }));
  const lines_per_s = lines / median(whole.map(refreshSeconds));
  const target = `≥ ${LEAST_LINES_PER_S.toLocaleString('en-US')} lines/s`;
  const met = lines_per_s >= LEAST_LINES_PER_S;
  const lake: Figure = { name: `${format}: raw → lake`, value: lines_per_s, unit: 'lines_per_s', target, met };
  const report: Figure = { name: `${format}: whole report`, value: seconds(whole), unit: 's' };
  const goaccess = GOACCESS_FORMATS[format];
  if (!goaccess || spawnSync('goaccess', ['--version']).error) return [lake, report];
  const options = [`--log-format=${goaccess}`, '--no-global-config', '--no-progress', '-o', `${log}.html`];
  const beside = await measureRuns(runs, 'goaccess', [log, ...options]);
  const value = seconds(whole) / seconds(beside);
  const ratio: Figure = { name: `${format}: report to GoAccess`, value, unit: 'ratio', target: '< 1', met: value < 1 };
  return [lake, report, { name: `${format}: GoAccess`, value: seconds(beside), unit: 's' }, ratio];
}
