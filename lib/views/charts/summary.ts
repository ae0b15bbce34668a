import { formatFigure } from '../../text/format-value.ts';
import { fullLabel } from './axis.ts';
import type { ChartData } from './chart.ts';

/** What a chart shows in two sentences, for those who do not see it. Plain text. */
export function chartSummary(data: ChartData): string {
  return `${chartTitle(data)}. ${chartPeaks(data)}`;
}

/** `Requests by day`. */
export function chartTitle({ title, along, kind }: ChartData): string {
  if (kind === 'heatmap') return `${title} by weekday and hour (UTC)`;
  if (along === 'name') return title;
  if (along === 'time') return `${title} by hour (UTC)`;
  return along === 'day' ? `${title} by day` : `${title} by hour of day (UTC)`;
}

/** The largest value of each series, and where: `October 2026: most 3,077, Wed, 21 October 2026.` */
export function chartPeaks({ along, labels, labels_before = labels, series, unit }: ChartData): string {
  const peaks = series.flatMap(({ name, tone, values }) => {
    const known = values.map((value) => value ?? Number.NEGATIVE_INFINITY);
    const at = known.indexOf(Math.max(...known));
    const [value, label = ''] = [values[at], (tone === 'before' ? labels_before : labels)[at]];
    if (value == null) return [];
    return `${name}: most ${formatFigure(value, unit).text}, ${fullLabel(label, along)}`;
  });
  return `${peaks.join('. ')}.`;
}
