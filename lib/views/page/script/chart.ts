import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { formatFigure } from '../../../text/format-value.ts';
import { fullLabel } from '../../charts/axis.ts';
import type { ChartData } from '../../charts/chart.ts';
import { chartHeight } from '../../charts/dimensions.ts';
import type { ChartOption } from '../../charts/echarts-option.ts';
import { chartOption } from '../../charts/option.ts';
import { pageTheme } from '../../charts/theme.ts';
import { element } from './element.ts';

use([BarChart, CustomChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Shows a live chart with tooltips in place of the still SVG, which stays for print and screen readers. */
export function liveChart(figure: HTMLElement, data: ChartData): void {
  const theme = pageTheme(getComputedStyle(figure).fontFamily);
  const live = element('div', { class: 'live', 'aria-hidden': 'true' });
  live.style.height = `${chartHeight(data)}px`;
  figure.append(live);
  figure.classList.add('is-live');
  const chart = init(live, null, { renderer: 'svg' });
  const draw = () => {
    chart.resize();
    chart.setOption({ ...chartOption(data, theme, live.clientWidth), tooltip: tooltip(data) }, { notMerge: true });
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
  const isHeatmap = data.kind === 'heatmap';
  return {
    trigger: isHeatmap ? 'item' : 'axis',
    confine: true,
    transitionDuration: 0,
    padding: [8, 10],
    backgroundColor: 'var(--surface)',
    borderColor: 'var(--border)',
    textStyle: { color: 'var(--text)', fontSize: 13 },
    axisPointer: {
      type: data.kind === 'line' ? 'line' : 'shadow',
      axis: data.kind === 'bars' || data.kind === 'percentiles' ? 'y' : 'x',
      label: { show: false },
      lineStyle: { color: 'var(--muted)', type: 'solid', width: 1 },
      shadowStyle: { color: 'var(--border)', opacity: 0.35 },
    },
    formatter: (hovered) => {
      const { dataIndex, value } = (Array.isArray(hovered) ? hovered[0] : hovered) ?? {};
      if (isHeatmap && Array.isArray(value)) return cellTooltip(data, Number(value[0]), Number(value[1]));
      return pointTooltip(data, dataIndex ?? 0);
    },
  };
}

/** All series at one point of the x axis, with exact values. */
function pointTooltip(data: ChartData, at: number): HTMLElement {
  const { labels, labels_before, series, unit, x_domain } = data;
  const lines = series.map(({ name: title, color, values }) => {
    const value = values[at];
    const name = color === 'previous' && labels_before?.[at] ? fullLabel(labels_before[at], x_domain) : title;
    const swatch = element('i', {});
    swatch.style.background = `var(--${color})`;
    const figure = value == null ? 'no lines' : valueText(value, unit);
    return element('div', {}, swatch, element('span', {}, name), element('b', {}, figure));
  });
  return element('div', { class: 'tip' }, element('p', {}, fullLabel(labels[at] ?? '', x_domain)), ...lines);
}

/** One cell of a heatmap, with its exact value. */
function cellTooltip({ title, labels, series, unit }: ChartData, at: number, row: number): HTMLElement {
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

/** A figure as people read it, followed by the exact one if it is rounded. */
function valueText(value: number, unit: ChartData['unit']): string {
  const { text, exact } = formatFigure(value, unit);
  return text === exact ? text : `${text} (${exact})`;
}
