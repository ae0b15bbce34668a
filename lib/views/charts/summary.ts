import { formatFigure } from '../../text/format-value.ts';
import { fullLabel } from './axis.ts';
import type { ChartData } from './chart.ts';

/** What a chart shows, in two sentences for people who do not see it. Plain text. */
export function chartSummary(data: ChartData): string {
  return `${chartTitle(data)}. ${chartPeaks(data)}`;
}

/** `Requests by day`. */
export function chartTitle({ title, x_domain, kind }: ChartData): string {
  if (kind === 'heatmap') return `${title} by weekday and hour (UTC)`;
  switch (x_domain) {
    case 'day':
      return `${title} by day`;
    case 'hour_of_day':
      return `${title} by hour of day (UTC)`;
    case 'hour':
      return `${title} by hour (UTC)`;
    case 'name':
      return title;
  }
}

/** The largest value of each series and its label: `October 2026: most 3,077, Wed, 21 October 2026.` */
export function chartPeaks({ x_domain, labels, labels_before = labels, series, unit }: ChartData): string {
  const peaks = series.flatMap(({ name, color, values }) => {
    const known = values.map((value) => value ?? Number.NEGATIVE_INFINITY);
    const at = known.indexOf(Math.max(...known));
    const [value, label = ''] = [values[at], (color === 'previous' ? labels_before : labels)[at]];
    if (value == null) return [];
    return `${name}: most ${formatFigure(value, unit).text}, ${fullLabel(label, x_domain)}`;
  });
  return `${peaks.join('. ')}.`;
}
