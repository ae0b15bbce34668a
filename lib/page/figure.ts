import type { Chart, ChartData } from '../charts/chart.ts';
import { chartData } from '../charts/data.ts';
import { drawChart } from '../charts/draw.ts';
import { pageLook } from '../charts/look.ts';
import { chartSummary } from '../charts/summary.ts';
import type { Edition, SectionRecord } from '../edition.ts';
import { rowObjects } from '../text/rows.ts';
import { type Html, html, trusted } from './html.ts';

const WIDE = 900;
/** Two figures stand side by side. */
const HALF = 460;
/** Ranked bars stand beside their table. */
const NARROW = 320;

/** A drawn chart of a section and the data behind it. */
export interface Figure {
  id: string;
  data: ChartData;
}

/** The charts of a section that have something to show. */
export function figuresOf({ tables, record }: Edition, section: SectionRecord): Figure[] {
  const table = tables.get(section.id);
  if (!section.charts || !table) return [];
  const { period, period_before, names } = record;
  const rows = rowObjects(table, section.columns);
  const material = { columns: section.columns, rows, before: section.before, period, period_before, names };
  return section.charts.flatMap((chart: Chart, index) => {
    const data = chartData(chart, material);
    return data ? [{ id: `${section.id}-chart-${index + 1}`, data }] : [];
  });
}

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
  if (along === 'hour') return html` <small>UTC</small>`;
  return names > labels.length && html` <small>first ${labels.length} of ${names.toLocaleString('en-US')}</small>`;
}
