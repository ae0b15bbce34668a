import type { Unit } from '../../model/columns.ts';
import { formatFigure } from '../../text/format-value.ts';
import type { ChartData } from './chart.ts';

const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });
const DAY_AND_MONTH = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const FULL_DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** Keeps the labels of both axes inside the chart: the plot shrinks by their size. */
export const labelsInside = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } as const;

/** Minimum, maximum and interval of a value axis. Its ticks are round numbers of the unit: bytes in powers of 1024. */
export function valueScale(values: readonly (number | null)[], unit: Unit, ticks = 4) {
  const known = values.filter((value) => value !== null);
  const step = roundStep(Math.max(...known, 0) - Math.min(...known, 0) || 1, unit, ticks);
  return {
    min: Math.floor(Math.min(...known, 0) / step) * step,
    max: Math.ceil(Math.max(...known, 0) / step) * step || step,
    interval: step,
  };
}

/** The step between ticks: 1, 2, 2.5 or 5 times a power of ten of the base unit; a whole number for counts and bytes. */
function roundStep(range: number, unit: Unit, ticks: number): number {
  const base = unitBase(range, unit);
  const rough = range / base / ticks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  const step = factor * power * base;
  return unit === 'count' || unit === 'bytes' ? Math.max(1, Math.ceil(step)) : step;
}

/** The base that steps are round in: 1, KiB, MiB … for bytes, minutes or hours for long durations. */
function unitBase(range: number, unit: Unit): number {
  if (unit === 'bytes') return 1024 ** Math.max(0, Math.floor(Math.log(range / 2) / Math.log(1024)));
  if (unit === 'ms' && range > 60_000) return range > 7_200_000 ? 3_600_000 : 60_000;
  return 1;
}

/** The label of a tick: `1.2M`, `20 MiB`, `1.5 s`. */
export function formatTick(value: number, unit: Unit): string {
  return unit === 'count' ? COMPACT.format(value) : formatFigure(value, unit).text;
}

/** `1 Oct`. */
export function shortDay(day: string): string {
  return DAY_AND_MONTH.format(Date.parse(day));
}

/** `Thu, 1 October 2026`. */
export function fullDay(day: string): string {
  return FULL_DAY.format(Date.parse(day));
}

/** A label of the x axis in full: a day, `14:00 UTC`, `Thu, 1 October 2026, 14:00 UTC`, or a name as it is. */
export function fullLabel(label: string, x_domain: ChartData['x_domain']): string {
  switch (x_domain) {
    case 'day':
      return fullDay(label);
    case 'hour_of_day':
      return `${label} UTC`;
    case 'hour':
      return `${fullDay(label.slice(0, 10))}, ${label.slice(11)}:00 UTC`;
    case 'name':
      return label;
  }
}
