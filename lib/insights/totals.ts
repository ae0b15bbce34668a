import type { Unit } from '../model/columns.ts';
import type { Finding } from '../model/edition.ts';
import { numberOrZero } from '../model/value.ts';
import { changeBetween } from '../text/format-change.ts';
import { periodName } from '../text/format-period.ts';
import { formatFigure } from '../text/format-value.ts';
import { countedFigure, type InsightsInput } from './input.ts';

interface Total {
  name: string;
  /** Subject of the sentence. */
  subject: string;
  unit: Unit;
  /** Minimum change to report, in percent, or in percentage points for percentages. */
  threshold: number;
  weight: number;
}

/**
 * Months differ in length by up to a ninth, so the threshold of a total is higher than that. Response times vary more, and
 * are estimates with an error of about 1 %.
 */
const TOTALS: readonly Total[] = [
  { name: 'requests', subject: 'Requests', unit: 'count', threshold: 20, weight: 0.8 },
  { name: 'bytes_sent', subject: 'Bytes sent', unit: 'bytes', threshold: 20, weight: 0.75 },
  { name: 'bytes_received', subject: 'Bytes received', unit: 'bytes', threshold: 20, weight: 0.65 },
  { name: 'error_percent', subject: 'The error rate', unit: 'percent', threshold: 1, weight: 0.85 },
  { name: 'p95_ms', subject: 'The 95th percentile of response times', unit: 'ms', threshold: 25, weight: 0.7 },
];

/** The only total of a report without requests. */
const LINES: Total = { name: 'lines', subject: 'Lines', unit: 'count', threshold: 20, weight: 0.8 };

/** Headline figures that changed by at least their threshold. */
export function changedTotals(input: InsightsInput): Finding[] {
  const { headline, headline_before, headline_section: section, period_before } = input;
  const totals = countedFigure(input) === 'lines' ? [LINES] : TOTALS;
  return totals.flatMap(({ name, subject, unit, threshold, weight }) => {
    const [value, value_before] = [headline[name], headline_before[name]];
    if (value == null || value_before == null) return [];
    const [now, before] = [numberOrZero(value), numberOrZero(value_before)];
    const isPercentage = unit === 'percent';
    const change_size = isPercentage ? Math.abs(now - before) : (Math.abs(now - before) / before) * 100;
    if (now === before || change_size < threshold) return [];
    const hasRisen = now > before;
    const change = changeBetween(now, before, unit);
    const by = change.percent ?? change.absolute.replace(/^[+-]/, '').replace(/^1 points$/, '1 point');
    const from = `${formatFigure(before, unit).text} in ${periodName(period_before)}`;
    const limit = isPercentage ? `${threshold} point` : `${threshold}%`;
    return {
      id: `${section}-${name}`,
      section,
      headline_figure: name,
      kind: hasRisen ? 'risen' : 'fallen',
      text: `${subject} ${hasRisen ? 'rose' : 'fell'} by ${by} to ${formatFigure(now, unit).text}, from ${from} (told from ${limit}).`,
      figures: { [name]: now, [`${name}_before`]: before, threshold },
      // A change far beyond the threshold increases the weight by up to a quarter.
      weight: Math.min(1, weight * (1 + 0.25 * (1 - threshold / change_size))),
    };
  });
}
