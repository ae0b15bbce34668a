import { randomUUID } from 'node:crypto';
import { type Analysis, analyze as analyzeLake } from '../analyze.ts';
import { refreshSources } from '../edition-sources.ts';
import type { Flow } from '../flow.ts';
import { heldDays, namedDays } from '../lake/held-days.ts';
import type { RawFile } from '../lake/raw-files.ts';
import { dateRange, type Period, periodBefore, today } from '../period.ts';
import type { EditionPorts, StepRecord } from '../produce-edition.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { analysisJson, analysisText } from './analysis.ts';
import { type AnalyzeOptions, askedOf, chosenSections } from './analyze-setup.ts';
import { inTurn } from './in-turn.ts';
import { addressKeyOf, detectInput, localPorts, openLocal, rawFiles, stepLine } from './local-run.ts';
import { openProgress } from './progress.ts';
import { detectsFormats, type ReportSetup, reportSetup } from './report-setup.ts';

/** `logtally analyze`: sections of a report on the terminal or as JSON, of all requests or of some. Publishes nothing. */
export async function analyze(paths: readonly string[], options: AnalyzeOptions): Promise<void> {
  const started = new Date();
  const run_id = randomUUID();
  const asked = askedOf(options);
  const reading = { ...options, ...(paths.length > 0 && { input: [...paths] }) };
  const detected = detectsFormats(reading) ? await detectInput(reading) : undefined;
  const setup = reportSetup(reading, started, detected);
  const address_key = addressKeyOf(setup.report);
  const files = await rawFiles(setup, detected);
  const isOfFiles = setup.exact && !options.dateRange && !options.frequency;
  const kinds = Object.fromEntries(
    Object.values(setup.config.sources).map(({ name, definition }) => [name, definition.kind]),
  );
  const sections = chosenSections(asked, setup.report, kinds, !isOfFiles);
  const progress = openProgress(process.stderr);
  let done = 0;
  const onStep = (step: StepRecord) => {
    progress.clear();
    if (options.verbose) process.stderr.write(`${stepLine(step)}\n`);
    if (sections.some(({ id }) => id === step.name)) done++;
    if (done > 0) progress.update('sections', { at: step.name, done, total: sections.length, unit: 'sections' });
  };
  await inTurn(setup.lake_folder, run_id, async (flow) => {
    const duckdb = await openLocal(setup);
    try {
      const local = localPorts(setup, duckdb, files, onStep, progress.update);
      const ports = { ...local, ...(address_key && { address_key }) };
      const period = isOfFiles ? await periodOfFiles(flow, ports, setup, files, started) : setup.period;
      progress.clear();
      if (isOfFiles) process.stderr.write(`the files hold the days from ${period.from} to ${period.to}\n`);
      const { report } = setup;
      const analysis = await analyzeLake(flow, ports, { report, period, sections, filter: asked.filter, run_id });
      progress.clear();
      const { endpoint, where } = options;
      const view = { limit: asked.limit, endpoint, where };
      process.stdout.write(
        setup.output === 'json'
          ? analysisJson(analysis, view)
          : analysisText(analysis, view, terminalOf(process.stdout, process.env)),
      );
      if (isUnread(analysis)) process.exitCode = 1;
    } finally {
      progress.clear();
      duckdb.close();
    }
  });
}

/** From the first to the last day of which the files hold a request. Brings the lake up to date to find out. */
async function periodOfFiles(
  flow: Flow,
  ports: EditionPorts,
  { config, report }: ReportSetup,
  files: ReadonlyMap<string, RawFile[]>,
  now: Date,
): Promise<Period> {
  const named = namedDays([...files.values()].flat());
  const day = today(now, config.time_zone);
  const likely = dateRange(named[0] ?? day, named.at(-1) ?? day);
  await refreshSources(flow, ports, report, periodBefore(likely), likely);
  const held = await Promise.all(report.sources.map((source) => heldDays(ports.lake, source)));
  const days = held.flat().sort();
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) throw new Error('no line of the files is a request; logtally parse --verbose PATH shows why');
  return dateRange(first, last);
}

/** True when there was input and none of it could be read. */
function isUnread({ sources }: Analysis): boolean {
  return sources.every(({ lines, unreadable }) => lines === 0 && unreadable.length > 0);
}
