import type { ChartData } from './chart.ts';
import { chartHeight } from './dimensions.ts';
import { init } from './echarts.js';
import { chartOption } from './option.ts';
import type { Theme } from './theme.ts';

/**
 * A chart as an SVG document that scales to the width of its container. `width` in px decides the layout. The same data
 * give the same text. `id` must be unique on the page.
 */
export function drawChart(data: ChartData, theme: Theme, width: number, id: string): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: chartHeight(data) });
  try {
    chart.setOption(chartOption(data, theme, width));
    return compact(withoutInteraction(chart.renderToSVGString({ useViewBox: true }), id));
  } finally {
    // The timer of an instance that is not disposed would keep the process alive.
    chart.dispose();
  }
}

/** Makes ids independent of earlier charts in the process, and removes classes and attributes for pointers. */
function withoutInteraction(svg: string, id: string): string {
  return svg
    .replace(/<style\s*>.*?<\/style>\s*/gs, '')
    .replace(/ (?:class="zr\d+-cls-\d+"|ecmeta_\w+="[^"]*"|pointer-events="[^"]*")/g, '')
    .replace(/\bzr\d+-(?=c\d+\b)/g, `${id}-`);
}

/** Makes the SVG a third smaller: one font declaration for all texts, and coordinates to a hundredth of a px. */
function compact(svg: string): string {
  const font = / style="font-size:[^"]*;font-family:[^"]*"/.exec(svg)?.[0];
  return (font ? svg.replaceAll(font, '').replace('<svg', `<svg${font}`) : svg)
    .replace(/ (?:d|transform)="[^"]*"/g, (numbers) => numbers.replace(/(\.\d\d)\d+/g, '$1'))
    .replace(/ (?:xml:space="preserve"|xmlns:xlink="[^"]*"|version="1.1"|baseProfile="full")/g, '');
}
