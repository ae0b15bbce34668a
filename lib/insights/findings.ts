import type { Finding } from '../model/edition.ts';
import { arrivalsAndMoves } from './arrivals.ts';
import { standoutDays } from './days.ts';
import { appearedErrors } from './errors.ts';
import { figureOf } from './figures.ts';
import type { InsightsInput } from './input.ts';
import { changedRanks } from './ranks.ts';
import { movedTotals } from './totals.ts';

/** An edition's record has to fit what a flow remembers of a step; the weightiest findings come first and stay. */
const MOST_BYTES = 64 * 1024;

/**
 * What moved against the period before and what stands out within the period, the weightiest first. Without a line in the
 * period before nothing is compared; without one in the period itself nothing is said, for the edition says that already.
 */
export function findingsOf(input: InsightsInput): Finding[] {
  if (figureOf(input.headline.requests) === 0) return [];
  const compares = figureOf(input.headline_before.requests) > 0;
  const comparisons = compares
    ? [movedTotals, arrivalsAndMoves, changedRanks, appearedErrors].flatMap((rule) => rule(input))
    : [];
  const found = [...comparisons, ...standoutDays(input)];
  return withinBytes(found.sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1)));
}

/** The first few findings for a face to show: the weightiest, but no more than two of a kind from one section. */
export function topFindings(findings: readonly Finding[], limit: number): Finding[] {
  const seen = new Map<string, number>();
  const varied = findings.filter(({ section, kind }) => {
    const count = (seen.get(`${section} ${kind}`) ?? 0) + 1;
    seen.set(`${section} ${kind}`, count);
    return count <= 2;
  });
  return varied.slice(0, limit);
}

function withinBytes(findings: readonly Finding[]): Finding[] {
  let size_bytes = 0;
  return findings.filter((finding) => {
    size_bytes += Buffer.byteLength(JSON.stringify(finding));
    return size_bytes <= MOST_BYTES;
  });
}
