import type { Column } from '../../model/columns.ts';
import type { Edition, FileRecord, SectionRecord } from '../../model/edition.ts';
import { numberOrZero, type Value } from '../../model/value.ts';
import { type Row, sectionRows } from '../../tables/rows.ts';
import { formatFigure, isFigure } from '../../text/format-value.ts';
import { ownerOf } from '../../text/owners.ts';
import { isByTime, rankingColumn } from '../../text/ranking.ts';
import type { SectionChart } from '../charts/section-charts.ts';
import { type Html, html } from '../html.ts';
import { cellOf, headingOf } from './cell.ts';
import { fitsBesideTable, renderCharts } from './charts.ts';

const ROWS_PRINTED = 15;
/** A table by day or hour is printed whole, up to the days of a quarter; its first 15 rows alone would mean little. */
const TIMES_PRINTED = 100;

/** One section: its description, its charts, its first rows, and links to the files with all rows. */
export function renderSection(edition: Edition, section: SectionRecord, charts: readonly SectionChart[]): Html {
  const rows = sectionRows(edition, section, rowsPrinted(section));
  return html`<section id="${section.id}">
  <h3>${section.title}</h3>
  <p class="description">${section.description}</p>
  <div${fitsBesideTable(charts) && html` class="side-by-side"`}>
  ${renderCharts(charts)}
  ${rows.length > 0 ? renderTable(edition, section, rows) : html`<p class="empty">Nothing in this period.</p>`}
  </div>
  ${rows.length > 0 && renderNote(section)}
  <p class="files">${rowCount(section, rows.length)} ${fileLinks(section)}</p>
</section>
`;
}

/** How many rows of a section the page holds as markup, for print and for browsers without scripts. */
export function rowsPrinted({ columns }: SectionRecord): number {
  return isByTime(columns) ? TIMES_PRINTED : ROWS_PRINTED;
}

/** Links to a section's files, which are in the same folder as the page, each with its size. */
export function fileLinks({ files }: SectionRecord): Html[] {
  return files.map(
    (file: FileRecord) =>
      html`<a href="./${encodeURIComponent(file.name)}">${file.name}</a> <small>${formatFigure(file.size_bytes, 'bytes').text}</small> `,
  );
}

/** The section's note, and what the mark on approximate columns means. */
export function renderNote({ columns, note }: SectionRecord): Html | false {
  const approximate = columns.some((column) => column.approximate);
  return (approximate || note !== undefined) && html`<p class="note">${approximate && '≈ approximate. '}${note}</p>`;
}

function rowCount({ rows }: SectionRecord, printed: number): Html {
  if (rows === 0) return html`No rows, in the files neither:`;
  const total = formatFigure(rows, 'count').text;
  const part = rows > printed && html`<span class="print-only">The first ${printed} of </span>`;
  return html`${part}${total} ${rows === 1 ? 'row' : 'rows'}, all of them in the files:`;
}

function renderTable(edition: Edition, section: SectionRecord, rows: readonly Row[]): Html {
  const ranking = rankingColumn(section, rows);
  const largest = ranking === undefined ? 0 : Math.max(...rows.map((row) => numberOrZero(row[ranking])));
  return html`<div class="table"><div class="scroll" role="region" aria-label="${section.title}" tabindex="0"><table>
    <thead><tr>${section.columns.map((column, index) => renderHeading(column, index === ranking))}</tr></thead>
    <tbody>${rows.map(
      (row) => html`
      <tr>${section.columns.map((column, index) =>
        renderCell(
          edition,
          column,
          row[index] ?? null,
          index,
          index === ranking ? share(row[index], largest) : undefined,
        ),
      )}</tr>`,
    )}
    </tbody>
  </table></div></div>`;
}

function share(value: Value | undefined, largest: number): string {
  return (largest > 0 ? Math.max(0, numberOrZero(value) / largest) : 0).toFixed(4);
}

function renderHeading(column: Column, ranks: boolean): Html {
  return html`<th scope="col"${isFigure(column) && html` class="figure"`}${ranks && html` data-ranking=""`}>${headingOf(column)}${column.approximate && html` <abbr title="approximate">≈</abbr>`}</th>`;
}

function renderCell({ record }: Edition, column: Column, value: Value, index: number, bar: string | undefined): Html {
  const { text, title, kind } = cellOf(value, column, ownerOf(record.owners, column.name, value));
  // Exact figures are short. Long texts are not repeated here: the script takes them from its data.
  const hover = kind === 'figure' && title !== undefined && html` title="${title}"`;
  if (bar !== undefined) return html`<td class="figure bar" style="--share:${bar}"${hover}>${text}</td>`;
  if (kind === 'figure') return html`<td class="figure"${hover}>${text}</td>`;
  const content = html`<bdi>${text}</bdi>`;
  return index === 0
    ? html`<th scope="row" class="${kind}">${content}</th>`
    : html`<td class="${kind}">${content}</td>`;
}
