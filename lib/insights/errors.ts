import type { Finding } from '../model/edition.ts';
import { periodName } from '../text/format-period.ts';
import { shortenText, visibleText } from '../text/visible-text.ts';
import { figureOf, percentText, requestsText, shareOf } from './figures.ts';
import { type InsightSection, type InsightsInput, type Row, sectionsFor } from './input.ts';

const CODE_SHOWN = 60;

interface Failure {
  status: number;
  error_code: string | null;
  requests: number;
  operations: number;
}

/** Errors, by status and error code, that the previous period does not have. */
export function appearedErrors(input: InsightsInput): Finding[] {
  return sectionsFor('errors', input).flatMap((section) => appearedIn(section, input));
}

/** None if the rows of the previous period were cut off at the section's limit: a missing row then says nothing. */
function appearedIn({ id: section, rows, rows_before, limit }: InsightSection, input: InsightsInput): Finding[] {
  if (limit !== undefined && rows_before.length >= limit) return [];
  const { headline, period_before } = input;
  const known = failures(rows_before);
  const appeared = [...failures(rows)].filter(([key]) => !known.has(key));
  return appeared.map(([, { status, error_code, requests, operations }], index) => {
    const code = error_code === null ? '' : ` (${visibleText(shortenText(error_code, CODE_SHOWN))})`;
    const share = shareOf(requests, figureOf(headline.requests));
    const over = operations > 1 ? ` over ${operations} operations` : '';
    return {
      id: `${section}-appeared-${index + 1}`,
      section,
      kind: 'appeared',
      text: `Status ${status}${code} appeared: ${requestsText(requests)} (${percentText(share)} of all)${over}, none in ${periodName(period_before)}.`,
      figures: {
        status,
        ...(error_code === null ? {} : { error_code: shortenText(error_code, CODE_SHOWN) }),
        requests,
        share,
      },
      weight: Math.min(1, (status >= 500 ? 0.65 : 0.4) + 0.5 * Math.sqrt(share)),
    };
  });
}

/** The rows that are errors, summed over operations. */
function failures(rows: readonly Row[]): Map<string, Failure> {
  const byKey = new Map<string, Failure>();
  for (const row of rows) {
    const status = figureOf(row.status);
    if (status < 400 || status > 599) continue;
    const error_code = row.error_code == null ? null : String(row.error_code);
    const key = JSON.stringify([status, error_code]);
    const found = byKey.get(key) ?? { status, error_code, requests: 0, operations: 0 };
    found.requests += figureOf(row.requests);
    found.operations++;
    byKey.set(key, found);
  }
  return byKey;
}
