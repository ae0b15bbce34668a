import { shortenText } from '../../text/visible-text.ts';
import type { ChartData } from './chart.ts';
import { TEXT_SIZE } from './dimensions.ts';
import type { ChartOption } from './echarts-option.ts';
import type { Theme } from './theme.ts';

/** Average width of a character, as a share of the text size. */
const CHARACTER_WIDTH = 0.56;
/** Room for the figure at the right edge, in px. */
const FIGURE_WIDTH = 80;

/** A category axis of names, each above its bar, with a figure at the right edge. `gap` is the distance to the bar in px. */
export function categoryAxis(
  { labels }: ChartData,
  theme: Theme,
  width: number,
  gap: number,
  figure: (index: number) => string,
): ChartOption['yAxis'] {
  const length = Math.max(16, Math.floor((width - FIGURE_WIDTH) / (TEXT_SIZE * CHARACTER_WIDTH)));
  const axis = (align: 'left' | 'right', color: string, formatter: (label: string, index: number) => string) => ({
    type: 'category' as const,
    inverse: true,
    data: labels,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      fontSize: TEXT_SIZE,
      verticalAlign: 'bottom' as const,
      padding: [0, 0, gap, 0],
      inside: true,
      interval: 0,
      align,
      margin: 0,
      color,
      formatter,
    },
    z: 10,
  });
  return [
    axis('left', theme.text, (label) => shortenName(label, length)),
    axis('right', theme.muted, (_, index) => figure(index)),
  ];
}

/** Cuts the start of a path or an ARN, whose end says most, and the middle of any other name. */
function shortenName(name: string, length: number): string {
  const isPath = /^[^ ]*\/[^ ]*$/.test(name);
  return isPath && name.length > length ? `…${name.slice(1 - length)}` : shortenText(name, length);
}
