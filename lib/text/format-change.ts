import type { Unit } from '../model/columns.ts';
import { formatFigure } from './format-value.ts';

/** How a figure changed since the previous period. */
export interface Change {
  direction: 'up' | 'down' | 'same';
  /** `12.3%`, without a sign; null if a ratio is meaningless: from zero, and between percentages. */
  percent: string | null;
  /** The difference with its sign: `+1,234`, `-1.5 GiB`, `+0.4 points`. */
  absolute: string;
}

const ARROWS = { up: '▲', down: '▼', same: '=' } as const;

/** Compares two figures of one unit. Integers are subtracted exactly, also beyond 2^53. */
export function changeBetween(now: number | bigint, before: number | bigint, unit: Unit | undefined): Change {
  const difference =
    typeof now === 'bigint' && typeof before === 'bigint' ? now - before : Number(now) - Number(before);
  const direction = difference > 0 ? 'up' : difference < 0 ? 'down' : 'same';
  return { direction, percent: percentOf(difference, before, unit), absolute: signed(difference, unit) };
}

/** `▲ 12.3% (+1,234)`, `▼ -0.4 points`, `= no change`. */
export function formatChange({ direction, percent, absolute }: Change): string {
  if (direction === 'same') return `${ARROWS.same} no change`;
  return percent === null ? `${ARROWS[direction]} ${absolute}` : `${ARROWS[direction]} ${percent} (${absolute})`;
}

function percentOf(difference: number | bigint, before: number | bigint, unit: Unit | undefined): string | null {
  const base = Math.abs(Number(before));
  if (unit === 'percent' || base === 0) return null;
  const percent = (Math.abs(Number(difference)) / base) * 100;
  if (percent > 0 && percent < 0.05) return '<0.1%';
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: percent < 100 ? 1 : 0 }).format(percent).concat('%');
}

function signed(difference: number | bigint, unit: Unit | undefined): string {
  const sign = difference > 0 ? '+' : '';
  if (unit !== 'percent') return `${sign}${formatFigure(difference, unit).text}`;
  return `${sign}${new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 }).format(difference)} points`;
}
