import { formatFigure } from '../text/format-value.ts';
import { fullDay } from './axis.ts';
import type { ChartData } from './chart.ts';

/** What a chart shows in a sentence, for those who do not see it. Plain text. */
export function chartSummary({ title, along, labels, series, unit, kind }: ChartData): string {
  const place = (at: number) => (along === 'day' ? fullDay(labels[at] ?? '') : (labels[at] ?? ''));
  const peaks = series.flatMap(({ name, values }) => {
    const known = values.map((value) => value ?? Number.NEGATIVE_INFINITY);
    const at = known.indexOf(Math.max(...known));
    const value = values[at];
    return value == null ? [] : `${name}: most ${formatFigure(value, unit).text}, ${place(at)}`;
  });
  const by = { day: 'by day', hour: 'by hour of day (UTC)', name: 'ranked' }[along];
  return `${title} ${by}${kind === 'heatmap' ? ' and weekday' : ''}. ${peaks.join('. ')}.`;
}
