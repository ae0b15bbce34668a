import { analyze as analyzeLake } from '../report/analyze.ts';
import { terminalOf } from '../views/terminal/terminal.ts';
import { analysisJson, analysisText } from './analysis.ts';
import { type AnalyzeOptions, checkNames, chosenSections, selectionOf } from './analyze-setup.ts';
import { periodOfRun } from './days-of-files.ts';
import { localRun } from './local-run.ts';
import { withPaths } from './report-options.ts';
import type { ReportSetup } from './report-setup.ts';

/** `logtally analyze`: sections of a report on the terminal or as JSON, of all requests or of some. Publishes nothing. */
export async function analyze(paths: readonly string[], options: AnalyzeOptions): Promise<void> {
  const selection = selectionOf(options);
  // Over all days of the files there is no period to compare with.
  const sectionsOf = (setup: ReportSetup) => chosenSections(selection, setup, setup.period !== undefined);
  await localRun(withPaths(paths, options), {
    check: ({ config }) => checkNames(selection, config),
    sectionsOf: (setup) => sectionsOf(setup).map(({ id }) => id),
    async work(run) {
      const { setup, flow, ports, progress } = run;
      const { report, run_id, whole_input } = run.request;
      const period = await periodOfRun(run);
      const request = { report, period, whole_input, sections: sectionsOf(setup), filter: selection.filter, run_id };
      const analysis = await analyzeLake(flow, ports, request);
      progress.clear();
      const { endpoint, where } = options;
      const view = { limit: selection.limit, endpoint, where };
      process.stdout.write(
        setup.output === 'json'
          ? analysisJson(analysis, view)
          : analysisText(analysis, view, terminalOf(process.stdout, process.env)),
      );
    },
  });
}
