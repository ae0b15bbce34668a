import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import { formatTick, labelsInside, shortDay, valueScale } from './axis.ts';
import type { ChartData, Series } from './chart.ts';
import { LEGEND_HEIGHT, TEXT_SIZE } from './dimensions.ts';
import type { ChartOption } from './echarts-option.ts';
import type { Theme } from './theme.ts';

/** Room for the label of a day or an hour, in px. */
const LABEL_WIDTH = 58;
/** Width of the value axis with its labels, in px. */
const VALUE_AXIS_WIDTH = 60;
/** A line of fewer points also gets a dot per point: a single point would be invisible as a line. */
const DOTS_BELOW = 15;
/** A line of this many points or more is drawn thin, because it goes up and down so often. */
const THIN_FROM = 200;

/** A line chart or columns over time: one place on the x axis per hour or day. */
export function timeSeries(data: ChartData, theme: Theme, width: number): ChartOption {
  const { kind, labels, series, unit, x_domain } = data;
  const stacked = labels.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const scale = valueScale(kind === 'columns' ? stacked : series.flatMap(({ values }) => values), unit);
  const every = labelStep(data, width);
  return {
    grid: { left: 4, right: 12, top: series.length > 1 ? LEGEND_HEIGHT + 8 : 12, bottom: 4, ...labelsInside },
    xAxis: {
      type: 'category',
      data: labels,
      boundaryGap: kind === 'columns',
      axisLine: { lineStyle: { color: theme.border } },
      axisTick: { show: false },
      axisLabel: {
        color: theme.muted,
        fontSize: TEXT_SIZE,
        interval: (index: number) => index % every === 0,
        formatter: (label: string) => (x_domain === 'hour_of_day' ? label : shortDay(label.slice(0, 10))),
      },
    },
    yAxis: valueAxis(data, scale, theme),
    series: kind === 'line' ? series.map((one, index) => line(one, index, data, theme)) : columns(data, theme),
  };
}

function valueAxis({ unit }: ChartData, scale: ReturnType<typeof valueScale>, theme: Theme): ChartOption['yAxis'] {
  return {
    type: 'value',
    ...scale,
    splitLine: { lineStyle: { color: theme.border } },
    axisLabel: { color: theme.muted, fontSize: TEXT_SIZE, formatter: (value: number) => formatTick(value, unit) },
  };
}

/** Labels every so many places, evenly spaced and with room between them. Hours are labelled by whole days. */
function labelStep({ labels, x_domain }: ChartData, width: number): number {
  const places_per_label = x_domain === 'hour' ? 24 : 1;
  const most = Math.max(1, Math.floor((width - VALUE_AXIS_WIDTH) / LABEL_WIDTH));
  return places_per_label * Math.ceil(labels.length / places_per_label / most);
}

/** The previous period is dashed and thin. The area is filled only under a single line, so that no line hides another. */
function line(series: Series, index: number, data: ChartData, theme: Theme): LineSeriesOption {
  const { name, values } = series;
  const color = theme.palette[series.color];
  const isPrevious = series.color === 'previous';
  const isOnlyLine = data.series.filter((one) => one.color !== 'previous').length === 1;
  return {
    type: 'line',
    name,
    data: values,
    color,
    ...dots(values),
    lineStyle: {
      color,
      width: lineWidth(values.length, isPrevious),
      type: isPrevious || index > 0 ? 'dashed' : 'solid',
    },
    itemStyle: { color },
    emphasis: { disabled: true },
    z: isPrevious ? 2 : 3,
    ...(isOnlyLine && !isPrevious ? { areaStyle: { color, opacity: 0.12 } } : {}),
  };
}

function lineWidth(points: number, isPrevious: boolean): number {
  if (points >= THIN_FROM) return 1;
  return isPrevious ? 1.5 : 2;
}

/** Dots at every point of a short or sparse line; otherwise only at a value between two gaps, which no line reaches. */
function dots(values: Series['values']): Pick<LineSeriesOption, 'showSymbol' | 'symbol' | 'symbolSize'> {
  const isSparse = values.filter((value) => value !== null).length < DOTS_BELOW / 3;
  const everywhere = values.length < DOTS_BELOW || isSparse;
  const isIsolated = (at: number) => values[at] != null && values[at - 1] == null && values[at + 1] == null;
  return {
    showSymbol: everywhere || values.some((_, at) => isIsolated(at)),
    symbol: (_: unknown, { dataIndex }: { dataIndex: number }) =>
      everywhere || isIsolated(dataIndex) ? 'circle' : 'none',
    symbolSize: 5,
  };
}

/** Columns, stacked per period: a column of the previous period is beside that of the period. */
function columns({ series }: ChartData, theme: Theme): BarSeriesOption[] {
  return series.map(({ name, color, values }) => ({
    type: 'bar',
    name,
    data: values,
    stack: color === 'previous' ? 'previous' : 'period',
    color: theme.palette[color],
    barCategoryGap: '22%',
    barMaxWidth: 28,
    emphasis: { disabled: true },
    itemStyle: { color: theme.palette[color] },
  }));
}
