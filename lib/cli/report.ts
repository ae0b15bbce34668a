import { join } from 'node:path';
import { answerableSections } from '../report/section-scope.ts';
import { periodOfRun } from './days-of-files.ts';
import { localRun } from './local-run.ts';
import { openPage } from './open-page.ts';
import { type ReportOptions, withPaths } from './report-options.ts';
import { requireWritable } from './writable.ts';

/**
 * `logtally report`: an edition of a report from logs on this machine, written below the output folder. `paths` are more
 * logs for --input.
 */
export async function report(paths: readonly string[], options: ReportOptions): Promise<void> {
  await localRun(withPaths(paths, options), {
    check: ({ out }) => requireWritable(out, '--out'),
    sectionsOf: ({ config, report }) => answerableSections(config, report).map(({ id }) => id),
    async work(run) {
      // Charts, pictures and mails take longer to load than it takes to check the options.
      const { runReport } = await import('../report/run-report.ts');
      const { reportSummary } = await import('./summary.ts');
      const request = { ...run.request, period: await periodOfRun(run) };
      const reported = await runReport(run.flow, run.ports, request);
      run.progress.clear();
      process.stdout.write(await reportSummary(run, reported));
      if (options.open) await openPage(join(run.setup.out, reported.prefix, 'report.html'));
    },
  });
}
