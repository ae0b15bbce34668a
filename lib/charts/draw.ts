import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { ChartData, Look } from './chart.ts';
import { chartHeight, chartOption } from './option.ts';

use([BarChart, CustomChart, LineChart, GridComponent, LegendComponent, SVGRenderer]);

/** A chart as an SVG document that scales with its place. The same data give the same text; `id` is unique on the page. */
export function drawChart(data: ChartData, look: Look, width: number, id: string): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: chartHeight(data) });
  try {
    chart.setOption(chartOption(data, look, width));
    return withoutInteraction(chart.renderToSVGString({ useViewBox: true }), id);
  } finally {
    // An instance that is left would keep the process alive with its timer.
    chart.dispose();
  }
}

/** ECharts numbers its ids through the whole process, and adds rules and marks for pointers that no picture needs. */
function withoutInteraction(svg: string, id: string): string {
  return svg
    .replace(/<style\s*>.*?<\/style>\s*/gs, '')
    .replace(/ (?:class="zr\d+-cls-\d+"|ecmeta_\w+="[^"]*"|pointer-events="[^"]*")/g, '')
    .replace(/\bzr\d+-(?=c\d+\b)/g, `${id}-`);
}
