import { join } from 'node:path';
import type { Edition, EditionRecord } from '../model/edition.ts';
import { readTables } from '../report/edition-store.ts';
import type { ReportRun } from '../report/run-report.ts';
import { qualityLines, runLine } from '../text/quality.ts';
import { visibleText } from '../text/visible-text.ts';
import { wrap } from '../views/terminal/cell.ts';
import { editionLines } from '../views/terminal/edition.ts';
import { styleOf } from '../views/terminal/style.ts';
import { type Terminal, terminalOf } from '../views/terminal/terminal.ts';
import type { LocalRun } from './local-run.ts';

/** What `logtally report` prints when it is done: a summary for people, or with --output json one object. */
export async function reportSummary(run: LocalRun, reported: ReportRun): Promise<string> {
  if (run.setup.output === 'json') return summaryJson(run, reported);
  const { record, prefix } = reported;
  const sections = record.sections.filter(({ terminal }) => terminal);
  const tables = await readTables(run.ports.editions, prefix, { ...record, sections });
  return summaryText(run, reported, { record, tables }, terminalOf(process.stdout, process.env));
}

function summaryText(
  { setup, request, removed }: LocalRun,
  { record, prefix, outcome, mail }: ReportRun,
  edition: Edition,
  terminal: Terminal,
): string {
  const folder = join(setup.out, prefix);
  const style = styleOf(terminal.color);
  const paragraph = (lines: string[]) => lines.flatMap((line) => wrap(line, terminal.width));
  return [
    '',
    ...editionLines(edition, terminal),
    '',
    ...paragraph([...qualityLines(record), runLine(record)]).map((line) => style('dim', line)),
    '',
    ...paragraph([outcomeLine(record, outcome), ...(mail === 'written' ? [] : [`Mail: ${mail}.`])]),
    ...(request.remove_original_logs ? removedLines(removed, setup.dry_run) : []),
    '',
    // People copy a path, so it stays whole on its own line.
    `  ${style('bold', visibleText(`${folder}report.html`))}`,
    `  ${visibleText(`${folder}mail.eml`)}`,
    '',
  ].join('\n');
}

function outcomeLine({ sections, revision }: EditionRecord, outcome: ReportRun['outcome']): string {
  if (outcome === 'up_to_date') {
    return `Up to date: logs and settings have not changed since revision ${revision}, so nothing was written.`;
  }
  const unchanged = outcome === 'unchanged' ? ', unchanged: the rows are the same' : '';
  return `Wrote ${sections.length} sections as Parquet and CSV, the page, the mail and edition.json (revision ${revision}${unchanged}).`;
}

function summaryJson({ setup, request, steps, removed }: LocalRun, reported: ReportRun): string {
  const { record, prefix, outcome, mail } = reported;
  const summary = {
    folder: join(setup.out, prefix),
    outcome,
    changed: outcome === 'published',
    mail,
    duration_ms: record.duration_ms,
    steps,
    ...(request.remove_original_logs && { removed: { paths: removed, dry: setup.dry_run } }),
    edition: record,
  };
  return `${JSON.stringify(summary)}\n`;
}

function removedLines(paths: readonly string[], dry_run: boolean): string[] {
  const verb = dry_run ? 'Would remove' : 'Removed';
  const list = dry_run ? paths.map((path) => `  ${visibleText(path)}`) : [];
  return [`${verb} ${paths.length} original logs${list.length > 0 ? ':' : '.'}`, ...list];
}
