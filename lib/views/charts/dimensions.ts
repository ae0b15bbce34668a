import type { ChartData } from './chart.ts';

/** All sizes of charts are in CSS px. */
export const TEXT_SIZE = 12;
export const LEGEND_HEIGHT = 30;

/** Height of one bar with the name above it, and of one row of a range plot. */
const BAR_PITCH = 38;
const RANGE_PITCH = 42;
const HEATMAP_ROW = 24;
const TIME_SERIES_HEIGHT = 220;

/** Height of a chart, in px. */
export function chartHeight({ kind, labels, series }: ChartData): number {
  const legend = series.length > 1 ? LEGEND_HEIGHT : 0;
  switch (kind) {
    case 'bars':
      return labels.length * BAR_PITCH + legend + 12;
    case 'percentiles':
      return labels.length * RANGE_PITCH + legend + 34;
    case 'heatmap':
      return series.length * HEATMAP_ROW + 40;
    default:
      return TIME_SERIES_HEIGHT;
  }
}
