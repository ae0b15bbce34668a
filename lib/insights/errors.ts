import type { Finding } from '../model/edition.ts';
import { numberOrZero } from '../model/value.ts';
import { periodName } from '../text/format-period.ts';
import { shortenText, visibleText } from '../text/visible-text.ts';
import { percentText, requestsText, shareOf } from './figures.ts';
import { type InsightSection, type InsightsInput, type Row, sectionsFor } from './input.ts';

const MAX_CODE = 60;

interface ErrorCount {
  status: number;
  error_code: string | null;
  requests: number;
  operations: number;
}

/** Errors that the previous period does not have, by status and error code. */
export function newErrors(input: InsightsInput): Finding[] {
  return sectionsFor('errors', input).flatMap((section) => newErrorsIn(section, input));
}

/**
 * Returns no findings if the previous period reached the section's row limit, because a row may then be missing, or if no
 * line of the previous period has a status, because its errors are then unknown.
 */
function newErrorsIn({ id: section, rows, rows_before, limit }: InsightSection, input: InsightsInput): Finding[] {
  if (limit !== undefined && rows_before.length >= limit) return [];
  if (rows_before.length > 0 && rows_before.every(({ status }) => status == null)) return [];
  const { headline, period_before } = input;
  const known = errorCounts(rows_before);
  const appeared = [...errorCounts(rows)].filter(([key]) => !known.has(key));
  return appeared.map(([, { status, error_code, requests, operations }], index) => {
    const code = error_code === null ? '' : ` (${visibleText(shortenText(error_code, MAX_CODE))})`;
    const share = shareOf(requests, numberOrZero(headline.requests));
    const over = operations > 1 ? ` over ${operations} operations` : '';
    return {
      id: `${section}-appeared-${index + 1}`,
      section,
      kind: 'appeared',
      text: `Status ${status}${code} appeared: ${requestsText(requests)} (${percentText(share)} of all)${over}, none in ${periodName(period_before)}.`,
      figures: {
        status,
        ...(error_code === null ? {} : { error_code: shortenText(error_code, MAX_CODE) }),
        requests,
        share,
      },
      weight: Math.min(1, (status >= 500 ? 0.65 : 0.4) + 0.5 * Math.sqrt(share)),
    };
  });
}

/** Counts of errors by status and error code, summed over operations. */
function errorCounts(rows: readonly Row[]): Map<string, ErrorCount> {
  const byKey = new Map<string, ErrorCount>();
  for (const row of rows) {
    const status = numberOrZero(row.status);
    if (status < 400 || status > 599) continue;
    const error_code = row.error_code == null ? null : String(row.error_code);
    const key = JSON.stringify([status, error_code]);
    const found = byKey.get(key) ?? { status, error_code, requests: 0, operations: 0 };
    found.requests += numberOrZero(row.requests);
    found.operations++;
    byKey.set(key, found);
  }
  return byKey;
}
