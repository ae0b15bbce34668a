import type { Finding } from '../model/edition.ts';
import { numberOrZero } from '../model/value.ts';
import { changes } from './changes.ts';
import { outlierDays } from './days.ts';
import { newErrors } from './errors.ts';
import { countedFigure, type InsightsInput } from './input.ts';
import { changedRanks } from './ranks.ts';
import { changedTotals } from './totals.ts';

/** Size limit of all findings: the record of an edition has to fit into the result of one step of a flow. */
const MAX_BYTES = 64 * 1024;

/**
 * What changed since the previous period and what stands out within the period, most important first. They are about
 * requests, or, if neither period has any, about lines. Without any in the previous period, nothing is compared. Without
 * any in the period itself there are no findings, because the edition states that anyway.
 */
export function findingsOf(input: InsightsInput): Finding[] {
  const counted = countedFigure(input);
  if (numberOrZero(input.headline[counted]) === 0) return [];
  const compares = numberOrZero(input.headline_before[counted]) > 0;
  const comparisons = compares ? [changedTotals, changes, changedRanks, newErrors].flatMap((rule) => rule(input)) : [];
  const found = [...comparisons, ...outlierDays(input)];
  return withinBytes(found.sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1)));
}

/** The most important findings for a view to show, at most two of a kind per section. */
export function topFindings(findings: readonly Finding[], limit: number): Finding[] {
  const seen = new Map<string, number>();
  const varied = findings.filter(({ section, kind }) => {
    const count = (seen.get(`${section} ${kind}`) ?? 0) + 1;
    seen.set(`${section} ${kind}`, count);
    return count <= 2;
  });
  return varied.slice(0, limit);
}

/** The most important findings within the size limit. */
function withinBytes(findings: readonly Finding[]): Finding[] {
  let size_bytes = 0;
  return findings.filter((finding) => {
    size_bytes += Buffer.byteLength(JSON.stringify(finding));
    return size_bytes <= MAX_BYTES;
  });
}
