import type { Chart } from '../../model/chart.ts';
import type { Edition, SectionRecord } from '../../model/edition.ts';
import { rowObjects } from '../../tables/rows.ts';
import type { ChartData } from './chart.ts';
import { chartData } from './data.ts';

/** A chart of a section and the data it shows. */
export interface SectionChart {
  /** Unique within the edition: `by-day-chart-1`. */
  id: string;
  chart: Chart;
  data: ChartData;
}

/** The charts of a section that have something to show. */
export function chartsOf({ tables, record }: Edition, section: SectionRecord): SectionChart[] {
  const table = tables.get(section.id);
  if (!section.charts || !table) return [];
  const { period, period_before, owners } = record;
  const rows = rowObjects(table, section.columns);
  const material = { columns: section.columns, rows, before: section.before, period, period_before, owners };
  return section.charts.flatMap((chart, index) => {
    const data = chartData(chart, material);
    return data ? [{ id: `${section.id}-chart-${index + 1}`, chart, data }] : [];
  });
}
