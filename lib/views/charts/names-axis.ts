import { shortenText } from '../../text/visible-text.ts';
import type { ChartData, Look } from './chart.ts';
import { type ChartOption, TEXT_SIZE } from './dimensions.ts';

/** A category axis of names, each above its place and with a figure at the right edge. */
export function namesAbove(
  { labels }: ChartData,
  look: Look,
  width: number,
  gap: number,
  figure: (index: number) => string,
): ChartOption['yAxis'] {
  const length = Math.max(16, Math.floor((width - 80) / (TEXT_SIZE * 0.56)));
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
    axis('left', look.ink, (label) => shortenName(label, length)),
    axis('right', look.soft, (_, index) => figure(index)),
  ];
}

/** The end of a path or an ARN tells most, of other names the ends. */
function shortenName(name: string, length: number): string {
  const isPath = /^[^ ]*\/[^ ]*$/.test(name);
  return isPath && name.length > length ? `…${name.slice(1 - length)}` : shortenText(name, length);
}
