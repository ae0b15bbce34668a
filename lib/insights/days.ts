import type { Unit } from '../model/columns.ts';
import type { Finding } from '../model/edition.ts';
import { type Day, daysOf, type Period } from '../model/period.ts';
import { formatFigure } from '../text/format-value.ts';
import { type InsightSection, type InsightsInput, type Row, sectionsFor } from './input.ts';

/** Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): a modified z-score beyond 3.5 is an outlier. */
const THRESHOLD = 3.5;
/** Scales the median absolute deviation (MAD) to the standard deviation of a normal distribution. */
const DEVIATIONS_PER_MAD = 1.4826;
/** Fewer days have no meaningful median. */
const MIN_DAYS = 7;
/** With at least this many weekend days in the period, weekend days and weekdays are compared separately. */
const MIN_WEEKEND_DAYS = 4;
const MAX_DAYS_PER_MEASURE = 3;
/** Minimum deviation, as a share of the median day, so that small differences between similar days are not outliers. */
const MIN_DEVIATION_SHARE = 0.05;

interface Measure {
  name: string;
  unit: Unit;
  /** The figure as part of a sentence. */
  phrase(figure: string, value: number): string;
  /** Undefined if the section does not have the figure, or if it is unknown for that day. */
  of(row: Row): number | undefined;
  /** Minimum deviation, for the same reason. */
  min_deviation: number;
  weight: number;
}

const MEASURES: readonly Measure[] = [
  {
    name: 'requests',
    unit: 'count',
    phrase: (figure, value) => `${figure} ${value === 1 ? 'request' : 'requests'}`,
    of: ({ requests }) => known(requests),
    min_deviation: 10,
    weight: 0.7,
  },
  {
    name: 'lines',
    unit: 'count',
    phrase: (figure, value) => `${figure} ${value === 1 ? 'line' : 'lines'}`,
    of: ({ lines }) => known(lines),
    min_deviation: 10,
    weight: 0.7,
  },
  {
    name: 'errors',
    unit: 'count',
    phrase: (figure, value) => `${figure} ${value === 1 ? 'error' : 'errors'}`,
    of: ({ errors_4xx, errors_5xx }) => {
      const [client, server] = [known(errors_4xx), known(errors_5xx)];
      return client === undefined || server === undefined ? undefined : client + server;
    },
    min_deviation: 10,
    weight: 0.75,
  },
  {
    name: 'bytes_sent',
    unit: 'bytes',
    phrase: (figure) => `${figure} sent`,
    of: ({ bytes_sent }) => known(bytes_sent),
    min_deviation: 1024 * 1024,
    weight: 0.65,
  },
];

function known(value: Row[string] | undefined): number | undefined {
  return value == null ? undefined : Number(value);
}

const DAY_NAME = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

type DayKind = 'day' | 'weekday' | 'weekend day';

interface LoggedDay {
  day: Day;
  kind: DayKind;
  /** Undefined for a day without lines. */
  row: Row | undefined;
}

interface Outlier {
  day: Day;
  kind: DayKind;
  value: number;
  /** The median of all days of the same kind. */
  median: number;
  /** Distance from the median, in scaled median absolute deviations. */
  deviations: number;
}

/**
 * The days that are outliers by requests (or lines), errors or bytes sent: more than 3.5 median absolute deviations, scaled to a
 * standard deviation, from the median day. In a period of two weeks or more, weekend days are compared with the median
 * weekend day. A day without lines counts as zero, except before the first and after the last line of the period; a day
 * whose lines do not contain a figure is left out for that figure.
 */
export function outlierDays(input: InsightsInput): Finding[] {
  return sectionsFor('days', input).flatMap((section) => {
    const days = loggedDays(input.period, section.rows);
    if (days.length < MIN_DAYS) return [];
    return MEASURES.flatMap((measure) => outliers(measure, days).map((outlier) => finding(section, measure, outlier)));
  });
}

/** The days furthest from their median, furthest first. */
function outliers(measure: Measure, days: readonly LoggedDay[]): Outlier[] {
  const valued = days.flatMap(({ day, kind, row }) => {
    const value = row ? measure.of(row) : 0;
    return value === undefined ? [] : { day, kind, value };
  });
  if (valued.length < MIN_DAYS || !days.some(({ row }) => row && measure.of(row) !== undefined)) return [];
  const byKind = Map.groupBy(valued, ({ kind }) => kind);
  const medians = new Map([...byKind].map(([kind, ofKind]) => [kind, median(ofKind.map(({ value }) => value))]));
  const compared = valued.map((one) => ({ ...one, median: medians.get(one.kind) ?? 0 }));
  const mad = median(compared.map((one) => Math.abs(one.value - one.median)));
  return compared
    .map((one) => {
      const deviation = Math.max(DEVIATIONS_PER_MAD * mad, MIN_DEVIATION_SHARE * one.median, measure.min_deviation);
      return { ...one, deviations: Math.abs(one.value - one.median) / deviation };
    })
    .filter(({ deviations }) => deviations > THRESHOLD)
    .sort((a, b) => b.deviations - a.deviations || (a.day < b.day ? -1 : 1))
    .slice(0, MAX_DAYS_PER_MEASURE);
}

function finding({ id: section }: InsightSection, measure: Measure, outlier: Outlier): Finding {
  const { name, unit, phrase, weight } = measure;
  const { day, kind, value, median, deviations } = outlier;
  const figure = phrase(formatFigure(value, unit).text, value);
  return {
    id: `${section}-${name}-${day}`,
    section,
    kind: 'outlier',
    text: `${DAY_NAME.format(new Date(day))} stands out with ${figure}: the median ${kind} has ${formatFigure(median, unit).text}, and this one is ${deviations.toFixed(1)} robust deviations away (told beyond ${THRESHOLD}).`,
    figures: { day, [name]: value, median, deviations, threshold: THRESHOLD },
    weight: Math.min(1, weight * (1.3 - (0.3 * THRESHOLD) / deviations)),
  };
}

/** The days of a period from the first to the last that has lines. */
function loggedDays(period: Period, rows: readonly Row[]): LoggedDay[] {
  const byDay = new Map(rows.map((row) => [new Date(Number(row.day)).toISOString().slice(0, 10), row]));
  const all = daysOf(period);
  const days = all.slice(
    all.findIndex((day) => byDay.has(day)),
    all.findLastIndex((day) => byDay.has(day)) + 1,
  );
  const kindOf = dayKinds(days);
  return days.map((day) => ({ day, kind: kindOf(day), row: byDay.get(day) }));
}

/** Separates weekend days from weekdays if there are enough of them for a median. */
function dayKinds(days: readonly Day[]): (day: Day) => DayKind {
  const isWeekend = (day: Day) => [0, 6].includes(new Date(day).getUTCDay());
  if (days.filter(isWeekend).length < MIN_WEEKEND_DAYS) return () => 'day';
  return (day) => (isWeekend(day) ? 'weekend day' : 'weekday');
}

/** The middle value, or the mean of the two middle values. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
