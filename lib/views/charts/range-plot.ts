import type { LineSeriesOption } from 'echarts/charts';
import { formatFigure } from '../../text/format-value.ts';
import { formatTick } from './axis.ts';
import { categoryAxis } from './category-axis.ts';
import type { ChartData } from './chart.ts';
import { LEGEND_HEIGHT, TEXT_SIZE } from './dimensions.ts';
import type { ChartOption } from './echarts-option.ts';
import type { Theme } from './theme.ts';

/** One symbol per percentile, so that they can be distinguished without colours. */
const SYMBOLS = ['circle', 'rect', 'diamond'] as const;

/** A line from the lowest to the highest percentile per name. The axis is logarithmic: percentiles differ by orders of magnitude. */
export function rangePlot(data: ChartData, theme: Theme, width: number): ChartOption {
  const { labels, series, unit } = data;
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null && value > 0)) as number[];
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const last = series.at(-1);
  // Powers of 32 put ticks at whole KiB and MiB: 1 KiB, 32 KiB, 1 MiB.
  const base = unit === 'bytes' ? 32 : 10;
  const power = (value: number) => Math.log(value) / Math.log(base);
  return {
    grid: { left: 8, right: 8, top: LEGEND_HEIGHT + 8, bottom: 24 },
    xAxis: {
      type: 'log',
      logBase: base,
      min: base ** Math.floor(power(least)),
      max: base ** Math.ceil(power(most * 1.0001)),
      splitLine: { lineStyle: { color: theme.border } },
      axisLabel: {
        color: theme.muted,
        fontSize: TEXT_SIZE,
        hideOverlap: true,
        formatter: (value: number) => formatTick(value, unit),
      },
    },
    yAxis: categoryAxis(data, theme, width, 11, (at) => formatFigure(last?.values[at] ?? 0, unit).text),
    series: [
      {
        type: 'custom',
        silent: true,
        data: labels.map((_, at) => {
          const values = series.flatMap((one) => one.values[at] ?? []).filter((value) => value > 0);
          return [Math.min(...values), Math.max(...values), at];
        }),
        encode: { x: [0, 1], y: 2 },
        renderItem: (_, api) => {
          const [x1, y1] = api.coord([api.value(0), api.value(2)]) as [number, number];
          const [x2] = api.coord([api.value(1), api.value(2)]) as [number, number];
          return {
            type: 'line',
            shape: { x1, y1, x2, y2: y1 },
            style: { stroke: theme.palette.neutral, lineWidth: 3 },
          };
        },
        z: 1,
      },
      ...series.map(
        ({ name, color, values }, index): LineSeriesOption => ({
          type: 'line',
          name,
          color: theme.palette[color],
          data: values.map((value, at) => [value !== null && value > 0 ? value : null, at]),
          symbol: SYMBOLS[index % SYMBOLS.length] as string,
          symbolSize: 10,
          showSymbol: true,
          lineStyle: { width: 0 },
          itemStyle: { color: theme.palette[color], opacity: 1 },
          emphasis: { disabled: true },
        }),
      ),
    ],
  };
}
