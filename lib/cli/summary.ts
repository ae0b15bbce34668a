import { styleText } from 'node:util';
import type { Delivery } from '../deliver-edition.ts';
import type { Produced, StepRecord } from '../produce-edition.ts';
import { formatChange } from '../text/format-change.ts';
import { periodDays, periodName } from '../text/format-period.ts';
import { hasPeriodBefore, holdsRequests, leadingFigures } from '../text/headline.ts';
import { qualityLines, runLine } from '../text/quality.ts';
import { visibleText } from '../text/visible-text.ts';

interface Removed {
  paths: string[];
  dry: boolean;
}

/** What a person sees at the end of `logtally report`. */
export function reportSummary(
  { record, changed }: Produced,
  delivery: Delivery,
  folder: string,
  removed?: Removed,
): string {
  const title = styleText('bold', `${visibleText(record.title)}, ${periodName(record.period)}`, {
    stream: process.stdout,
  });
  const figures = holdsRequests(record.headline)
    ? figureLines(record)
    : [`No request was logged from ${record.period.from} to ${record.period.to}.`];
  const revision = changed
    ? `revision ${record.revision}`
    : `revision ${record.revision}, unchanged: the rows are the same`;
  return [
    '',
    `${title}  ${dim(periodDays(record.period))}`,
    '',
    ...figures,
    '',
    ...qualityLines(record),
    runLine(record),
    '',
    `Wrote ${record.sections.length} sections as Parquet and CSV, the page, the mail and edition.json (${revision}).`,
    ...(delivery.mail === 'written' ? [] : [`Mail: ${delivery.mail}.`]),
    ...(removed ? removedLines(removed) : []),
    '',
    `  ${folder}report.html   ${dim('open it in a browser')}`,
    `  ${folder}mail.eml      ${dim('the same as a mail')}`,
    '',
  ].join('\n');
}

/** The same for machines: one JSON object. */
export function summaryJson(
  produced: Produced,
  delivery: Delivery,
  folder: string,
  steps: readonly StepRecord[],
  removed?: Removed,
): string {
  const { record, changed } = produced;
  return `${JSON.stringify({ folder, changed, mail: delivery.mail, duration_ms: record.duration_ms, steps, removed, edition: record })}\n`;
}

function figureLines(record: Produced['record']): string[] {
  const figures = leadingFigures(record);
  const width = Math.max(...figures.map(({ title }) => title.length));
  const size = Math.max(...figures.map(({ now }) => now.text.length));
  return figures.map(({ title, now, change }) => {
    const moved = change && hasPeriodBefore(record) ? dim(formatChange(change)) : '';
    return `  ${title.padEnd(width)}  ${now.text.padStart(size)}  ${moved}`.trimEnd();
  });
}

function removedLines({ paths, dry }: Removed): string[] {
  const verb = dry ? 'Would remove' : 'Removed';
  return [
    `${verb} ${paths.length} original logs${dry && paths.length > 0 ? ':' : '.'}`,
    ...(dry ? paths.map((path) => `  ${visibleText(path)}`) : []),
  ];
}

function dim(text: string): string {
  return styleText('dim', text, { stream: process.stdout });
}
