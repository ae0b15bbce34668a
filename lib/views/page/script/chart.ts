import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { formatFigure } from '../../../text/format-value.ts';
import { fullLabel } from '../../charts/axis.ts';
import type { ChartData } from '../../charts/chart.ts';
import { type ChartOption, chartHeight } from '../../charts/dimensions.ts';
import { chartOption } from '../../charts/option.ts';
import { pageLook } from '../../charts/theme.ts';
import { element } from './element.ts';

use([BarChart, CustomChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Puts a chart that answers to the pointer in place of the drawing, which stays for paper. */
export function liveChart(figure: HTMLElement, data: ChartData): void {
  const look = pageLook(getComputedStyle(figure).fontFamily);
  const live = element('div', { class: 'live', 'aria-hidden': 'true' });
  live.style.height = `${chartHeight(data)}px`;
  figure.append(live);
  figure.classList.add('lively');
  const chart = init(live, null, { renderer: 'svg' });
  const draw = () => {
    chart.resize();
    chart.setOption({ ...chartOption(data, look, live.clientWidth), tooltip: tooltip(data) }, { notMerge: true });
  };
  draw();
  let width = live.clientWidth;
  new ResizeObserver(() => {
    if (live.clientWidth === width || live.clientWidth === 0) return;
    width = live.clientWidth;
    draw();
  }).observe(live);
}

function tooltip(data: ChartData): NonNullable<ChartOption['tooltip']> {
  const isGrid = data.kind === 'heatmap';
  return {
    trigger: isGrid ? 'item' : 'axis',
    confine: true,
    transitionDuration: 0,
    padding: [8, 10],
    backgroundColor: 'var(--raised)',
    borderColor: 'var(--line)',
    textStyle: { color: 'var(--ink)', fontSize: 13 },
    axisPointer: {
      type: data.kind === 'line' ? 'line' : 'shadow',
      axis: data.kind === 'bars' || data.kind === 'percentiles' ? 'y' : 'x',
      label: { show: false },
      lineStyle: { color: 'var(--soft)', type: 'solid', width: 1 },
      shadowStyle: { color: 'var(--line)', opacity: 0.35 },
    },
    formatter: (hit) => {
      const { dataIndex, value } = (Array.isArray(hit) ? hit[0] : hit) ?? {};
      if (isGrid && Array.isArray(value)) return cellTip(data, Number(value[0]), Number(value[1]));
      return placeTip(data, dataIndex ?? 0);
    },
  };
}

/** All series at one place, with exact values. */
function placeTip(data: ChartData, at: number): HTMLElement {
  const { labels, labels_before, series, unit, along } = data;
  const lines = series.map(({ name: title, tone, values }) => {
    const value = values[at];
    const day = tone === 'before' && labels_before?.[at] ? fullLabel(labels_before[at], along) : title;
    const swatch = element('i', {});
    swatch.style.background = `var(--${tone})`;
    const figure = value == null ? 'no lines' : valueText(value, unit);
    return element('div', {}, swatch, element('span', {}, day), element('b', {}, figure));
  });
  return element('div', { class: 'tip' }, element('p', {}, fullLabel(labels[at] ?? '', along)), ...lines);
}

function cellTip({ title, labels, series, unit }: ChartData, at: number, row: number): HTMLElement {
  const value = series[row]?.values[at];
  const place = `${series[row]?.name}, ${labels[at]} UTC`;
  return element(
    'div',
    { class: 'tip' },
    element('p', {}, place),
    element(
      'div',
      {},
      element('span', {}, title),
      element('b', {}, value == null ? 'no lines' : valueText(value, unit)),
    ),
  );
}

/** A figure as people read it, with the exact one where that is shortened. */
function valueText(value: number, unit: ChartData['unit']): string {
  const { text, exact } = formatFigure(value, unit);
  return text === exact ? text : `${text} (${exact})`;
}
