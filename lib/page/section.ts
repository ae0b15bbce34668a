import type { Column } from '../columns.ts';
import type { Edition, FileRecord, SectionRecord } from '../edition.ts';
import { formatFigure, formatValue, isFigure, type Value } from '../text/format-value.ts';
import { isByTime, type Row, rankingColumn, sectionRows, size } from '../text/rows.ts';
import { shortenText } from '../text/visible-text.ts';
import { type Html, html } from './html.ts';

const ROWS_SHOWN = 25;
/** A table by day or hour is read whole: a quarter's days, where the first 25 would be a cut at random. */
const TIMES_SHOWN = 100;
const TEXT_SHOWN = 88;
const TITLE_SHOWN = 500;

/** One section: what it answers, the first rows, and links to the files with all of them. */
export function renderSection(edition: Edition, section: SectionRecord): Html {
  const rows = sectionRows(edition, section, isByTime(section.columns) ? TIMES_SHOWN : ROWS_SHOWN);
  return html`<section id="${section.id}">
  <h2>${section.title}</h2>
  <p class="answers">${section.answers}</p>
  ${rows.length > 0 ? [renderTable(section, rows), renderNote(section)] : html`<p class="empty">Nothing in this period.</p>`}
  <p class="files">${rowCount(section, rows.length)} ${fileLinks(section)}</p>
</section>
`;
}

/** Links to a section's files, which lie beside the page, each with its size. */
export function fileLinks({ files }: SectionRecord): Html[] {
  return files.map(
    (file: FileRecord) =>
      html`<a href="./${encodeURIComponent(file.name)}">${file.name}</a> <small>${formatFigure(file.size_bytes, 'bytes').text}</small> `,
  );
}

/** What to know of a section's figures, and what the mark on approximate columns means. */
export function renderNote({ columns, note }: SectionRecord): Html | false {
  const approximate = columns.some((column) => column.approximate);
  return (approximate || note !== undefined) && html`<p class="note">${approximate && '≈ approximate. '}${note}</p>`;
}

function rowCount({ rows }: SectionRecord, shown: number): string {
  const total = formatFigure(rows, 'count').text;
  if (rows > shown) return `The first ${shown} of ${total} rows, all of them in the files:`;
  return `${total} ${rows === 1 ? 'row' : 'rows'}, also as files:`;
}

function renderTable(section: SectionRecord, rows: readonly Row[]): Html {
  const ranking = rankingColumn(section, rows);
  const largest = ranking === undefined ? 0 : Math.max(...rows.map((row) => size(row[ranking])));
  return html`<div class="scroll" role="region" aria-label="${section.title}" tabindex="0"><table>
    <thead><tr>${section.columns.map(renderHeading)}</tr></thead>
    <tbody>${rows.map(
      (row) => html`
      <tr>${section.columns.map((column, index) =>
        index === ranking
          ? renderBar(row[index] ?? null, column, largest)
          : renderCell(row[index] ?? null, column, index),
      )}</tr>`,
    )}
    </tbody>
  </table></div>`;
}

function renderHeading(column: Column): Html {
  const utc = (column.type === 'timestamp' || column.unit === 'hour') && !column.title.includes('UTC');
  return html`<th scope="col"${isFigure(column) && html` class="figure"`}>${column.title}${utc && ' (UTC)'}${column.approximate && html` <abbr title="approximate">≈</abbr>`}</th>`;
}

function renderBar(value: Value, column: Column, largest: number): Html {
  const { text, exact } = formatValue(value, column);
  const share = largest > 0 ? Math.max(0, size(value) / largest) : 0;
  return html`<td class="figure bar" style="--share:${share.toFixed(4)}" title="${exact}">${text}</td>`;
}

function renderCell(value: Value, column: Column, index: number): Html {
  const { text, exact } = formatValue(value, column);
  if (isFigure(column)) return html`<td class="figure"${exact !== text && html` title="${exact}"`}>${text}</td>`;
  const full = text === exact ? shortenText(text, TITLE_SHOWN) : exact;
  const shown = shortenText(text, TEXT_SHOWN);
  const content = html`<bdi${full !== shown && html` title="${full}"`}>${shown}</bdi>`;
  const kind = value === null || value === '' ? 'absent' : column.type === 'varchar' ? 'text' : 'label';
  return index === 0
    ? html`<th scope="row" class="${kind}">${content}</th>`
    : html`<td class="${kind}">${content}</td>`;
}
