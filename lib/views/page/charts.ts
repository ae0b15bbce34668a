import type { ChartData } from '../charts/chart.ts';
import { drawChart } from '../charts/draw.ts';
import type { SectionChart } from '../charts/section-charts.ts';
import { chartSummary } from '../charts/summary.ts';
import { pageTheme } from '../charts/theme.ts';
import { type Html, html, trusted } from '../html.ts';

/** Widths in px: of a chart alone, of two charts side by side, and of a bar chart beside its table. */
const FULL_WIDTH = 900;
const HALF_WIDTH = 460;
const BESIDE_TABLE_WIDTH = 320;

/** A section's charts as SVG, for print and for browsers without scripts. The script replaces each with a live chart. */
export function renderCharts(charts: readonly SectionChart[]): Html | false {
  return (
    charts.length > 0 &&
    html`<div class="charts${charts.length > 1 && ' multiple'}">${charts.map(
      ({ id, data }) => html`
  <figure class="chart" id="${id}">
    <figcaption>${data.title}${captionNote(data)}</figcaption>
    <div class="still" role="img" aria-label="${chartSummary(data)}">${trusted(drawChart(data, pageTheme('inherit'), widthOf(charts), id))}</div>
  </figure>`,
    )}
</div>`
  );
}

/** True if the section's chart is narrow enough for the table to be beside it. */
export function fitsBesideTable(charts: readonly SectionChart[]): boolean {
  return charts.length === 1 && charts[0]?.data.kind === 'bars';
}

function widthOf(charts: readonly SectionChart[]): number {
  if (charts.length > 1) return HALF_WIDTH;
  return fitsBesideTable(charts) ? BESIDE_TABLE_WIDTH : FULL_WIDTH;
}

/** What a caption adds to the title: the time zone, or how many of the names are drawn. */
function captionNote({ x_domain, name_count = 0, labels }: ChartData): Html | false {
  if (x_domain === 'hour_of_day' || x_domain === 'hour') return html` <small>UTC</small>`;
  const isPart = name_count > labels.length;
  return isPart && html` <small>first ${labels.length} of ${name_count.toLocaleString('en-US')}</small>`;
}
