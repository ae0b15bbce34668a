import type { Edition, EditionRecord } from '../edition.ts';
import { periodDays, periodName } from '../text/format-period.ts';
import { formatValue } from '../text/format-value.ts';
import { holdsRequests } from '../text/headline.ts';
import { engineName, runLine } from '../text/quality.ts';
import { type Html, html, markupOf, trusted } from './html.ts';
import { renderFigures, renderOverview } from './overview.ts';
import { renderQuality } from './quality.ts';
import { fileLinks, renderSection } from './section.ts';
import { STYLE } from './style.ts';

/** Nothing is loaded and nothing runs: the page is one file that works offline, from a disk as from a signed link. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** An edition as one self-contained HTML page, `report.html`. Its links lead to the edition's other files beside it. */
export function renderPage(edition: Edition): string {
  const { record } = edition;
  const name = periodName(record.period);
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
<header id="top">
  <p class="kind">Access report</p>
  <h1><bdi>${record.title}</bdi></h1>
  <p class="period"><strong>${name}</strong> <span>${periodDays(record.period)}, compared with ${periodDays(record.period_before)}. All times are UTC.</span></p>
</header>
<main>
<div class="lead">
${!holdsRequests(record.headline) && html`<p class="notice">No request was logged in this period.</p>`}
${renderFigures(record)}
</div>
${renderContents(record)}
<div class="sections">
${renderQuality(record)}
${record.sections.map((section) => (section.id === 'overview' ? renderOverview(record, section) : renderSection(edition, section)))}
${record.requests && renderRequests(record.requests)}
</div>
</main>
${renderFooter(record)}
</body>
</html>
`);
}

/** The contents, chapter by chapter; sections without a row are dimmed. */
function renderContents({ sections, requests }: EditionRecord): Html {
  const entries = requests ? [...sections, { ...requests, id: 'requests' }] : sections;
  return html`<nav aria-label="Contents">
  <ol>
    <li><a href="#quality">Data quality</a></li>
    ${entries.map(
      ({ id, title, rows, group }, index) => html`<li${rows === 0 && html` class="none"`}>${
        group !== entries[index - 1]?.group && html`<b>${group ?? 'More'}</b>`
      }<a href="#${id}">${title}</a></li>
    `,
    )}
  </ol>
</nav>`;
}

function renderRequests(requests: NonNullable<EditionRecord['requests']>): Html {
  return html`<section id="requests">
  <h2>${requests.title}</h2>
  <p class="answers">${requests.answers}</p>
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
