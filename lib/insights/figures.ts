import { formatFigure } from '../text/format-value.ts';

/** `1,234 requests`, `1 request`. */
export function requestsText(requests: number): string {
  return `${formatFigure(requests, 'count').text} ${requests === 1 ? 'request' : 'requests'}`;
}

/** `3.21%`. */
export function percentText(share: number): string {
  return formatFigure(share * 100, 'percent').text;
}

/** A part as a share of the whole, from 0 to 1; 0 if the whole is 0. */
export function shareOf(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0;
}
