import type { Column, Unit } from '../model/columns.ts';
import { toNumber, type Value } from '../model/value.ts';

/** A value in two forms: short for reading, and exact. */
export interface FormattedValue {
  text: string;
  exact: string;
}

/** Shown for NULL. */
export const NO_VALUE = '–';

/** What NULL means as a figure. */
export const UNKNOWN = 'unknown';

type TypeAndUnit = Pick<Column, 'type' | 'unit'>;

const NUMERIC = new Set(['integer', 'bigint', 'double']);
const BYTE_UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/**
 * True for columns of figures, which are aligned right and can be compared. Integers without a unit, such as status codes,
 * are labels; so are hours.
 */
export function isFigure({ type, unit }: TypeAndUnit): boolean {
  if (unit === 'hour' || unit === 'day') return false;
  return type === 'double' || (NUMERIC.has(type) && unit !== undefined);
}

/** Formats a value by its column's unit and type: 1234567 bytes as `1.18 MiB`, exactly `1,234,567 bytes`. Times are UTC. */
export function formatValue(value: Value, { type, unit }: TypeAndUnit): FormattedValue {
  if (value === null) return { text: NO_VALUE, exact: isFigure({ type, unit }) ? UNKNOWN : 'no value' };
  if (value === '') return { text: '(empty)', exact: 'empty text' };
  if (type === 'timestamp') return formatTime(Number(value));
  if (type === 'date' || (unit === 'day' && typeof value === 'number'))
    return same(isoTime(Number(value)).slice(0, 10));
  if (unit === 'hour' && NUMERIC.has(type)) return same(`${String(value).padStart(2, '0')}:00`);
  if (typeof value === 'boolean') return same(value ? 'yes' : 'no');
  return isFigure({ type, unit }) ? formatFigure(toNumber(value), unit) : same(String(value));
}

/** Formats a figure by its unit. Bytes are in binary units, durations in ms, s, min or h, money in US dollars. */
export function formatFigure(value: number | bigint, unit: Unit | undefined): FormattedValue {
  switch (unit) {
    case 'bytes':
      return { text: formatBytes(value), exact: `${exactly(value)} ${Number(value) === 1 ? 'byte' : 'bytes'}` };
    case 'ms':
      return { text: formatDuration(Number(value)), exact: `${exactly(value)} ms` };
    case 'usd':
      return { text: formatDollars(Number(value)), exact: `${exactly(value)} USD` };
    case 'percent':
      return { text: formatPercent(Number(value)), exact: `${exactly(value)}%` };
    default:
      return { text: rounded(value, Number.isInteger(Number(value)) ? 0 : 2), exact: exactly(value) };
  }
}

function formatBytes(value: number | bigint): string {
  const bytes = Number(value);
  if (Math.abs(bytes) < 1024) return `${rounded(value, 0)} B`;
  let scaled = bytes;
  for (const unit of BYTE_UNITS) {
    scaled /= 1024;
    // A figure below 1023.5 is still rounded to less than 1024, which would be 1 of the next unit.
    if (Math.abs(scaled) < 1023.5 || unit === BYTE_UNITS.at(-1)) return `${threeDigits(scaled)} ${unit}`;
  }
  return `${threeDigits(scaled)} EiB`;
}

function formatDuration(ms: number): string {
  const size = Math.abs(ms);
  if (size < 999.5) return `${threeDigits(ms)} ms`;
  if (size < 59_950) return `${threeDigits(ms / 1000)} s`;
  const minutes = Math.round(ms / 1000 / 6) / 10;
  return Math.abs(minutes) < 60 ? `${rounded(minutes, 1)} min` : `${rounded(ms / 3_600_000, 1)} h`;
}

function formatDollars(dollars: number): string {
  const size = Math.abs(dollars);
  const digits =
    size === 0 || size >= 0.995
      ? { minimumFractionDigits: 2, maximumFractionDigits: 2 }
      : { minimumFractionDigits: 2, maximumFractionDigits: size < 0.01 ? 6 : 3 };
  if (size > 0 && size < 0.000001) return `${dollars < 0 ? '>-' : '<'}$0.000001`;
  return `${dollars < 0 ? '-' : ''}$${new Intl.NumberFormat('en-US', digits).format(size)}`;
}

function formatPercent(percent: number): string {
  if (percent > 0 && percent < 0.005) return '<0.01%';
  return `${rounded(percent, Math.abs(percent) < 10 ? 2 : 1)}%`;
}

function formatTime(time_ms: number): FormattedValue {
  const iso = isoTime(time_ms);
  return { text: iso.slice(0, 19).replace('T', ' '), exact: iso };
}

function isoTime(time_ms: number): string {
  const date = new Date(time_ms);
  return Number.isNaN(date.getTime()) ? 'invalid time' : date.toISOString();
}

function threeDigits(value: number): string {
  const size = Math.abs(value);
  return rounded(value, size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}

/** Number formats by their digits after the decimal point. Creating one costs more than formatting a page of figures. */
const FORMATS = new Map<number, Intl.NumberFormat>();

function rounded(value: number | bigint, maximumFractionDigits: number): string {
  const format = FORMATS.get(maximumFractionDigits) ?? new Intl.NumberFormat('en-US', { maximumFractionDigits });
  FORMATS.set(maximumFractionDigits, format);
  return format.format(value);
}

function exactly(value: number | bigint): string {
  return rounded(value, 20);
}

function same(text: string): FormattedValue {
  return { text, exact: text };
}
