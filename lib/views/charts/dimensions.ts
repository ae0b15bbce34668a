import type { BarSeriesOption, CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { ChartData } from './chart.ts';

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | CustomSeriesOption
  | LineSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | TooltipComponentOption
>;

export const TEXT_SIZE = 12;
export const LEGEND_HEIGHT = 30;
/** The plot shrinks so that its labels stay inside. */
export const WITH_LABELS = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } as const;
/** Room for a name and what stands below it. */
const BAR_PITCH = 38;
const SPAN_PITCH = 42;

/** How tall a chart is drawn, in px. */
export function chartHeight({ kind, labels, series }: ChartData): number {
  const legend = series.length > 1 ? LEGEND_HEIGHT : 0;
  if (kind === 'bars') return labels.length * BAR_PITCH + legend + 12;
  if (kind === 'percentiles') return labels.length * SPAN_PITCH + legend + 34;
  if (kind === 'heatmap') return series.length * 24 + 40;
  return 220;
}
