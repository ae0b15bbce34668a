import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine, type Figure, printFigures } from './figures.ts';
import { benchFormats } from './formats.ts';
import { type Measurement, measureRuns, median, refreshSeconds, seconds } from './measure.ts';
import { clean, prepare, type Workload } from './workload.ts';

/**
 * npm run bench [-- --lines N --runs N --formats --big --json --clean]
 * How fast lines become a report, beside GoAccess on the same file where it is installed. Every figure is the median of
 * fresh processes, and peak memory the highest; the operating system has the log in its cache, because it was read before.
 */
const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '2000000' },
    runs: { type: 'string', default: '3' },
    formats: { type: 'boolean', default: false },
    big: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    clean: { type: 'boolean', default: false },
  },
});
const GiB = 1024 ** 3;
const BIG_LINES = 10_000_000;
const FORMAT_LINES = 1_000_000;

if (values.clean) clean();
else {
  const parts: object[] = [await benchSpeed(wholeNumber('lines', values.lines), wholeNumber('runs', values.runs))];
  if (values.formats) parts.push(await benchEveryFormat(wholeNumber('runs', values.runs)));
  if (values.big) parts.push(await benchMemory());
  const machine = describeMachine();
  process.stdout.write(values.json ? `${JSON.stringify({ machine, parts }, null, 2)}\n` : `\nmeasured on ${machine}\n`);
}

/** Raw lines to lake, a whole report, a second one, and one without news, each against its target. */
async function benchSpeed(lines: number, runs: number) {
  const workload = await prepare(lines, { memory: '2GB' });
  const floor = await measureRuns(runs, 'wc', ['-l', workload.log]);
  const goaccess = await runGoAccess(workload, runs);
  const whole = await measureRuns(runs, process.execPath, workload.reportArguments, () => {
    workload.forgetLake();
    workload.forgetEditions();
  });
  const objects = await measureRuns(runs, process.execPath, workload.objectsArguments, () => {
    workload.forgetLake();
    workload.forgetEditions();
  });
  const second = await measureRuns(runs, process.execPath, workload.reportArguments, workload.forgetEditions);
  const unchanged = await measureRuns(runs, process.execPath, workload.reportArguments);

  const lines_per_s = lines / median(whole.map(refreshSeconds));
  const peak = Math.max(...[...whole, ...objects, ...second].map(({ peak_bytes }) => peak_bytes ?? Number.NaN));
  const figures: Figure[] = [
    { name: 'wc -l, the floor', value: seconds(floor), unit: 's' },
    {
      name: 'raw → lake',
      value: lines_per_s,
      unit: 'lines_per_s',
      target: '≥ 400,000 lines/s',
      met: lines_per_s >= 400_000,
    },
    {
      name: 'raw → lake, from daily objects',
      value: lines / median(objects.map(refreshSeconds)),
      unit: 'lines_per_s',
    },
    { name: 'whole report', value: seconds(whole), unit: 's' },
    { name: 'whole report, from daily objects', value: seconds(objects), unit: 's' },
    { name: 'second report on the same lake', value: seconds(second), unit: 's' },
    { name: 'report without anything new', value: seconds(unchanged), unit: 's' },
    { name: 'peak memory', value: peak, unit: 'bytes', target: '≤ 2 GB', met: peak <= 2 * GiB },
  ];
  if (goaccess) {
    const shares = { whole: seconds(whole), second: seconds(second), unchanged: seconds(unchanged) };
    figures.push(...besideGoAccess(seconds(goaccess), shares));
  }
  return report(workload, runs, figures);
}

/** Every other built-in format. */
async function benchEveryFormat(runs: number) {
  const figures = await benchFormats(FORMAT_LINES, runs);
  const title = `${FORMAT_LINES.toLocaleString('en-US')} lines of each format, medians of ${runs}`;
  if (!values.json) process.stdout.write(printFigures(title, figures));
  return { lines: FORMAT_LINES, runs, figures };
}

/** Ten million lines under a limit of 1 GB, once. */
async function benchMemory() {
  const workload = await prepare(BIG_LINES, { memory: '1GB' });
  const whole = await measureRuns(1, process.execPath, workload.reportArguments, () => {
    workload.forgetLake();
    workload.forgetEditions();
  });
  const peak = whole[0]?.peak_bytes ?? Number.NaN;
  return report(workload, 1, [
    { name: 'raw → lake', value: BIG_LINES / median(whole.map(refreshSeconds)), unit: 'lines_per_s' },
    { name: 'whole report', value: seconds(whole), unit: 's', target: 'ends, with limits.memory 1GB', met: true },
    { name: 'peak memory', value: peak, unit: 'bytes', target: 'about 1 GB', met: peak <= 1.1 * GiB },
  ]);
}

function report({ lines, log }: Workload, runs: number, figures: Figure[]) {
  const size_bytes = statSync(log).size;
  const megabytes = Math.round(size_bytes / 1024 ** 2).toLocaleString('en-US');
  const title = `${lines.toLocaleString('en-US')} lines, ${megabytes} MB, medians of ${runs}`;
  if (!values.json) process.stdout.write(printFigures(title, figures));
  return { lines, size_bytes, runs, figures };
}

/** Undefined where GoAccess is not installed. */
async function runGoAccess({ log }: Workload, runs: number): Promise<Measurement[] | undefined> {
  if (spawnSync('goaccess', ['--version']).error) return undefined;
  return measureRuns(runs, 'goaccess', [
    log,
    '--log-format=AWSS3',
    '--no-global-config',
    '--no-progress',
    '-o',
    `${log}.html`,
  ]);
}

function besideGoAccess(goaccess_s: number, report_s: Record<'whole' | 'second' | 'unchanged', number>): Figure[] {
  const ratio = (name: string, value_s: number, parts: number): Figure => ({
    name: `${name} to GoAccess`,
    value: value_s / goaccess_s,
    unit: 'ratio',
    target: `≤ 1/${parts}`,
    met: value_s / goaccess_s <= 1 / parts,
  });
  return [
    { name: 'GoAccess', value: goaccess_s, unit: 's' },
    ratio('whole report', report_s.whole, 3),
    ratio('second report', report_s.second, 15),
    ratio('report without anything new', report_s.unchanged, 15),
  ];
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9][0-9]{0,9}$/.test(text)) throw new Error(`--${option} takes a whole number above 0, not '${text}'`);
  return Number(text);
}
