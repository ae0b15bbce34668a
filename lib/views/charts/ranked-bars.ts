import { formatFigure } from '../../text/format-value.ts';
import type { ChartData, Look } from './chart.ts';
import { type ChartOption, LEGEND_HEIGHT } from './dimensions.ts';
import { namesAbove } from './names-axis.ts';

/** A name stands above its bar, so that long ones have the whole width; the total stands at the bar's end. */
export function rankedBars(data: ChartData, look: Look, width: number): ChartOption {
  const { labels, series, unit } = data;
  const totals = labels.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const ends = labels.flatMap((_, at) => [
    series.reduce((sum, { values }) => sum + Math.max(0, values[at] ?? 0), 0),
    series.reduce((sum, { values }) => sum + Math.min(0, values[at] ?? 0), 0),
  ]);
  return {
    grid: { left: 1, right: 1, top: (series.length > 1 ? LEGEND_HEIGHT : 0) + 8, bottom: 0 },
    xAxis: { type: 'value', show: false, min: Math.min(0, ...ends), max: Math.max(0, ...ends) * 1.0001 },
    yAxis: namesAbove(data, look, width, 9, (at) => formatFigure(totals[at] ?? 0, unit).text),
    series: series.map(({ name, tone, values }) => ({
      type: 'bar',
      name,
      data: values,
      stack: 'all',
      barWidth: 8,
      color: look.tones[tone],
      itemStyle: { color: look.tones[tone], borderRadius: 1 },
      emphasis: { disabled: true },
      ...(series.length === 1
        ? { showBackground: true, backgroundStyle: { color: look.line, opacity: 0.45, borderRadius: 1 } }
        : {}),
    })),
  };
}
