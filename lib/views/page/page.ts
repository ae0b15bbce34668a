import { createHash } from 'node:crypto';
import type { Edition, EditionRecord, SectionRecord } from '../../model/edition.ts';
import { periodDays, periodName } from '../../text/format-period.ts';
import { formatValue } from '../../text/format-value.ts';
import { holdsRequests } from '../../text/headline.ts';
import { engineName, runLine } from '../../text/quality.ts';
import { withoutEmptyColumns } from '../../text/rows.ts';
import { type Figure, figuresOf } from '../charts/figures.ts';
import { type Html, html, markupOf, trusted } from '../html.ts';
import { scriptJson, tableData } from './data.ts';
import { renderFindings } from './findings.ts';
import { renderHeadline, renderOverview } from './overview.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { qualityHint, renderQuality } from './quality.ts';
import { fileLinks, renderSection, rowsPrinted } from './section.ts';
import { STYLE } from './style.ts';

/**
 * Nothing is loaded, and nothing runs but this script: the page is one file that works offline, from a disk as from a
 * signed link. Attributes may set styles, since those of bars and charts differ; without anything to load they are tame.
 */
const POLICY = [
  "default-src 'none'",
  `script-src '${digest(PAGE_SCRIPT)}'`,
  `style-src '${digest(STYLE)}'`,
  "style-src-attr 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** What a page shall not exceed but for the headings of its tables, and what their rows have at least of it. */
const PAGE_BYTES = 1_900_000;
const LEAST_ROOM_BYTES = 100_000;

type Figures = ReadonlyMap<string, Figure[]>;

/** An edition as one self-contained HTML page, `report.html`. Its links lead to the edition's other files beside it. */
export function renderPage(whole: Edition): string {
  const figures = new Map(whole.record.sections.map((section) => [section.id, figuresOf(whole, section)]));
  const edition = withoutEmpty(whole);
  const { record } = edition;
  const name = periodName(record.period);
  const charts = Object.fromEntries([...figures.values()].flat().map(({ id, data }) => [id, data]));
  const body = renderBody(edition, figures);
  const taken =
    Buffer.byteLength(markupOf(body)) + JSON.stringify(charts).length + Buffer.byteLength(PAGE_SCRIPT) + STYLE.length;
  const tables = tableData(edition, rowsPrinted, Math.max(LEAST_ROOM_BYTES, PAGE_BYTES - taken));
  return markupOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${record.title}, ${name}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
${body}
<script type="application/json" id="data">${trusted(scriptJson({ tables, charts }))}</script>
<script>${trusted(PAGE_SCRIPT)}</script>
</body>
</html>
`);
}

/** The overview is one row, whose figures are chosen beside those of the period before. */
function withoutEmpty(edition: Edition): Edition {
  const sections = edition.record.sections.map((section) =>
    section.id === 'overview' ? section : withoutEmptyColumns(edition, section),
  );
  return { ...edition, record: { ...edition.record, sections } };
}

function renderBody(edition: Edition, figures: Figures): Html {
  const { record } = edition;
  return html`<a class="skip" href="#report">To the report</a>
<header id="top">
  <p class="kind">Access report</p>
  <h1><bdi>${record.title}</bdi></h1>
  <p class="period"><strong>${periodName(record.period)}</strong> <span>${periodDays(record.period)}, compared with ${periodDays(record.period_before)}. All times are UTC.</span></p>
</header>
<div class="frame">
${renderContents(record)}
<main id="report">
${!holdsRequests(record.headline) && html`<p class="notice">No request was logged in this period.</p>`}
${renderHeadline(record)}
${qualityHint(record)}
${renderFindings(record.findings)}
${chaptersOf(record.sections).map(([group, sections]) => renderChapter(edition, group, sections, figures))}
${record.requests?.map(renderRequests)}
${renderQuality(record)}
</main>
</div>
${renderFooter(record)}`;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** Sections by their group, in order. */
function chaptersOf(sections: readonly SectionRecord[]): [string, SectionRecord[]][] {
  const chapters = new Map<string, SectionRecord[]>();
  for (const section of sections) {
    const group = section.group ?? 'More';
    chapters.set(group, [...(chapters.get(group) ?? []), section]);
  }
  return [...chapters];
}

function renderChapter(edition: Edition, group: string, sections: readonly SectionRecord[], figures: Figures): Html {
  return html`<h2 class="chapter" id="${chapterId(group)}">${group}</h2>
${sections.map((section) =>
  section.id === 'overview'
    ? renderOverview(edition.record, section)
    : renderSection(edition, section, figures.get(section.id) ?? []),
)}`;
}

/** Sections may not be named so: their ids have no capital letters. */
function chapterId(group: string): string {
  return `Chapter-${group.replaceAll(' ', '-')}`;
}

/** The contents, chapter by chapter; sections without a row are dimmed. */
function renderContents({ sections, requests, findings }: EditionRecord): Html {
  const link = (id: string, title: string, empty = false) =>
    html`<li${empty && html` class="none"`}><a href="#${id}">${title}</a></li>`;
  return html`<nav aria-label="Contents">
  <ul>
    ${findings.length > 0 && link('moved', 'What moved')}${chaptersOf(sections).map(
      ([group, entries]) => html`
    <li><a class="group" href="#${chapterId(group)}">${group}</a><ul>${entries.map(({ id, title, rows }) => link(id, title, rows === 0))}</ul></li>`,
    )}
    ${requests?.map(({ id, title }) => link(id, title))}${link('quality', 'Data quality')}
  </ul>
</nav>`;
}

function renderRequests(requests: SectionRecord): Html {
  return html`<section id="${requests.id}">
  <h3>${requests.title}</h3>
  <p class="answers">${requests.answers}</p>
  ${requests.note && html`<p class="note">${requests.note}</p>`}
  <p class="files">${fileLinks(requests)}</p>
</section>`;
}

function renderFooter(record: EditionRecord): Html {
  const published = formatValue(Date.parse(record.published_at), { type: 'timestamp' }).text;
  return html`<footer>
  <p>${runLine(record)} <span class="aside">Revision ${record.revision}, published ${published} UTC, report <bdi>${record.report}</bdi>, engine ${engineName(record.engine)}.</span></p>
  <p><a href="edition.json">edition.json</a> lists every file of this edition with its size and SHA-256. <a href="#top">Back to top</a></p>
</footer>`;
}
