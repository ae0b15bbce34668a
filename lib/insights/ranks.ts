import type { Finding } from '../model/edition.ts';
import { periodName } from '../text/format-period.ts';
import { type Entity, entityOf, keyOf, nameOf, namesOf } from './entity.ts';
import { figureOf, requestsText } from './figures.ts';
import { type InsightsInput, type Row, sectionsFor } from './input.ts';

/** Ranks are told of within the first so many, and when they moved by so many places or lead to the top. */
const RANKS_TOLD = 10;
const PLACES_TOLD = 5;

interface Ranked {
  row: Row;
  rank: number;
  requests: number;
}

/** Ranks that changed in the top lists: who leads now, and who climbed or sank far. New and gone ones are not ranked. */
export function changedRanks(input: InsightsInput): Finding[] {
  return sectionsFor('ranks', input).flatMap((section) => {
    const entity = entityOf(section);
    const ranks = ranked(entity, section.rows);
    const ranks_before = ranked(entity, section.rows_before);
    return [...new Set([...ranks.keys(), ...ranks_before.keys()])].flatMap((key) => {
      const [is, was] = [ranks.get(key), ranks_before.get(key)];
      if (!is || !was) return [];
      const leads = is.rank === 1 && was.rank > 1;
      const isFar = Math.min(is.rank, was.rank) <= RANKS_TOLD && Math.abs(is.rank - was.rank) >= PLACES_TOLD;
      if (!leads && !isFar) return [];
      const name = nameOf(entity, is.row, input.owners);
      const figures = `with ${requestsText(is.requests)}, from rank ${was.rank} with ${requestsText(was.requests)} in ${periodName(input.period_before)}`;
      const verb = is.rank < was.rank ? 'rose' : 'sank';
      return {
        id: `${section.id}-rank-${is.rank}`,
        section: section.id,
        kind: 'rank',
        text: leads
          ? `${name} now leads the ${entity.plural} ${figures}.`
          : `The ${entity.noun} ${name} ${verb} to rank ${is.rank} ${figures}.`,
        figures: {
          ...namesOf(entity, is.row),
          rank: is.rank,
          rank_before: was.rank,
          requests: is.requests,
          requests_before: was.requests,
        },
        weight: leads ? 0.6 : 0.25 + 0.2 / Math.min(is.rank, was.rank),
      } satisfies Finding;
    });
  });
}

/** Rows of a top list by what they name. Equal counts share a rank, so that a tie that falls the other way is no change. */
function ranked(entity: Entity, rows: readonly Row[]): Map<string, Ranked> {
  const places = new Map<string, Ranked>();
  let rank = 0;
  rows.forEach((row, index) => {
    const requests = figureOf(row.requests);
    if (index === 0 || requests !== figureOf(rows[index - 1]?.requests)) rank = index + 1;
    places.set(keyOf(entity, row), { row, rank, requests });
  });
  return places;
}
