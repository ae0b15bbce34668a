/** A source of chance that gives the same numbers for the same seed, on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  integer(from: number, to: number): number;
  /** True with probability `share`. */
  chance(share: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** So many characters of `alphabet`. */
  text(length: number, alphabet: string): string;
}

/** The generator mulberry32: 32 bits of state, plenty for log lines and fast enough for ten million of them. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const pick = <T>(items: readonly T[]) => items[(next() * items.length) | 0] as T;
  return {
    next,
    integer: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (share) => next() < share,
    pick,
    text: (length, alphabet) => Array.from({ length }, () => alphabet[(next() * alphabet.length) | 0]).join(''),
  };
}

/** A list that holds each item as often as its weight says, so that an even pick from it is a weighted one. */
export function weighted<T>(items: readonly T[], weightOf: (item: T, rank: number) => number, slots = 4096): T[] {
  const weights = items.map(weightOf);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return items.flatMap((item, rank) => {
    const share = Math.max(1, Math.round(((weights[rank] ?? 0) / total) * slots));
    return Array<T>(share).fill(item);
  });
}

/** Weight of the item at a popularity rank: few are asked for often, many rarely. */
export function byRank(_item: unknown, rank: number): number {
  return 1 / (rank + 1) ** 0.9;
}
