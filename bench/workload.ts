import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeObjects } from '../samples/generator/delivery.ts';
import { SAMPLE } from '../samples/generator/entries.ts';
import { writeFile } from '../samples/generator/file.ts';

/** Where logs, lakes and editions of benches lie. */
export const FOLDER = join(tmpdir(), 'logtally-bench');
export const CLI = join(import.meta.dirname, '..', 'bin', 'logtally.ts');

/** A log file of so many lines, and where a report on it goes. */
export interface Workload {
  lines: number;
  log: string;
  /** Arguments of Node for a report on the log, as one file and as S3 delivers it. */
  reportArguments: string[];
  objectsArguments: string[];
  forgetLake(): void;
  forgetEditions(): void;
}

/** Writes the log unless an earlier run left it, and a config whose lake and editions lie beside it. */
export async function prepare(lines: number, limits: { memory: string }): Promise<Workload> {
  const log = join(FOLDER, `${lines}.log`);
  const objects = join(FOLDER, `${lines}-objects`);
  const work = join(FOLDER, `${lines}`);
  const [config, lake, out] = [join(work, 'logtally.yaml'), join(work, 'lake'), join(work, 'out')];
  mkdirSync(work, { recursive: true });
  if (!existsSync(log)) {
    await writeFile(`${log}.partial`, { lines });
    renameSync(`${log}.partial`, log);
  }
  if (!existsSync(objects)) {
    rmSync(`${objects}.partial`, { recursive: true, force: true });
    writeObjects(`${objects}.partial`, { lines });
    renameSync(`${objects}.partial`, objects);
  }
  const settings = {
    sources: { bench: { format: 's3-access', folder: FOLDER } },
    reports: { bench: { title: 'Bench' } },
    lake: { folder: lake },
    limits,
  };
  // JSON is YAML.
  writeFileSync(config, JSON.stringify(settings, null, 2));
  const period = ['--date-range', SAMPLE.from, SAMPLE.to];
  const argumentsFor = (input: string) => [
    CLI,
    'report',
    '--config',
    config,
    '--input',
    input,
    ...period,
    '--out',
    out,
    '--verbose',
    '--json',
  ];
  return {
    lines,
    log,
    reportArguments: argumentsFor(log),
    objectsArguments: argumentsFor(objects),
    forgetLake: () => rmSync(lake, { recursive: true, force: true }),
    forgetEditions: () => rmSync(out, { recursive: true, force: true }),
  };
}

/** Deletes every log, lake and edition of earlier runs. */
export function clean(): void {
  rmSync(FOLDER, { recursive: true, force: true });
}
