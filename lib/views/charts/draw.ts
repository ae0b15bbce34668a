import type { ChartData } from './chart.ts';
import { chartHeight } from './dimensions.ts';
import { init } from './echarts.js';
import { chartOption } from './option.ts';
import type { Theme } from './theme.ts';

/** A chart as an SVG document that scales with its place. The same data give the same text; `id` is unique on the page. */
export function drawChart(data: ChartData, theme: Theme, width: number, id: string): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: chartHeight(data) });
  try {
    chart.setOption(chartOption(data, theme, width));
    return shortened(withoutInteraction(chart.renderToSVGString({ useViewBox: true }), id));
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

/** A third less: the font is said once for all texts, and a hundredth of a px is exact enough. */
function shortened(svg: string): string {
  const font = / style="font-size:[^"]*;font-family:[^"]*"/.exec(svg)?.[0];
  return (font ? svg.replaceAll(font, '').replace('<svg', `<svg${font}`) : svg)
    .replace(/ (?:d|transform)="[^"]*"/g, (numbers) => numbers.replace(/(\.\d\d)\d+/g, '$1'))
    .replace(/ (?:xml:space="preserve"|xmlns:xlink="[^"]*"|version="1.1"|baseProfile="full")/g, '');
}
