import { toNumber, type Value } from '../model/value.ts';
import { formatFigure } from '../text/format-value.ts';

/** A figure of a row or a headline; a missing one and NULL count as nothing. */
export function figureOf(value: Value | undefined): number {
  return value == null ? 0 : Number(toNumber(value));
}

/** `1,234 requests`, `1 request`. */
export function requestsText(requests: number): string {
  return `${formatFigure(requests, 'count').text} ${requests === 1 ? 'request' : 'requests'}`;
}

/** `3.21%`. */
export function percentText(share: number): string {
  return formatFigure(share * 100, 'percent').text;
}

/** A share of a whole, from 0 to 1; of nothing it is 0. */
export function shareOf(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0;
}
