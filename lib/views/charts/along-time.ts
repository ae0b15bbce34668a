import type { BarSeriesOption } from 'echarts/charts';
import { formatMark, shortDay, valueScale } from './axis.ts';
import type { ChartData, Look, Series } from './chart.ts';
import { type ChartOption, LEGEND_HEIGHT, TEXT_SIZE, WITH_LABELS } from './dimensions.ts';

/** Room for a day or an hour below its place. */
const LABEL_PITCH = 58;
/** Fewer points of a line are drawn as dots too, since one alone would be no line. */
const DOTTED_BELOW = 15;
/** A line of more points goes up and down so often that it is drawn thin. */
const THIN_FROM = 200;

/** Lines or columns, a place for each hour or day. */
export function alongTime(data: ChartData, look: Look, width: number): ChartOption {
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
