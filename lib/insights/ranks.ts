import type { Finding } from '../model/edition.ts';
import { numberOrZero } from '../model/value.ts';
import { periodName } from '../text/format-period.ts';
import { type Entity, entityOf, keyOf, nameOf, namesOf } from './entity.ts';
import { requestsText } from './figures.ts';
import { type InsightSection, type InsightsInput, type Row, sectionsFor } from './input.ts';

/** A change is reported if it ends or starts in the first ten ranks and is at least five places, or leads to rank 1. */
const TOP_RANKS = 10;
const MIN_PLACES = 5;

interface Ranked {
  row: Row;
  rank: number;
  requests: number;
}

interface RankChange {
  now: Ranked;
  before: Ranked;
}

/** Large changes of rank in the top lists, and new leaders. Only rows that exist in both periods are compared. */
export function changedRanks(input: InsightsInput): Finding[] {
  return sectionsFor('ranks', input).flatMap((section) =>
    rankChanges(section)
      .filter((change) => isNewLeader(change) || isFar(change))
      .map((change) => rankFinding(section, change, input)),
  );
}

/** The rows of a top list that exist in both periods, in the order of this period. */
function rankChanges(section: InsightSection): RankChange[] {
  const entity = entityOf(section);
  const ranks_before = ranked(entity, section.rows_before);
  return [...ranked(entity, section.rows)].flatMap(([key, row]) => {
    const row_before = ranks_before.get(key);
    return row_before ? [{ now: row, before: row_before }] : [];
  });
}

function isNewLeader({ now, before }: RankChange): boolean {
  return now.rank === 1 && before.rank > 1;
}

function isFar({ now, before }: RankChange): boolean {
  return Math.min(now.rank, before.rank) <= TOP_RANKS && Math.abs(now.rank - before.rank) >= MIN_PLACES;
}

function rankFinding(section: InsightSection, change: RankChange, input: InsightsInput): Finding {
  const entity = entityOf(section);
  const { now, before } = change;
  const name = nameOf(entity, now.row, input.owners);
  const figures = `with ${requestsText(now.requests)}, from rank ${before.rank} with ${requestsText(before.requests)} in ${periodName(input.period_before)}`;
  const verb = now.rank < before.rank ? 'rose' : 'sank';
  const leads = isNewLeader(change);
  return {
    id: `${section.id}-rank-${now.rank}`,
    section: section.id,
    kind: 'rank',
    text: leads
      ? `${name} now leads the ${entity.plural} ${figures}.`
      : `The ${entity.noun} ${name} ${verb} to rank ${now.rank} ${figures}.`,
    figures: {
      ...namesOf(entity, now.row),
      rank: now.rank,
      rank_before: before.rank,
      requests: now.requests,
      requests_before: before.requests,
    },
    weight: leads ? 0.6 : 0.25 + 0.2 / Math.min(now.rank, before.rank),
  };
}

/** The rows of a top list by key. Equal counts share a rank, so another order among ties is not a change. */
function ranked(entity: Entity, rows: readonly Row[]): Map<string, Ranked> {
  const ranks = new Map<string, Ranked>();
  let rank = 0;
  rows.forEach((row, index) => {
    const requests = numberOrZero(row.requests);
    if (index === 0 || requests !== numberOrZero(rows[index - 1]?.requests)) rank = index + 1;
    ranks.set(keyOf(entity, row), { row, rank, requests });
  });
  return ranks;
}
