import { periodDays, periodName } from '../../text/format-period.ts';
import { BEST_EFFORT, qualityLines, runLine } from '../../text/quality.ts';
import type { MailContent } from './content.ts';

/** The mail as plain text: what its HTML says, in lines that need no columns. */
export function mailText(content: MailContent): string {
  const { record, title, page } = content;
  return [
    `${title}\n${periodName(record.period)} (${periodDays(record.period)}, compared with ${periodDays(record.period_before)}, UTC)`,
    `The whole report: ${page.url}`,
    figures(content),
    ...moved(content),
    ...pictures(content),
    ...changes(content),
    ...content.tables.map(table),
    heading('Data quality', [...qualityLines(record), BEST_EFFORT].join('\n')),
    heading('Cost of this run', runLine(record)),
    heading('Files', content.files.map(files).join('\n')),
    `Revision ${record.revision} of the report ${record.report}, made by Logtally.`,
  ]
    .join('\n\n')
    .concat('\n');
}

function heading(title: string, body: string): string {
  return `${title.toUpperCase()}\n${body}`;
}

function figures({ figures }: MailContent): string {
  return figures.map(({ title, shown, moved }) => `${title}: ${shown}  ${moved}`).join('\n');
}

function moved({ moved }: MailContent): string[] {
  return moved.length > 0 ? [heading('What moved', moved.map(({ text }) => `- ${text}`).join('\n'))] : [];
}

/** What the pictures of the HTML show. */
function pictures({ pictures }: MailContent): string[] {
  return pictures.length > 0 ? [heading('At a glance', pictures.map(({ summary }) => `- ${summary}`).join('\n'))] : [];
}

function changes({ changes }: MailContent): string[] {
  return changes.map(({ title, kinds }) =>
    heading(
      `What changed: ${title}`,
      kinds
        .map(({ kind, count, items }) =>
          [`${count} ${kind}`, ...items.map(({ name, figures }) => `- ${name}: ${figures}`)].join('\n'),
        )
        .join('\n'),
    ),
  );
}

function table({ title, headings, rows, count }: MailContent['tables'][number]): string {
  if (rows.length === 0) return heading(title, 'Nothing in this period.');
  const lines = rows.map(({ names, figures }) => {
    const labelled = figures.map((figure, index) => `${headings[index]} ${figure}`);
    return `- ${names.join(' | ')}\n  ${labelled.join(', ')}`;
  });
  return heading(`${title} (${count})`, lines.join('\n'));
}

function files({ title, links }: MailContent['files'][number]): string {
  return [title, ...links.map(({ name, size, url }) => `  ${[name, size].filter(Boolean).join(', ')}: ${url}`)].join(
    '\n',
  );
}
