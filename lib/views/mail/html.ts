import { periodDays, periodName } from '../../text/format-period.ts';
import type { HeadlineFigure } from '../../text/headline.ts';
import { BEST_EFFORT, qualityLines, runLine } from '../../text/quality.ts';
import { type Html, html, markupOf, trusted } from '../html.ts';
import type { ChangeList } from './changes.ts';
import type { MailAttachment, MailContent, MailLinks } from './content.ts';
import { type MailPicture, PICTURE_WIDTH } from './pictures.ts';
import type { MailTable } from './tables.ts';

/**
 * Mail programs keep little more than tables and inline styles. Those that also read the style sheet get dark mode and
 * narrow margins on phones.
 */
const FONT_FAMILY = "'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const FONT = `font-family:${FONT_FAMILY}`;
const TEXT = 'color:#1b2024';
const MUTED = 'color:#5d676f';
const ACCENT = 'color:#0c6b62';
const BORDER = 'border-top:1px solid #e4e6e3';
const SMALL = `font:13px/1.45 ${FONT_FAMILY}`;
const EYEBROW = `margin:0;${FONT};font-size:12px;font-weight:600;letter-spacing:1px;text-transform:uppercase;${ACCENT}`;
const TITLE = `margin:4px 0 6px;${FONT};font-size:26px;line-height:1.2;font-weight:600;word-break:break-word;${TEXT}`;
const BUTTON =
  'display:inline-block;padding:10px 18px;border-radius:6px;background:#0c6b62;color:#ffffff;' +
  `${FONT};font-size:14px;font-weight:600;text-decoration:none`;
/** Gmail cuts a mail's HTML at 102 kB, and each signed link is long. */
const MAX_LINKS = 100;
/** Attributes of a table without the spacing and borders that mail programs would add. */
const PLAIN_TABLE = trusted('width="100%" cellpadding="0" cellspacing="0" border="0"');
/** The column that holds everything. Outlook reads only the width attribute, other programs the style. */
const CONTENT_TABLE = trusted(
  'width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;table-layout:fixed"',
);

const STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) { .pad { padding-left: 16px !important; padding-right: 16px !important; } .value { font-size: 20px !important; } }
@media (prefers-color-scheme: dark) {
  .background { background: #191d1f !important; }
  .text { color: #e6e9ea !important; } .muted, .neutral { color: #98a3aa !important; } .accent { color: #6fd0c0 !important; }
  .worse { color: #f0a07c !important; } .better { color: #8bd3a6 !important; }
  .border { border-color: #2a3034 !important; }
  .light { display: none !important; } .dark { display: block !important; max-height: none !important; }
  .button { background: #6fd0c0 !important; color: #191d1f !important; }
}`;

/**
 * The mail as HTML: one column of at most 600 px that loads nothing from elsewhere. `contentId` gives the Content-ID of
 * the attached picture with a name.
 */
export function mailHtml(content: MailContent, contentId: (name: string) => string): string {
  const { record, title, fact, access } = content;
  return markupOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body class="background" style="margin:0;padding:0;background:#ffffff">
<div style="display:none;max-height:0;overflow:hidden">${fact}</div>
<table role="presentation" class="background" ${PLAIN_TABLE} style="background:#ffffff"><tr><td align="center">
<table role="presentation" class="background" ${CONTENT_TABLE}><tr>
<td class="pad" style="padding:32px 24px 40px;text-align:left">
<p class="accent" style="${EYEBROW}">Access report</p>
<h1 class="text" style="${TITLE}"><bdi>${title}</bdi></h1>
<p class="muted" style="margin:0;${FONT};font-size:14px;line-height:1.5;${MUTED}">
<strong class="text" style="${TEXT}">${periodName(record.period)}</strong><br>
${periodDays(record.period)}, compared with ${periodDays(record.period_before)}, UTC</p>
${renderFigures(content)}
${'page' in access ? renderButton(access) : renderAttached(access)}
${renderFindings(content)}
${content.pictures.map((picture) => renderPicture(picture, contentId))}
${content.changes.map(renderChanges)}
${content.tables.map(renderTable)}
${renderHeading('Data quality')}
${[...qualityLines(record), BEST_EFFORT].map(renderLine)}
${renderHeading('Cost of this run')}
${renderLine(runLine(record))}
${renderHeading('Files')}
<p class="muted" style="margin:0;${SMALL};line-height:1.8;${MUTED}">${'page' in access ? renderFiles(access) : renderFolder(access)}</p>
<p class="muted border" style="margin:28px 0 0;padding-top:14px;${BORDER};${SMALL};${MUTED}">
Revision ${record.revision} of the report <bdi>${record.report}</bdi>, made by Logtally.</p>
</td></tr></table>
</td></tr></table>
</body>
</html>
`);
}

function renderHeading(text: string): Html {
  return html`<h2 class="text" style="margin:32px 0 6px;${FONT};font-size:17px;line-height:1.3;font-weight:600;${TEXT}">${text}</h2>`;
}

function renderLine(text: string): Html {
  return html`<p class="muted" style="margin:0 0 6px;${SMALL};word-break:break-word;${MUTED}"><bdi>${text}</bdi></p>
`;
}

/** Two figures per row. */
function renderFigures({ figures }: MailContent): Html {
  const pairs = figures.flatMap((figure, index) => (index % 2 === 0 ? [[figure, figures[index + 1]]] : []));
  return html`<table role="presentation" ${PLAIN_TABLE} style="margin-top:14px">
${pairs.map(
  (pair) => html`<tr>${pair.map(renderFigure)}</tr>
`,
)}</table>`;
}

function renderFigure(figure: HeadlineFigure | undefined): Html {
  const style = trusted('width="50%" valign="top" style="padding:12px 12px 0 0"');
  if (!figure) return html`<td ${style}></td>`;
  const { title, shown, change_text, sentiment } = figure;
  const color = { worse: 'color:#a8431f', better: 'color:#24724a', neutral: MUTED }[sentiment];
  return html`<td ${style}>
<div class="muted" style="${SMALL};${MUTED}">${title}</div>
<div class="text value" style="${FONT};font-size:24px;line-height:1.25;font-weight:600;${TEXT}">${shown}</div>
<div class="${sentiment}" style="${SMALL};${color}">${change_text}</div>
</td>`;
}

function renderFindings({ findings }: MailContent): Html | false {
  const style = `padding:8px 0;${BORDER};${FONT};font-size:14px;line-height:1.5;word-break:break-word;${TEXT}`;
  return (
    findings.length > 0 &&
    html`${renderHeading('What moved')}
<table ${PLAIN_TABLE}>
${findings.map(
  ({ text }) => html`<tr><td class="text border" style="${style}"><bdi>${text}</bdi></td></tr>
`,
)}</table>`
  );
}

/** A light and a dark picture. A mail program shows one of them; without dark mode the second stays hidden. */
function renderPicture(
  { name, heading, summary, peaks, height }: MailPicture,
  contentId: (name: string) => string,
): Html {
  const size = trusted(`width="${PICTURE_WIDTH}" height="${height}"`);
  const style = `width:100%;max-width:${PICTURE_WIDTH}px;height:auto;border:0`;
  return html`${renderHeading(heading)}
<img class="light" src="cid:${contentId(name)}" alt="${summary}" ${size} style="display:block;${style}">
<div class="dark" style="display:none;max-height:0;overflow:hidden;mso-hide:all"><img src="cid:${contentId(`${name}-dark`)}" alt="${summary}" ${size} style="${style}"></div>
<p class="muted" style="margin:6px 0 0;${SMALL};word-break:break-word;${MUTED}"><bdi>${peaks}</bdi></p>
`;
}

function renderChanges({ title, kinds }: ChangeList): Html {
  return html`${renderHeading(`What changed: ${title}`)}
<table ${PLAIN_TABLE}>
${kinds.map(renderKind)}</table>`;
}

function renderKind({ kind, count, items }: ChangeList['kinds'][number]): Html {
  const heading = `padding:8px 10px 8px 0;${BORDER};${SMALL};font-weight:600;${TEXT}`;
  return html`<tr>
<th class="text border" scope="row" align="left" valign="top" width="72" style="${heading}">${count} ${kind}</th>
<td class="border" style="padding:8px 0 2px;${BORDER}">${items.map(
    ({ name, figures }) => html`<div style="padding-bottom:6px">
<bdi class="text" style="${SMALL};word-break:break-all;${TEXT}">${name}</bdi><br>
<span class="muted" style="${SMALL};${MUTED}">${figures}</span></div>`,
  )}</td>
</tr>
`;
}

function renderTable({ title, headings, rows, count }: MailTable): Html {
  if (rows.length === 0) return html`${renderHeading(title)}${renderLine('Nothing in this period.')}`;
  const style = `padding:4px 0 6px 10px;${SMALL};font-size:12px;font-weight:400;${MUTED}`;
  return html`${renderHeading(title)}
<table ${PLAIN_TABLE}>
<tr><th class="muted" scope="col" align="left" valign="bottom" style="${style};padding-left:0">${count}</th>${headings.map(
    (heading) => html`<th class="muted" scope="col" align="right" valign="bottom" style="${style}">${heading}</th>`,
  )}</tr>
${rows.map(renderRow)}</table>`;
}

function renderRow({ names, figures }: MailTable['rows'][number]): Html {
  const name = (text: string, index: number) => {
    const [className, color] = index === 0 ? ['text', TEXT] : ['muted', MUTED];
    return html`<bdi class="${className}" style="display:block;${SMALL};word-break:break-all;${color}">${text}</bdi>`;
  };
  const style = `padding:7px 0 7px 10px;${BORDER};${SMALL};white-space:nowrap;${TEXT}`;
  return html`<tr><td class="border" valign="top" style="padding:7px 0;${BORDER}">${names.map(name)}</td>
${figures.map((figure) => html`<td class="text border" align="right" valign="top" style="${style}">${figure}</td>`)}</tr>
`;
}

function renderButton({ page }: MailLinks): Html {
  return html`<p style="margin:24px 0 0"><a class="button" href="${page.url}" style="${BUTTON}">Open the whole report</a></p>`;
}

function renderAttached({ attached }: MailAttachment): Html {
  return html`<p class="text" style="margin:24px 0 0;${FONT};font-size:14px;font-weight:600;${TEXT}">The whole report is attached: ${attached}</p>`;
}

function renderFolder({ folder }: MailAttachment): Html {
  return html`Parquet and CSV are in <bdi style="word-break:break-all">${folder}</bdi>`;
}

function renderFiles({ files }: MailLinks): Html {
  const count = files.reduce((sum, { links }) => sum + links.length, 0);
  if (count <= MAX_LINKS) return html`${files.map(renderLinks)}`;
  const withoutParquet = files.map(({ title, links }) => ({
    title,
    links: links.filter(({ name }) => !name.endsWith('.parquet')),
  }));
  return html`${withoutParquet.map(renderLinks)}The report links to the same as Parquet.`;
}

/** The title of the section and the types of its files as links: `By day parquet csv.gz`. */
function renderLinks({ title, links }: MailLinks['files'][number]): Html {
  return html`${title} ${links.map(
    ({ name, url }) =>
      html`<a class="accent" href="${url}" style="${ACCENT}">${name.slice(name.indexOf('.') + 1)}</a> `,
  )}<br>
`;
}
