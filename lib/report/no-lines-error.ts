import type { SourceRecord } from '../model/edition.ts';
import type { Period } from '../model/period.ts';

/** No source has a line of the period, so there is nothing to report. */
export class NoLinesError extends Error {
  override readonly name = 'NoLinesError';
  readonly period: Period;

  constructor(period: Period) {
    super(`no line is from ${period.from} to ${period.to}`);
    this.period = period;
  }
}

/** Throws a NoLinesError if no source has a line of the period. */
export function requireLines(sources: readonly SourceRecord[], period: Period): void {
  if (sources.every(({ lines }) => lines === 0)) throw new NoLinesError(period);
}
