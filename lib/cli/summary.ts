import type { Edition } from '../model/edition.ts';
import type { Delivery } from '../report/deliver-edition.ts';
import type { Produced, StepRecord } from '../report/ports.ts';
import { qualityLines, runLine } from '../text/quality.ts';
import { visibleText } from '../text/visible-text.ts';
import { wrap } from '../views/terminal/cell.ts';
import { editionLines } from '../views/terminal/edition.ts';
import { styleOf } from '../views/terminal/style.ts';
import type { Terminal } from '../views/terminal/terminal.ts';

export interface Removed {
  paths: string[];
  dry: boolean;
}

/** How a run ended, beside the edition itself. */
export interface Outcome {
  changed: boolean;
  /** False when the edition stood there already. */
  made: boolean;
  delivery: Delivery;
  /** The edition's folder, ending in a slash. */
  folder: string;
  removed?: Removed | undefined;
}

/** What a person sees at the end of `logtally report`. */
export function reportSummary(
  edition: Edition,
  { changed, made, delivery, folder, removed }: Outcome,
  terminal: Terminal,
) {
  const { record } = edition;
  const style = styleOf(terminal.color);
  const unchanged = changed ? '' : ', unchanged: the rows are the same';
  const written = made
    ? `Wrote ${record.sections.length} sections as Parquet and CSV, the page, the mail and edition.json (revision ${record.revision}${unchanged}).`
    : `Nothing to do: the edition of these very logs and settings stands (revision ${record.revision}).`;
  const paragraph = (lines: string[]) => lines.flatMap((line) => wrap(line, terminal.width));
  return [
    '',
    ...editionLines(edition, terminal),
    '',
    ...paragraph([...qualityLines(record), runLine(record)]).map((line) => style('dim', line)),
    '',
    ...paragraph([written, ...(delivery.mail === 'written' ? [] : [`Mail: ${delivery.mail}.`])]),
    ...(removed ? removedLines(removed) : []),
    '',
    // A path is for copying, so it stays whole on a line of its own.
    `  ${style('bold', visibleText(`${folder}report.html`))}`,
    `  ${visibleText(`${folder}mail.eml`)}`,
    '',
  ].join('\n');
}

/** The same for machines: one JSON object. */
export function summaryJson(
  { record, changed }: Produced,
  { delivery, folder, removed }: Outcome,
  steps: readonly StepRecord[],
) {
  return `${JSON.stringify({ folder, changed, mail: delivery.mail, duration_ms: record.duration_ms, steps, removed, edition: record })}\n`;
}

function removedLines({ paths, dry }: Removed): string[] {
  const verb = dry ? 'Would remove' : 'Removed';
  return [
    `${verb} ${paths.length} original logs${dry && paths.length > 0 ? ':' : '.'}`,
    ...(dry ? paths.map((path) => `  ${visibleText(path)}`) : []),
  ];
}
