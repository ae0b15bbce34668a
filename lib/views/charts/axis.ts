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

/** Ends and step of a value axis, so that its marks are round in the unit: bytes in powers of 1024. */
export function valueScale(values: readonly (number | null)[], unit: Unit, marks = 4) {
  const known = values.filter((value) => value !== null);
  const step = roundStep(Math.max(...known, 0) - Math.min(...known, 0) || 1, unit, marks);
  return {
    min: Math.floor(Math.min(...known, 0) / step) * step,
    max: Math.ceil(Math.max(...known, 0) / step) * step || step,
    interval: step,
  };
}

/** The step between marks: 1, 2, 2.5 or 5 times a power of ten, of KiB, MiB or minutes; whole for counts and bytes. */
function roundStep(span: number, unit: Unit, marks: number): number {
  const base = unitBase(span, unit);
  const rough = span / base / marks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  const step = factor * power * base;
  return unit === 'count' || unit === 'bytes' ? Math.max(1, Math.ceil(step)) : step;
}

function unitBase(span: number, unit: Unit): number {
  if (unit === 'bytes') return 1024 ** Math.max(0, Math.floor(Math.log(span / 2) / Math.log(1024)));
  if (unit === 'ms' && span > 60_000) return span > 7_200_000 ? 3_600_000 : 60_000;
  return 1;
}

/** A mark on an axis: `1.2M`, `20 MiB`, `1.5 s`. */
export function formatMark(value: number, unit: Unit): string {
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

/** A place on a chart, said in full: a day, `14:00 UTC`, `Thu, 1 October 2026, 14:00 UTC`, or a name as it is. */
export function fullLabel(label: string, along: ChartData['along']): string {
  if (along === 'day') return fullDay(label);
  if (along === 'hour') return `${label} UTC`;
  return along === 'time' ? `${fullDay(label.slice(0, 10))}, ${label.slice(11)}:00 UTC` : label;
}
