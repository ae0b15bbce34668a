import type { Unit } from '../model/columns.ts';
import type { Finding } from '../model/edition.ts';
import { type Day, daysOf, type Period } from '../model/period.ts';
import { formatFigure } from '../text/format-value.ts';
import { figureOf } from './figures.ts';
import { type InsightSection, type InsightsInput, type Row, sectionsFor } from './input.ts';

/** Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): a modified z-score beyond 3.5 is an outlier. */
const THRESHOLD = 3.5;
/** Makes the median absolute deviation comparable with a standard deviation. */
const DEVIATIONS_PER_MAD = 1.4826;
/** Fewer days have no usual day. */
const LEAST_DAYS = 7;
const DAYS_TOLD = 3;

interface Measure {
  name: string;
  unit: Unit;
  /** The figure in a sentence. */
  said(figure: string, value: number): string;
  of(row: Row): number;
  /** Days that differ by less than this are alike, however even the rest of the period is. */
  least_deviation: number;
  weight: number;
}

const MEASURES: readonly Measure[] = [
  {
    name: 'requests',
    unit: 'count',
    said: (figure, value) => `${figure} ${value === 1 ? 'request' : 'requests'}`,
    of: (row) => figureOf(row.requests),
    least_deviation: 10,
    weight: 0.7,
  },
  {
    name: 'errors',
    unit: 'count',
    said: (figure, value) => `${figure} ${value === 1 ? 'error' : 'errors'}`,
    of: (row) => figureOf(row.errors_4xx) + figureOf(row.errors_5xx),
    least_deviation: 10,
    weight: 0.75,
  },
  {
    name: 'bytes_sent',
    unit: 'bytes',
    said: (figure) => `${figure} sent`,
    of: (row) => figureOf(row.bytes_sent),
    least_deviation: 1024 * 1024,
    weight: 0.65,
  },
];
/** Nor do days that differ by less than this share of the usual day. */
const LEAST_SHARE = 0.05;

const NAMES = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** With so many weekend days in the period they are held against each other, and so are the days of the week. */
const LEAST_WEEKEND_DAYS = 4;

type DayKind = 'day' | 'weekday' | 'weekend day';

/**
 * The days of the period that stand out by requests, errors or bytes sent: those whose distance to the median day is more
 * than 3.5 times the median absolute deviation, scaled to a standard deviation. In two weeks or more a weekend day is held
 * against the median weekend day. Days without a line count as zero, but for those before the first line and after the last.
 */
export function standoutDays(input: InsightsInput): Finding[] {
  return sectionsFor('days', input).flatMap((section) => standoutsIn(section, input.period));
}

function standoutsIn(section: InsightSection, period: Period): Finding[] {
  const days = loggedDays(period, section.rows);
  if (days.length < LEAST_DAYS) return [];
  const kindOf = kinds(days.map(({ day }) => day));
  return MEASURES.flatMap((measure) => {
    const valued = days.map(({ day, row }) => ({ day, kind: kindOf(day), value: row ? measure.of(row) : 0 }));
    const medians = new Map(
      valued.map(({ kind }) => [kind, median(valued.flatMap((one) => (one.kind === kind ? one.value : [])))]),
    );
    const compared = valued.map((one) => ({ ...one, usual: medians.get(one.kind) ?? 0 }));
    const mad = median(compared.map(({ value, usual }) => Math.abs(value - usual)));
    return compared
      .map((one) => {
        const deviation = Math.max(DEVIATIONS_PER_MAD * mad, LEAST_SHARE * one.usual, measure.least_deviation);
        return { ...one, deviations: Math.abs(one.value - one.usual) / deviation };
      })
      .filter(({ deviations }) => deviations > THRESHOLD)
      .sort((a, b) => b.deviations - a.deviations || (a.day < b.day ? -1 : 1))
      .slice(0, DAYS_TOLD)
      .map((standout) => finding(section.id, measure, standout));
  });
}

interface Standout {
  day: Day;
  kind: DayKind;
  value: number;
  /** The median day of its kind. */
  usual: number;
  deviations: number;
}

function finding(
  section: string,
  { name, unit, said, weight }: Measure,
  { day, kind, value, usual, deviations }: Standout,
): Finding {
  const figure = said(formatFigure(value, unit).text, value);
  return {
    id: `${section}-${name}-${day}`,
    section,
    kind: 'outlier',
    text: `${NAMES.format(new Date(day))} stands out with ${figure}: the median ${kind} has ${formatFigure(usual, unit).text}, and this one is ${deviations.toFixed(1)} robust deviations away (told beyond ${THRESHOLD}).`,
    figures: { day, [name]: value, median: usual, deviations, threshold: THRESHOLD },
    weight: Math.min(1, weight * (1.3 - (0.3 * THRESHOLD) / deviations)),
  };
}

/** Tells weekend days from others where there are enough of them to have a median of their own. */
function kinds(days: readonly Day[]): (day: Day) => DayKind {
  const isWeekend = (day: Day) => [0, 6].includes(new Date(day).getUTCDay());
  if (days.filter(isWeekend).length < LEAST_WEEKEND_DAYS) return () => 'day';
  return (day) => (isWeekend(day) ? 'weekend day' : 'weekday');
}

/** The days of a period from the first that has a line to the last, each with its row where it has one. */
function loggedDays(period: Period, rows: readonly Row[]): { day: Day; row: Row | undefined }[] {
  const byDay = new Map(rows.map((row) => [new Date(Number(row.day)).toISOString().slice(0, 10), row]));
  const days = daysOf(period).map((day) => ({ day, row: byDay.get(day) }));
  return days.slice(
    days.findIndex(({ row }) => row),
    days.findLastIndex(({ row }) => row) + 1,
  );
}

/** The middle value; of an even number the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
