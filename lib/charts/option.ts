import type { BarSeriesOption, CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import { formatFigure } from '../text/format-value.ts';
import { shortenText } from '../text/visible-text.ts';
import { formatMark, shortDay, valueScale } from './axis.ts';
import type { ChartData, Look, Series } from './chart.ts';

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | CustomSeriesOption
  | LineSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | TooltipComponentOption
>;

const TEXT_SIZE = 12;
/** The plot shrinks so that its labels stay inside. */
const WITH_LABELS = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } as const;
/** Room for a name and what stands below it. */
const BAR_PITCH = 38;
const SPAN_PITCH = 42;
const LEGEND_HEIGHT = 30;
/** Room for a day or an hour below its place. */
const LABEL_PITCH = 58;
/** Fewer points of a line are drawn as dots too, since one alone would be no line. */
const DOTTED_BELOW = 15;
/** A line of more points goes up and down so often that it is drawn thin. */
const THIN_FROM = 200;

/** How tall a chart is drawn, in px. */
export function chartHeight({ kind, labels, series }: ChartData): number {
  const legend = series.length > 1 ? LEGEND_HEIGHT : 0;
  if (kind === 'bars') return labels.length * BAR_PITCH + legend + 12;
  if (kind === 'percentiles') return labels.length * SPAN_PITCH + legend + 34;
  if (kind === 'heatmap') return series.length * 24 + 40;
  return 220;
}

/** The one way from a chart's data to ECharts: for pages, pictures in mails and dashboards alike. */
export function chartOption(data: ChartData, look: Look, width: number): ChartOption {
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: look.font, fontSize: TEXT_SIZE, color: look.soft },
    ...(data.series.length > 1 && data.kind !== 'heatmap' ? { legend: legend(data, look) } : {}),
    ...drawing(data, look, width),
  };
}

function drawing(data: ChartData, look: Look, width: number): ChartOption {
  switch (data.kind) {
    case 'line':
    case 'columns':
      return alongTime(data, look, width);
    case 'bars':
      return rankedBars(data, look, width);
    case 'percentiles':
      return spans(data, look, width);
    case 'heatmap':
      return heatMap(data, look);
  }
}

function legend({ series }: ChartData, look: Look): LegendComponentOption {
  return {
    left: 0,
    top: 0,
    icon: 'roundRect',
    itemWidth: 14,
    itemHeight: 4,
    itemGap: 16,
    padding: [4, 0],
    textStyle: { color: look.soft, fontSize: TEXT_SIZE },
    inactiveColor: look.line,
    data: series.map(({ name }) => name),
  };
}

function alongTime(data: ChartData, look: Look, width: number): ChartOption {
  const { kind, labels, series, unit, along } = data;
  const stacked = labels.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const scale = valueScale(kind === 'columns' ? stacked : series.flatMap(({ values }) => values), unit);
  const every = labelStep(data, width);
  return {
    grid: { left: 4, right: 12, top: series.length > 1 ? LEGEND_HEIGHT + 8 : 12, bottom: 4, ...WITH_LABELS },
    xAxis: {
      type: 'category',
      data: labels,
      boundaryGap: kind === 'columns',
      axisLine: { lineStyle: { color: look.line } },
      axisTick: { show: false },
      axisLabel: {
        color: look.soft,
        fontSize: TEXT_SIZE,
        interval: (index: number) => index % every === 0,
        formatter: (label: string) => (along === 'hour' ? label : shortDay(label.slice(0, 10))),
      },
    },
    yAxis: valueAxis(data, scale, look),
    series: kind === 'line' ? series.map((one, index) => line(one, index, data, look)) : columns(data, look),
  };
}

function valueAxis({ unit }: ChartData, scale: ReturnType<typeof valueScale>, look: Look): ChartOption['yAxis'] {
  return {
    type: 'value',
    ...scale,
    splitLine: { lineStyle: { color: look.line } },
    axisLabel: { color: look.soft, fontSize: TEXT_SIZE, formatter: (value: number) => formatMark(value, unit) },
  };
}

/** How many places lie between two labels, so that these stand at even steps with room between them; of hours, whole days. */
function labelStep({ labels, along }: ChartData, width: number): number {
  const unit = along === 'time' ? 24 : 1;
  const room = Math.max(1, Math.floor((width - 60) / LABEL_PITCH));
  return unit * Math.ceil(labels.length / unit / room);
}

/** The period before is dashed and thin; of several lines none is filled, so that none hides another. */
function line({ name, tone, values }: Series, index: number, { labels, series }: ChartData, look: Look) {
  const color = look.tones[tone];
  const isBefore = tone === 'before';
  const lines = series.filter((one) => one.tone !== 'before').length;
  const isDotted = labels.length < DOTTED_BELOW || values.filter((value) => value !== null).length < DOTTED_BELOW / 3;
  // A value between two gaps is the end of no line.
  const isLone = (at: number) => values[at] != null && values[at - 1] == null && values[at + 1] == null;
  return {
    type: 'line' as const,
    name,
    data: values,
    color,
    showSymbol: isDotted || values.some((_, at) => isLone(at)),
    symbol: (_: unknown, { dataIndex }: { dataIndex: number }) => (isDotted || isLone(dataIndex) ? 'circle' : 'none'),
    symbolSize: 5,
    lineStyle: {
      color,
      width: labels.length >= THIN_FROM ? 1 : isBefore ? 1.5 : 2,
      type: isBefore || index > 0 ? ('dashed' as const) : ('solid' as const),
    },
    itemStyle: { color },
    emphasis: { disabled: true },
    z: isBefore ? 2 : 3,
    ...(!isBefore && lines === 1 ? { areaStyle: { color, opacity: 0.12 } } : {}),
  };
}

function columns({ series }: ChartData, look: Look): BarSeriesOption[] {
  return series.map(({ name, tone, values }) => ({
    type: 'bar',
    name,
    data: values,
    stack: tone === 'before' ? 'before' : 'period',
    color: look.tones[tone],
    barCategoryGap: '22%',
    barMaxWidth: 28,
    emphasis: { disabled: true },
    itemStyle: { color: look.tones[tone] },
  }));
}

/** A name stands above its bar, so that long ones have the whole width; the total stands at the bar's end. */
function rankedBars(data: ChartData, look: Look, width: number): ChartOption {
  const { labels, series, unit } = data;
  const totals = labels.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  const ends = labels.flatMap((_, at) => [
    series.reduce((sum, { values }) => sum + Math.max(0, values[at] ?? 0), 0),
    series.reduce((sum, { values }) => sum + Math.min(0, values[at] ?? 0), 0),
  ]);
  return {
    grid: { left: 1, right: 1, top: (series.length > 1 ? LEGEND_HEIGHT : 0) + 8, bottom: 0 },
    xAxis: { type: 'value', show: false, min: Math.min(0, ...ends), max: Math.max(0, ...ends) * 1.0001 },
    yAxis: namesAbove(data, look, width, 9, (_, at) => formatFigure(totals[at] ?? 0, unit).text),
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

/** A category axis of names, each above its place and with a figure at the right edge. */
function namesAbove(
  { labels }: ChartData,
  look: Look,
  width: number,
  gap: number,
  figure: (label: string, index: number) => string,
): ChartOption['yAxis'] {
  const shared = { fontSize: TEXT_SIZE, verticalAlign: 'bottom' as const, padding: [0, 0, gap, 0] };
  const length = Math.max(16, Math.floor((width - 80) / (TEXT_SIZE * 0.56)));
  const axis = { type: 'category' as const, inverse: true, data: labels, axisLine: { show: false } };
  return [
    {
      ...axis,
      axisTick: { show: false },
      axisLabel: {
        ...shared,
        inside: true,
        interval: 0,
        align: 'left',
        margin: 0,
        color: look.ink,
        formatter: (label: string) => shortenName(label, length),
      },
      z: 10,
    },
    {
      ...axis,
      axisTick: { show: false },
      axisLabel: {
        ...shared,
        inside: true,
        interval: 0,
        align: 'right',
        margin: 0,
        color: look.soft,
        formatter: (label: string, index: number) => figure(label, index),
      },
      z: 10,
    },
  ];
}

/** The end of a path or an ARN tells most, of other names the ends. */
function shortenName(name: string, length: number): string {
  const isPath = /^[^ ]*\/[^ ]*$/.test(name);
  return isPath && name.length > length ? `…${name.slice(1 - length)}` : shortenText(name, length);
}

const SPAN_MARKS = ['circle', 'rect', 'diamond'] as const;

/** From the lowest percentile to the highest on a logarithmic axis, since they lie orders of magnitude apart. */
function spans(data: ChartData, look: Look, width: number): ChartOption {
  const { labels, series, unit } = data;
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null && value > 0)) as number[];
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const last = series.at(-1);
  // Marks on bytes are whole KiB and MiB: 1 KiB, 32 KiB, 1 MiB.
  const base = unit === 'bytes' ? 32 : 10;
  const power = (value: number) => Math.log(value) / Math.log(base);
  return {
    grid: { left: 8, right: 8, top: LEGEND_HEIGHT + 8, bottom: 24 },
    xAxis: {
      type: 'log',
      logBase: base,
      min: base ** Math.floor(power(least)),
      max: base ** Math.ceil(power(most * 1.0001)),
      splitLine: { lineStyle: { color: look.line } },
      axisLabel: {
        color: look.soft,
        fontSize: TEXT_SIZE,
        hideOverlap: true,
        formatter: (value: number) => formatMark(value, unit),
      },
    },
    yAxis: namesAbove(data, look, width, 11, (_, at) => formatFigure(last?.values[at] ?? 0, unit).text),
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
          return { type: 'line', shape: { x1, y1, x2, y2: y1 }, style: { stroke: look.tones.calm, lineWidth: 3 } };
        },
        z: 1,
      },
      ...series.map(
        ({ name, tone, values }, index): LineSeriesOption => ({
          type: 'line',
          name,
          color: look.tones[tone],
          data: values.map((value, at) => [value !== null && value > 0 ? value : null, at]),
          symbol: SPAN_MARKS[index % SPAN_MARKS.length] as string,
          symbolSize: 10,
          showSymbol: true,
          lineStyle: { width: 0 },
          itemStyle: { color: look.tones[tone], opacity: 1 },
          emphasis: { disabled: true },
        }),
      ),
    ],
  };
}

/** A rectangle per hour and row, the stronger the larger its figure. */
function heatMap(data: ChartData, look: Look): ChartOption {
  const { labels, series } = data;
  const most = Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const cells = series.flatMap(({ values }, row) => values.map((value, at) => [at, row, value ?? 0]));
  const axisLabel = { color: look.soft, fontSize: TEXT_SIZE, margin: 6 };
  return {
    grid: { left: 4, right: 4, top: 4, bottom: 4, ...WITH_LABELS },
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
              fill: value > 0 ? look.tones.main : look.line,
              opacity: value > 0 ? 0.12 + 0.88 * (value / most) : 0.5,
            },
          };
        },
      },
    ],
  };
}
