import { periodDays, periodName } from '../../text/format-period.ts';
import { BEST_EFFORT, qualityLines, runLine } from '../../text/quality.ts';
import type { MailContent, MailLinks } from './content.ts';

/** The mail as plain text: the same content as its HTML, without columns. */
export function mailText(content: MailContent): string {
  const { record, title, access } = content;
  return [
    `${title}\n${periodName(record.period)} (${periodDays(record.period)}, compared with ${periodDays(record.period_before)}, UTC)`,
    'page' in access ? `The whole report: ${access.page.url}` : `The whole report is attached: ${access.attached}`,
    figures(content),
    ...findings(content),
    ...pictures(content),
    ...changes(content),
    ...content.tables.map(table),
    heading('Data quality', [...qualityLines(record), BEST_EFFORT].join('\n')),
    heading('Cost of this run', runLine(record)),
    heading('Files', 'page' in access ? access.files.map(files).join('\n') : `Parquet and CSV are in ${access.folder}`),
    `Revision ${record.revision} of the report ${record.report}, made by Logtally.`,
  ]
    .join('\n\n')
    .concat('\n');
}

function heading(title: string, body: string): string {
  return `${title.toUpperCase()}\n${body}`;
}

function figures({ figures }: MailContent): string {
  return figures.map(({ title, shown, change_text }) => `${title}: ${shown}  ${change_text}`).join('\n');
}

function findings({ findings }: MailContent): string[] {
  return findings.length > 0 ? [heading('What moved', findings.map(({ text }) => `- ${text}`).join('\n'))] : [];
}

/** What the pictures of the HTML show, in words. */
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

function files({ title, links }: MailLinks['files'][number]): string {
  return [title, ...links.map(({ name, size, url }) => `  ${[name, size].filter(Boolean).join(', ')}: ${url}`)].join(
    '\n',
  );
}
