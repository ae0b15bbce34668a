import { isWord } from './boundary.ts';
import { type CodePoints, includes, normalized, overlaps } from './code-points.ts';
import { type Starts, sequenceStarts, startsOf } from './starts.ts';
import type { Part, Syntax } from './syntax.ts';

/** What is thrown when a text takes too many steps. */
export const TOO_MANY_STEPS = Symbol('too many steps');

/** Steps that a text may take, and more for each of its characters: some milliseconds for a line of usual length. */
const FREE_STEPS = 20_000;
const STEPS_PER_CHARACTER = 20;

/** Rounds of loops that are remembered at most, four bytes each. */
const MOST_ROUNDS = 2 ** 20;

const ASCII = 0x80;
/** Stands behind a text. It is no ASCII, for which tables are asked without a look at the end. */
const END = 0xffff;

/**
 * Where a match and its groups begin and end, -1 for a group without a part in it; valid until the next call. The text is in
 * `units` from `start` to `end`, as UTF-16, and the element at `end` is overwritten.
 */
export type Match = (units: Uint16Array, start: number, end: number) => Int32Array | undefined;

/** Matches from a position on, and what comes after it, too. */
type Step = (at: number) => boolean;

/** Where a part ends that matches in one way only, or -1. */
type Unit = (at: number) => number;

/**
 * Matches a text from its start as it is usually done: at each place where there are several ways, the first one is tried
 * first. A text that takes too many steps, because it was written to, throws `TOO_MANY_STEPS`.
 */
export function compileBacktracking({ part, groups }: Syntax, isWhole: boolean): Match {
  const places = new Int32Array(2 * groups + 2);
  /** Where groups that are not closed yet begin. */
  const opened = new Int32Array(groups + 1);
  let units = new Uint16Array();
  let first = 0;
  let end = 0;
  let steps = 0;
  /** Where the rounds of loops begin that may have fewer, the loops one after the other. */
  let rounds = new Int32Array(256);
  let round_count = 0;

  const finish: Step = (at) => {
    if (isWhole && at < end) return false;
    places[1] = at;
    return true;
  };
  const match = compile(part, finish, isWhole ? { points: [], isEmpty: true } : undefined);
  return (text, from, to) => {
    units = text as Uint16Array<ArrayBuffer>;
    units[to] = END;
    first = from;
    end = to;
    steps = FREE_STEPS + STEPS_PER_CHARACTER * (to - from);
    round_count = 0;
    places.fill(-1);
    places[0] = from;
    return match(from) ? places : undefined;
  };

  function spend(): void {
    if (--steps < 0) throw TOO_MANY_STEPS;
  }

  /** `follow` is what may come next, and whether the text may end; undefined if anything may. */
  function compile(piece: Part, next: Step, follow: Starts | undefined): Step {
    const unit = unitOf(piece);
    if (unit) return unitStep(unit, next);
    switch (piece.type) {
      case 'sequence':
        return sequence(piece.parts, next, follow);
      case 'choice': {
        const ways = piece.parts.map((inner) => compile(inner, next, follow));
        return (at) => {
          spend();
          for (const way of ways) if (way(at)) return true;
          return false;
        };
      }
      case 'group':
        return group(piece.part, piece.number, next, follow);
      case 'repeat':
        return repeat(piece, next, follow);
      case 'start':
        return (at) => at === first && next(at);
      case 'end':
        return (at) => at === end && next(at);
      case 'boundary':
        return (at) => isBoundary(at) && next(at);
      default:
        return (at) => !isBoundary(at) && next(at);
    }
  }

  function unitStep(unit: Unit, next: Step): Step {
    return (at) => {
      const after = unit(at);
      return after !== -1 && next(after);
    };
  }

  function sequence(parts: readonly Part[], next: Step, follow: Starts | undefined): Step {
    let step = next;
    let after = follow;
    for (let last = parts.length; last > 0; ) {
      let from = last - 1;
      // What matches in one way only is one step.
      while (from > 0 && unitOf(parts[from] as Part) && unitOf(parts[from - 1] as Part)) from--;
      const piece: Part = { type: 'sequence', parts: parts.slice(from, last) };
      step = compile(last - from > 1 ? piece : (parts[from] as Part), step, after);
      after = startsBefore(piece.parts, after);
      last = from;
    }
    return step;
  }

  function group(inner: Part, number: number, next: Step, follow: Starts | undefined): Step {
    const unit = unitOf(inner) ?? onlyLoop(inner, follow);
    if (unit) {
      return (at) => {
        const after = unit(at);
        if (after === -1) return false;
        const from = places[2 * number] as number;
        const to = places[2 * number + 1] as number;
        places[2 * number] = at;
        places[2 * number + 1] = after;
        if (next(after)) return true;
        places[2 * number] = from;
        places[2 * number + 1] = to;
        return false;
      };
    }
    const close: Step = (at) => {
      const from = places[2 * number] as number;
      const to = places[2 * number + 1] as number;
      places[2 * number] = opened[number] as number;
      places[2 * number + 1] = at;
      if (next(at)) return true;
      places[2 * number] = from;
      places[2 * number + 1] = to;
      return false;
    };
    const body = compile(inner, close, follow);
    return (at) => {
      const before = opened[number] as number;
      opened[number] = at;
      if (body(at)) return true;
      opened[number] = before;
      return false;
    };
  }

  function repeat(piece: Part & { type: 'repeat' }, next: Step, follow: Starts | undefined): Step {
    const { part: inner, min, max, isLazy } = piece;
    const only = onlyLoop(piece, follow);
    if (only) return unitStep(only, next);
    if (min === 0 && max === 1) {
      const body = compile(inner, next, follow);
      return isLazy ? (at) => next(at) || body(at) : (at) => body(at) || next(at);
    }
    const unit = unitOf(inner);
    if (!unit) return loop(inner, min, max, isLazy, next);
    const mayFollow = follow && testOf(follow);
    // What fails at once is not worth a call.
    const tryNext: Step = mayFollow ? (at) => mayFollow(at) && next(at) : next;
    return isLazy ? lazyLoop(unit, min, max, tryNext) : greedyLoop(unit, min, max, tryNext);
  }

  /**
   * A loop that has as many rounds as there are, because what follows cannot begin where a round does: with fewer, it would
   * have to. Undefined for other parts.
   */
  function onlyLoop(piece: Part, follow: Starts | undefined): Unit | undefined {
    if (piece.type !== 'repeat' || follow === undefined) return undefined;
    const { part: inner, min, max, isLazy } = piece;
    const unit = unitOf(inner);
    if (!unit || (isLazy && min < max) || overlaps(startsOf(inner).points, follow.points)) return undefined;
    const set = inner.type === 'points' ? tableOf(inner.points) : undefined;
    return (start) => {
      let at = start;
      let count = 0;
      while (count < max) {
        if (set) {
          const skipped = at;
          // No further than it may: a space that may be missing can stand before a million of them.
          const stop = at + max - count;
          while (at < stop && set[units[at] as number] === 1) at++;
          count += at - skipped;
          if (count === max) break;
        }
        const after = unit(at);
        if (after === -1) break;
        at = after;
        count++;
      }
      return count >= min ? at : -1;
    };
  }

  function lazyLoop(unit: Unit, min: number, max: number, tryNext: Step): Step {
    return (start) => {
      let at = start;
      for (let count = 0; count < max; count++) {
        if (count >= min) {
          spend();
          if (tryNext(at)) return true;
        }
        at = unit(at);
        if (at === -1) return false;
      }
      return tryNext(at);
    };
  }

  function greedyLoop(unit: Unit, min: number, max: number, tryNext: Step): Step {
    return (start) => {
      const before = round_count;
      let count = 0;
      let at = start;
      for (; count < max; count++) {
        const after = unit(at);
        if (after === -1) break;
        if (round_count === MOST_ROUNDS) throw TOO_MANY_STEPS;
        if (round_count === rounds.length) {
          const larger = new Int32Array(rounds.length * 2);
          larger.set(rounds);
          rounds = larger;
        }
        rounds[round_count++] = at;
        at = after;
      }
      for (; count >= min; count--) {
        spend();
        if (tryNext(at)) return true;
        if (count === 0) break;
        at = rounds[--round_count] as number;
      }
      round_count = before;
      return false;
    };
  }

  /** Any other loop. The state of its innermost round is in variables, because rounds of it may be within each other. */
  function loop(inner: Part, min: number, max: number, isLazy: boolean, next: Step): Step {
    let round = 0;
    let round_start = -1;
    const endRound: Step = (at) => {
      const count = round;
      const start = round_start;
      if (at === start && count >= min) return false;
      if (go(at, count + 1)) return true;
      round = count;
      round_start = start;
      return false;
    };
    const body = compile(inner, endRound, undefined);
    const again = (at: number, count: number): boolean => {
      if (count >= max) return false;
      const outer = round;
      const outer_start = round_start;
      round = count;
      round_start = at;
      if (body(at)) return true;
      round = outer;
      round_start = outer_start;
      return false;
    };
    const go = (at: number, count: number): boolean => {
      spend();
      if (count < min) return again(at, count);
      return isLazy ? next(at) || again(at, count) : again(at, count) || next(at);
    };
    return (at) => go(at, 0);
  }

  /** A part that has no groups and matches in one way at most, which the next character decides; undefined for others. */
  function unitOf(piece: Part): Unit | undefined {
    if (piece.type === 'points') return pointUnit(piece.points);
    if (piece.type === 'repeat') {
      const unit = piece.min === piece.max && piece.max <= 64 ? unitOf(piece.part) : undefined;
      return unit && sequenceUnit(Array.from({ length: piece.max }, () => unit));
    }
    if (piece.type === 'sequence') {
      const points = pointsIn(piece);
      if (points && points.length > 1) return stringUnit(points);
      const all = piece.parts.map(unitOf);
      const known = all.filter((unit) => unit !== undefined);
      return known.length === all.length && all.length > 0 ? sequenceUnit(known) : undefined;
    }
    if (piece.type !== 'choice') return undefined;
    const starts = piece.parts.map((inner) => startsOf(inner).points);
    const isOpen = starts.some((points, index) => starts.slice(0, index).some((other) => overlaps(points, other)));
    const all = piece.parts.map(unitOf);
    const known = all.filter((unit) => unit !== undefined);
    if (isOpen || known.length < all.length) return undefined;
    return (at) => {
      for (const unit of known) {
        const after = unit(at);
        if (after !== -1) return after;
      }
      return -1;
    };
  }

  function sequenceUnit(all: readonly Unit[]): Unit {
    return (start) => {
      let at = start;
      for (const unit of all) {
        at = unit(at);
        if (at === -1) return -1;
      }
      return at;
    };
  }

  function pointUnit(points: CodePoints): Unit {
    const table = tableOf(points);
    return (at) => {
      const code = units[at] as number;
      if (code < ASCII) return table[code] === 1 ? at + 1 : -1;
      return pointEnd(points, at);
    };
  }

  /** Several characters one after the other. */
  function stringUnit(all: readonly CodePoints[]): Unit {
    const tables = all.map(tableOf);
    const count = all.length;
    return (start) => {
      let at = start;
      for (let index = 0; index < count; index++) {
        const code = units[at] as number;
        if (code < ASCII) {
          if ((tables[index] as Uint8Array)[code] === 0) return -1;
          at++;
        } else {
          at = pointEnd(all[index] as CodePoints, at);
          if (at === -1) return -1;
        }
      }
      return at;
    };
  }

  function testOf({ points, isEmpty }: Starts): (at: number) => boolean {
    const table = tableOf(points);
    return (at) => {
      const code = units[at] as number;
      if (code < ASCII) return table[code] === 1;
      return at === end ? isEmpty : pointEnd(points, at) !== -1;
    };
  }

  /** Where the character at a position ends if it is one of `points`, else -1. */
  function pointEnd(points: CodePoints, at: number): number {
    if (at >= end) return -1;
    const code = units[at] as number;
    const low = at + 1 < end && code >= 0xd800 && code <= 0xdbff ? (units[at + 1] as number) : 0;
    if (low >= 0xdc00 && low <= 0xdfff) {
      return includes(points, 0x10000 + ((code - 0xd800) << 10) + low - 0xdc00) ? at + 2 : -1;
    }
    return includes(points, code) ? at + 1 : -1;
  }

  /** True at the start or the end of a word, which has ASCII letters, digits and underscores. */
  function isBoundary(at: number): boolean {
    const before = at > first && isWord(units[at - 1] as number);
    return before !== (at < end && isWord(units[at] as number));
  }
}

/** The characters of a part that is nothing but so many of them, undefined for others. */
function pointsIn(part: Part): CodePoints[] | undefined {
  if (part.type === 'points') return [part.points];
  if (part.type === 'repeat') {
    const points = part.min === part.max && part.max <= 64 ? pointsIn(part.part) : undefined;
    return points && Array.from({ length: part.max }, () => points).flat();
  }
  if (part.type !== 'sequence') return undefined;
  const all = part.parts.map(pointsIn);
  return all.includes(undefined) ? undefined : (all as CodePoints[][]).flat();
}

/** 1 for the ASCII characters among code points. */
function tableOf(points: CodePoints): Uint8Array {
  return Uint8Array.from({ length: ASCII }, (_, code) => Number(includes(points, code)));
}

/** What parts and what follows them may start with; undefined if anything may. */
function startsBefore(parts: readonly Part[], follow: Starts | undefined): Starts | undefined {
  const { points, isEmpty } = sequenceStarts(parts);
  if (!isEmpty) return { points, isEmpty };
  return follow && { points: normalized([...points, ...follow.points]), isEmpty: follow.isEmpty };
}
