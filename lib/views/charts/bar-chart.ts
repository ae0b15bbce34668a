import { formatFigure } from '../../text/format-value.ts';
import { categoryAxis } from './category-axis.ts';
import type { ChartData } from './chart.ts';
import { LEGEND_HEIGHT } from './dimensions.ts';
import type { ChartOption } from './echarts-option.ts';
import type { Theme } from './theme.ts';

/** Horizontal bars, stacked if there are several series. Each name is above its bar and each total at the right edge. */
export function barChart(data: ChartData, theme: Theme, width: number): ChartOption {
  const { labels, series, unit } = data;
  const sums = (part: (value: number) => number) =>
    labels.map((_, at) => series.reduce((sum, { values }) => sum + part(values[at] ?? 0), 0));
  const totals = sums((value) => value);
  const ends = [...sums((value) => Math.max(0, value)), ...sums((value) => Math.min(0, value))];
  return {
    grid: { left: 1, right: 1, top: (series.length > 1 ? LEGEND_HEIGHT : 0) + 8, bottom: 0 },
    xAxis: { type: 'value', show: false, min: Math.min(0, ...ends), max: Math.max(0, ...ends) * 1.0001 },
    yAxis: categoryAxis(data, theme, width, 9, (at) => formatFigure(totals[at] ?? 0, unit).text),
    series: series.map(({ name, color, values }) => ({
      type: 'bar',
      name,
      data: values,
      stack: 'all',
      barWidth: 8,
      color: theme.palette[color],
      itemStyle: { color: theme.palette[color], borderRadius: 1 },
      emphasis: { disabled: true },
      ...(series.length === 1
        ? { showBackground: true, backgroundStyle: { color: theme.border, opacity: 0.45, borderRadius: 1 } }
        : {}),
    })),
  };
}
