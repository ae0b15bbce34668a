import type { ChartData } from '../charts/chart.ts';
import { drawChart } from '../charts/draw.ts';
import type { Figure } from '../charts/figures.ts';
import { chartSummary } from '../charts/summary.ts';
import { pageLook } from '../charts/theme.ts';
import { type Html, html, trusted } from '../html.ts';

const WIDE = 900;
/** Two figures stand side by side. */
const HALF = 460;
/** Ranked bars stand beside their table. */
const NARROW = 320;

/** The charts drawn, for a browser without scripts and for paper; with scripts each gives way to one that answers. */
export function renderFigures(figures: readonly Figure[]): Html | false {
  const width = figures.length > 1 ? HALF : standsBeside(figures) ? NARROW : WIDE;
  return (
    figures.length > 0 &&
    html`<div class="charts${figures.length > 1 && ' several'}">${figures.map(
      ({ id, data }) => html`
  <figure class="chart" id="${id}">
    <figcaption>${data.title}${aside(data)}</figcaption>
    <div class="still" role="img" aria-label="${chartSummary(data)}">${trusted(drawChart(data, pageLook('inherit'), width, id))}</div>
  </figure>`,
    )}
</div>`
  );
}

/** True for charts that a table has room beside. */
export function standsBeside(figures: readonly Figure[]): boolean {
  return figures.length === 1 && figures[0]?.data.kind === 'bars';
}

function aside({ along, names = 0, labels }: ChartData): Html | false {
  if (along === 'hour' || along === 'time') return html` <small>UTC</small>`;
  return names > labels.length && html` <small>first ${labels.length} of ${names.toLocaleString('en-US')}</small>`;
}
