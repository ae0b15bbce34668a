import type { Finding } from '../model/edition.ts';
import { periodName } from '../text/format-period.ts';
import { figureOf, requestsText } from './figures.ts';
import type { Material, Row } from './input.ts';
import { keyOf, nameOf, namesOf, THINGS, type Thing } from './thing.ts';

/** Ranks are told of within the first so many, and when they moved by so many places or lead to the top. */
const RANKS_TOLD = 10;
const PLACES_TOLD = 5;

interface Ranked {
  row: Row;
  rank: number;
  requests: number;
}

/** Ranks that changed in the top lists: who leads now, and who climbed or sank far. New and gone ones are not ranked. */
export function changedRanks({ now, before, owners, period_before }: Material): Finding[] {
  return THINGS.flatMap((thing) => {
    const ranks = ranked(thing, now.get(thing.top_section) ?? []);
    const ranks_before = ranked(thing, before.get(thing.top_section) ?? []);
    return [...new Set([...ranks.keys(), ...ranks_before.keys()])].flatMap((key) => {
      const [is, was] = [ranks.get(key), ranks_before.get(key)];
      if (!is || !was) return [];
      const leads = is.rank === 1 && was.rank > 1;
      const isFar = Math.min(is.rank, was.rank) <= RANKS_TOLD && Math.abs(is.rank - was.rank) >= PLACES_TOLD;
      if (!leads && !isFar) return [];
      const name = nameOf(thing, is.row, owners);
      const figures = `with ${requestsText(is.requests)}, from rank ${was.rank} with ${requestsText(was.requests)} in ${periodName(period_before)}`;
      const verb = is.rank < was.rank ? 'rose' : 'sank';
      return {
        id: `${thing.top_section}-rank-${is.rank}`,
        section: thing.top_section,
        kind: 'rank',
        text: leads
          ? `${name} now leads the ${thing.plural} ${figures}.`
          : `The ${thing.noun} ${name} ${verb} to rank ${is.rank} ${figures}.`,
        figures: {
          ...namesOf(thing, is.row),
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
function ranked(thing: Thing, rows: readonly Row[]): Map<string, Ranked> {
  const places = new Map<string, Ranked>();
  let rank = 0;
  rows.forEach((row, index) => {
    const requests = figureOf(row.requests);
    if (index === 0 || requests !== figureOf(rows[index - 1]?.requests)) rank = index + 1;
    places.set(keyOf(thing, row), { row, rank, requests });
  });
  return places;
}
