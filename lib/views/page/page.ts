import { createHash } from 'node:crypto';
import type { Edition, EditionRecord, SectionRecord } from '../../model/edition.ts';
import { withoutEmptyColumns } from '../../tables/rows.ts';
import { periodDays, periodName } from '../../text/format-period.ts';
import { formatValue } from '../../text/format-value.ts';
import { holdsLines } from '../../text/headline.ts';
import { engineName, runLine } from '../../text/quality.ts';
import { chartsOf, type SectionChart } from '../charts/section-charts.ts';
import { type Html, html, markupOf, trusted } from '../html.ts';
import { scriptJson, tableData } from './data.ts';
import { renderFindings } from './findings.ts';
import { renderHeadline, renderOverview } from './overview.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { qualityHint, renderQuality } from './quality.ts';
import { fileLinks, renderSection, rowsPrinted } from './section.ts';
import { STYLE } from './style.ts';

/**
 * The page loads nothing and runs only its own script: one file that works offline, from a disk or a signed link. Style
 * attributes are allowed, because bars and charts need them; they are harmless, since nothing can be loaded.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `script-src '${digest(PAGE_SCRIPT)}'`,
  `style-src '${digest(STYLE)}'`,
  "style-src-attr 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Size budget of the page without the headings of its tables, and the minimum reserved for table rows. */
const PAGE_BYTES = 1_900_000;
const MIN_ROWS_BYTES = 100_000;

/** Charts by the id of their section. */
type Charts = ReadonlyMap<string, SectionChart[]>;

/** An edition as one self-contained HTML page, `report.html`. It links to the edition's other files in the same folder. */
export function renderPage(whole: Edition): string {
  const charts: Charts = new Map(whole.record.sections.map((section) => [section.id, chartsOf(whole, section)]));
  const edition = withoutEmpty(whole);
  const { record } = edition;
  const name = periodName(record.period);
  const chartData = Object.fromEntries([...charts.values()].flat().map(({ id, data }) => [id, data]));
  const body = renderBody(edition, charts);
  const used_bytes = Buffer.byteLength(markupOf(body) + JSON.stringify(chartData) + PAGE_SCRIPT + STYLE);
  const tables = tableData(edition, rowsPrinted, Math.max(MIN_ROWS_BYTES, PAGE_BYTES - used_bytes));
  return markupOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${record.title}, ${name}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
${body}
<script type="application/json" id="data">${trusted(scriptJson({ tables, charts: chartData }))}</script>
<script>${trusted(PAGE_SCRIPT)}</script>
</body>
</html>
`);
}

/** All sections but the overview without their empty columns; the overview's figures are compared with the previous period. */
function withoutEmpty(edition: Edition): Edition {
  const sections = edition.record.sections.map((section) =>
    section.headline ? section : withoutEmptyColumns(edition, section),
  );
  return { ...edition, record: { ...edition.record, sections } };
}

function renderBody(edition: Edition, charts: Charts): Html {
  const { record } = edition;
  return html`<a class="skip" href="#report">To the report</a>
<header id="top">
  <p class="eyebrow">Access report</p>
  <h1><bdi>${record.title}</bdi></h1>
  <p class="period"><strong>${periodName(record.period)}</strong> <span>${periodDays(record.period)}, compared with ${periodDays(record.period_before)}. All times are UTC.</span></p>
</header>
<div class="frame">
${renderContents(record)}
<main id="report">
${!holdsLines(record.headline) && html`<p class="notice">No request was logged in this period.</p>`}
${renderHeadline(record)}
${qualityHint(record)}
${renderFindings(record.findings)}
${groupsOf(record.sections).map(([group, sections]) => renderGroup(edition, group, sections, charts))}
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
function groupsOf(sections: readonly SectionRecord[]): [string, SectionRecord[]][] {
  const groups = new Map<string, SectionRecord[]>();
  for (const section of sections) {
    const group = section.group ?? 'More';
    groups.set(group, [...(groups.get(group) ?? []), section]);
  }
  return [...groups];
}

function renderGroup(edition: Edition, group: string, sections: readonly SectionRecord[], charts: Charts): Html {
  return html`<h2 class="group-heading" id="${groupId(group)}">${group}</h2>
${sections.map((section) =>
  section.headline
    ? renderOverview(edition.record, section)
    : renderSection(edition, section, charts.get(section.id) ?? []),
)}`;
}

/** An id that no section can have, since ids of sections have no capital letters. */
function groupId(group: string): string {
  return `Group-${group.replaceAll(' ', '-')}`;
}

/** The table of contents by group; sections without rows are in italics. */
function renderContents({ sections, requests, findings }: EditionRecord): Html {
  const link = (id: string, title: string, empty = false) =>
    html`<li${empty && html` class="empty-section"`}><a href="#${id}">${title}</a></li>`;
  return html`<nav aria-label="Contents">
  <ul>
    ${findings.length > 0 && link('findings', 'What moved')}${groupsOf(sections).map(
      ([group, entries]) => html`
    <li><a class="group" href="#${groupId(group)}">${group}</a><ul>${entries.map(({ id, title, rows }) => link(id, title, rows === 0))}</ul></li>`,
    )}
    ${requests?.map(({ id, title }) => link(id, title))}${link('quality', 'Data quality')}
  </ul>
</nav>`;
}

function renderRequests(requests: SectionRecord): Html {
  return html`<section id="${requests.id}">
  <h3>${requests.title}</h3>
  <p class="description">${requests.description}</p>
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
