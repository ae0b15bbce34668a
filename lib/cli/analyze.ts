import { availableDays, daysInNames } from '../lake/available-days.ts';
import { dateRange, type Period, periodBefore, today } from '../model/period.ts';
import { analyze as analyzeLake } from '../report/analyze.ts';
import { refreshSources } from '../report/refresh-sources.ts';
import { terminalOf } from '../views/terminal/terminal.ts';
import { analysisJson, analysisText } from './analysis.ts';
import { type AnalyzeOptions, chosenSections, selectionOf } from './analyze-setup.ts';
import { isUnread, type LocalRun, localRun } from './local-run.ts';
import type { ReportSetup } from './report-setup.ts';

/** `logtally analyze`: sections of a report on the terminal or as JSON, of all requests or of some. Publishes nothing. */
export async function analyze(paths: readonly string[], options: AnalyzeOptions): Promise<void> {
  const selection = selectionOf(options);
  const reading = { ...options, ...(paths.length > 0 && { input: [...paths] }) };
  const isOfFiles = (setup: ReportSetup) => setup.hasInput && !options.dateRange && !options.frequency;
  const sectionsOf = (setup: ReportSetup) => chosenSections(selection, setup, !isOfFiles(setup));
  const namesOf = (setup: ReportSetup) => sectionsOf(setup).map(({ id }) => id);
  await localRun(reading, namesOf, async (run) => {
    const { setup, flow, ports, progress } = run;
    const { report, run_id } = run.request;
    const period = isOfFiles(setup) ? await periodOfFiles(run) : setup.period;
    const request = { report, period, sections: sectionsOf(setup), filter: selection.filter, run_id };
    const analysis = await analyzeLake(flow, ports, request);
    progress.clear();
    const { endpoint, where } = options;
    const view = { limit: selection.limit, endpoint, where };
    process.stdout.write(
      setup.output === 'json'
        ? analysisJson(analysis, view)
        : analysisText(analysis, view, terminalOf(process.stdout, process.env)),
    );
    if (isUnread(analysis.sources)) process.exitCode = 1;
  });
}

/** The range of days that have requests in these files. Brings the lake up to date to find out. */
async function periodOfFiles({ request, files, flow, ports, progress }: LocalRun): Promise<Period> {
  const { report, started_at } = request;
  const named = daysInNames([...files.values()].flat());
  const day = today(new Date(started_at), ports.config.time_zone);
  const likely = dateRange(named[0] ?? day, named.at(-1) ?? day);
  await refreshSources(flow, ports, report, periodBefore(likely), likely);
  const available = await Promise.all(report.sources.map((source) => availableDays(ports.lake, source)));
  const days = available.flat().sort();
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) throw new Error('no line of the files is a request; logtally parse --verbose PATH shows why');
  progress.clear();
  process.stderr.write(`the files have requests from ${first} to ${last}\n`);
  return dateRange(first, last);
}
