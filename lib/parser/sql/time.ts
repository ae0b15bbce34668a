import { SqlFailure } from './failure.ts';

/* Trino's functions on timestamps, which are milliseconds since 1970. */

const TIMESTAMP =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?: ([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2})(?:[.]([0-9]{1,3}))?)?)?$/;

/** CAST(text AS timestamp), for texts with at most three decimals, as our SQL has them. */
export function timestampOf(text: string): number {
  const found = TIMESTAMP.exec(text);
  if (!found) throw new SqlFailure('a text is no timestamp');
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = ''] = found;
  return momentOf(
    [Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second)],
    Number(fraction.padEnd(3, '0')),
  );
}

const PARSED = /^([0-9]{2})\/([A-Z][a-z]{2})\/([0-9]{4}):([0-9]{2}):([0-9]{2}):([0-9]{2})$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `date_parse` with the only format that our SQL uses. */
export function dateParse(text: string, format: string): number {
  if (format !== '%d/%b/%Y:%H:%i:%s') throw new Error(`date_parse reads no dates of the format ${format}`);
  const [, day, month = '', year, hour, minute, second] = PARSED.exec(text) ?? [];
  if (day === undefined) throw new SqlFailure('a text is no date');
  const numbers = [Number(year), MONTHS.indexOf(month) + 1, Number(day), Number(hour), Number(minute), Number(second)];
  return momentOf(numbers as Moment, 0);
}

/** Year, month from 1, day, hour, minute, second. */
type Moment = [number, number, number, number, number, number];

function momentOf([year, month, day, hour, minute, second]: Moment, millisecond: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists || month > 12 || hour > 23 || minute > 59 || second > 59) throw new SqlFailure('no such time');
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
}

const UNITS_MS: Readonly<Record<string, number>> = { hour: 3_600_000, minute: 60_000, millisecond: 1 };

/** A time with an amount of a unit added. An amount beyond 32 bits is a failure. */
export function dateAdd(unit: string, amount: number, time: number): number {
  const unit_ms = UNITS_MS[unit];
  if (unit_ms === undefined) throw new Error(`date_add adds no ${unit}`);
  if (Math.abs(amount) > 2 ** 31 - 1) throw new SqlFailure('an amount of time beyond 32 bits');
  return time + amount * unit_ms;
}
