import { join } from 'node:path';
import { runReport } from '../report/run-report.ts';
import { answerableSections } from '../report/section-scope.ts';
import { isUnread, localRun } from './local-run.ts';
import { openPage } from './open-page.ts';
import type { ReportOptions } from './report-options.ts';
import type { ReportSetup } from './report-setup.ts';
import { reportSummary } from './summary.ts';

/** `logtally report`: an edition of a report from logs on this machine, written below the output folder. */
export async function report(options: ReportOptions): Promise<void> {
  const sectionsOf = ({ config, report }: ReportSetup) => answerableSections(config, report).map(({ id }) => id);
  await localRun(options, sectionsOf, async (run) => {
    const reported = await runReport(run.flow, run.ports, run.request);
    run.progress.clear();
    process.stdout.write(await reportSummary(run, reported));
    if (options.open) await openPage(join(run.setup.out, reported.prefix, 'report.html'));
    if (isUnread(reported.record.sources)) process.exitCode = 1;
  });
}
