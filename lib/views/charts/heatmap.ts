import { labelsInside } from './axis.ts';
import type { ChartData } from './chart.ts';
import { TEXT_SIZE } from './dimensions.ts';
import type { ChartOption } from './echarts-option.ts';
import type { Theme } from './theme.ts';

/** A rectangle per hour and row: the larger its figure, the stronger its colour. */
export function heatmap(data: ChartData, theme: Theme): ChartOption {
  const { labels, series } = data;
  const largest = Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const cells = series.flatMap(({ values }, row) => values.map((value, at) => [at, row, value ?? 0]));
  const axisLabel = { color: theme.muted, fontSize: TEXT_SIZE, margin: 6 };
  return {
    grid: { left: 4, right: 4, top: 4, bottom: 4, ...labelsInside },
    xAxis: {
      type: 'category',
      data: labels,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...axisLabel, hideOverlap: true },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: series.map(({ name }) => name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...axisLabel, interval: 0, width: 90, overflow: 'truncate' },
    },
    series: [
      {
        type: 'custom',
        data: cells,
        renderItem: (_, api) => {
          const [x, y] = api.coord([api.value(0), api.value(1)]) as [number, number];
          const [width = 0, height = 0] = [api.size?.([1, 1]) ?? []].flat();
          const value = Number(api.value(2));
          return {
            type: 'rect',
            emphasisDisabled: true,
            shape: { x: x - width / 2 + 1, y: y - height / 2 + 1, width: width - 2, height: height - 2, r: 2 },
            style: {
              fill: value > 0 ? theme.palette.primary : theme.border,
              opacity: value > 0 ? 0.12 + 0.88 * (value / largest) : 0.5,
            },
          };
        },
      },
    ],
  };
}
