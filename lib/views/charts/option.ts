import type { LegendComponentOption } from 'echarts/components';
import { barChart } from './bar-chart.ts';
import type { ChartData } from './chart.ts';
import { TEXT_SIZE } from './dimensions.ts';
import type { ChartOption } from './echarts-option.ts';
import { heatmap } from './heatmap.ts';
import { rangePlot } from './range-plot.ts';
import type { Theme } from './theme.ts';
import { timeSeries } from './time-series.ts';

/** The ECharts option for a chart: the same for the page, for pictures in mails and for dashboards. `width` is in px. */
export function chartOption(data: ChartData, theme: Theme, width: number): ChartOption {
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: theme.font, fontSize: TEXT_SIZE, color: theme.muted },
    ...(data.series.length > 1 && data.kind !== 'heatmap' ? { legend: legend(data, theme) } : {}),
    ...plot(data, theme, width),
  };
}

/** Axes and series, by the kind of chart. */
function plot(data: ChartData, theme: Theme, width: number): ChartOption {
  switch (data.kind) {
    case 'line':
    case 'columns':
      return timeSeries(data, theme, width);
    case 'bars':
      return barChart(data, theme, width);
    case 'percentiles':
      return rangePlot(data, theme, width);
    case 'heatmap':
      return heatmap(data, theme);
  }
}

function legend({ series }: ChartData, theme: Theme): LegendComponentOption {
  return {
    left: 0,
    top: 0,
    icon: 'roundRect',
    itemWidth: 14,
    itemHeight: 4,
    itemGap: 16,
    padding: [4, 0],
    textStyle: { color: theme.muted, fontSize: TEXT_SIZE },
    inactiveColor: theme.border,
    data: series.map(({ name }) => name),
  };
}
