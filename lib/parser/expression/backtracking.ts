import { isBoundary } from './boundary.ts';
import { type CodePoints, includes, normalized, overlaps } from './code-points.ts';
import { startsOf } from './starts.ts';
import type { Part, Syntax } from './syntax.ts';

/** What is thrown when a text takes too many steps. */
export const TOO_MANY_STEPS = Symbol('too many steps');

/** Steps that a text may take, and more for each of its characters: some milliseconds for a line of usual length. */
const FREE_STEPS = 20_000;
const STEPS_PER_CHARACTER = 20;

/** Matches from a position on, and what comes after it, too. */
type Step = (at: number) => boolean;

/** The set of code points, as a question; those of ASCII, of which logs consist, are answered by a table. */
interface Points {
  ascii: Uint8Array;
  points: CodePoints;
}

/**
 * Matches a text from its start as it is usually done: at each place where there are several ways, the first one is tried
 * first. A text that takes too many steps, because it was written to, throws `TOO_MANY_STEPS`. The result is that of
 * `compileLinear`, valid until the next call.
 */
export function compileBacktracking(
  { part, groups }: Syntax,
  isWhole: boolean,
): (text: string) => Int32Array | undefined {
  const places = new Int32Array(2 * groups + 2);
  /** Where groups that are not closed yet begin. */
  const opened = new Int32Array(groups + 1);
  let text = '';
  let steps = 0;
  /** Where the parts of loops end, the loops one after the other. */
  let ends = new Int32Array(256);
  let end_count = 0;

  const finish: Step = (at) => {
    if (isWhole && at < text.length) return false;
    places[1] = at;
    return true;
  };
  const start = compile(part, finish, undefined);
  return (line) => {
    text = line;
    steps = FREE_STEPS + STEPS_PER_CHARACTER * line.length;
    end_count = 0;
    places.fill(-1);
    places[0] = 0;
    return start(0) ? places : undefined;
  };

  function spend(): void {
    if (--steps < 0) throw TOO_MANY_STEPS;
  }

  /** `follow` is what may come next, undefined if nothing need come. */
  function compile(piece: Part, next: Step, follow: Points | undefined): Step {
    switch (piece.type) {
      case 'points': {
        const take = unitOf(piece) as Unit;
        return (at) => {
          const after = take(at);
          return after !== -1 && next(after);
        };
      }
      case 'sequence': {
        let step = next;
        let after = follow;
        for (const inner of piece.parts.toReversed()) {
          step = compile(inner, step, after);
          after = startPoints(inner, after);
        }
        return step;
      }
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
      case 'repeat': {
        if (piece.max > 1 && piece.part.type === 'points' && !piece.isLazy) {
          return pointLoop(piece.part.points, piece.min, piece.max, next, follow);
        }
        const unit = piece.max > 1 ? unitOf(piece.part) : undefined;
        if (unit) return unitLoop(unit, piece.min, piece.max, piece.isLazy, next, follow);
        if (piece.max === 1 && piece.min === 0) return optional(piece.part, piece.isLazy, next, follow);
        return loop(piece.part, piece.min, piece.max, piece.isLazy, next);
      }
      case 'start':
        return (at) => at === 0 && next(at);
      case 'end':
        return (at) => at === text.length && next(at);
      default: {
        const isWanted = piece.type === 'boundary';
        return (at) => isBoundary(text, at) === isWanted && next(at);
      }
    }
  }

  function group(inner: Part, number: number, next: Step, follow: Points | undefined): Step {
    const body = compile(
      inner,
      (at) => {
        const [from, to] = [places[2 * number] as number, places[2 * number + 1] as number];
        places[2 * number] = opened[number] as number;
        places[2 * number + 1] = at;
        if (next(at)) return true;
        places[2 * number] = from;
        places[2 * number + 1] = to;
        return false;
      },
      follow,
    );
    return (at) => {
      const before = opened[number] as number;
      opened[number] = at;
      if (body(at)) return true;
      opened[number] = before;
      return false;
    };
  }

  function optional(inner: Part, isLazy: boolean, next: Step, follow: Points | undefined): Step {
    const body = compile(inner, next, follow);
    return isLazy ? (at) => next(at) || body(at) : (at) => body(at) || next(at);
  }

  /** The most usual loop: over one character, as many as there are. */
  function pointLoop(set: CodePoints, min: number, max: number, next: Step, follow: Points | undefined): Step {
    const { ascii, points } = pointsOf(set);
    const mayFollow = follow && testOf(follow);
    return (start) => {
      let count = 0;
      let at = start;
      for (; count < max; count++) {
        const code = text.charCodeAt(at);
        if (code < 0x80) {
          if (ascii[code] === 0) break;
          at++;
        } else {
          const point = text.codePointAt(at);
          if (point === undefined || !includes(points, point)) break;
          at += point > 0xffff ? 2 : 1;
        }
      }
      for (; count >= min; count--) {
        spend();
        if (mayFollow ? mayFollow(at) && next(at) : next(at)) return true;
        at--;
        if (isSecondHalf(text, at)) at--;
      }
      return false;
    };
  }

  /** A loop over parts that the next character decides, and that have no groups: no way but the number of them is open. */
  function unitLoop(
    take: Unit,
    min: number,
    max: number,
    isLazy: boolean,
    next: Step,
    follow: Points | undefined,
  ): Step {
    const mayFollow = follow && testOf(follow);
    const tryNext: Step = mayFollow ? (at) => mayFollow(at) && next(at) : next;
    if (isLazy) {
      return (start) => {
        let at = start;
        for (let count = 0; count < max; count++) {
          if (count >= min) {
            spend();
            if (tryNext(at)) return true;
          }
          at = take(at);
          if (at === -1) return false;
        }
        return tryNext(at);
      };
    }
    return (start) => {
      const first = end_count;
      let count = 0;
      let at = start;
      while (count < max) {
        const after = take(at);
        if (after === -1) break;
        if (end_count === ends.length) {
          const larger = new Int32Array(ends.length * 2);
          larger.set(ends);
          ends = larger;
        }
        ends[end_count++] = at;
        at = after;
        count++;
      }
      for (; count >= min; count--) {
        spend();
        if (tryNext(at)) return true;
        if (count === 0) break;
        at = ends[--end_count] as number;
      }
      end_count = first;
      return false;
    };
  }

  /** Any other loop. The state of its innermost round is in variables, because rounds of it may be within each other. */
  function loop(inner: Part, min: number, max: number, isLazy: boolean, next: Step): Step {
    let round = 0;
    let round_start = -1;
    const body = compile(
      inner,
      (at) => {
        const [count, start] = [round, round_start];
        if (at === start && count >= min) return false;
        if (rounds(at, count + 1)) return true;
        round = count;
        round_start = start;
        return false;
      },
      undefined,
    );
    const again = (at: number, count: number): boolean => {
      if (count >= max) return false;
      const [outer, outer_start] = [round, round_start];
      round = count;
      round_start = at;
      if (body(at)) return true;
      round = outer;
      round_start = outer_start;
      return false;
    };
    const rounds = (at: number, count: number): boolean => {
      spend();
      if (count < min) return again(at, count);
      return isLazy ? next(at) || again(at, count) : again(at, count) || next(at);
    };
    return (at) => rounds(at, 0);
  }

  function testOf({ ascii, points }: Points): (at: number) => boolean {
    return (at) => {
      const code = text.charCodeAt(at);
      return code < 0x80 ? ascii[code] === 1 : includes(points, text.codePointAt(at) ?? -1);
    };
  }

  /** A part of fixed length, or one of several that the next character decides: where it ends, or -1. */
  function unitOf(piece: Part): Unit | undefined {
    if (piece.type === 'points') {
      const { ascii, points } = pointsOf(piece.points);
      return (at) => {
        const code = text.charCodeAt(at);
        if (code < 0x80) return ascii[code] === 1 ? at + 1 : -1;
        const point = text.codePointAt(at);
        if (point === undefined || !includes(points, point)) return -1;
        return point > 0xffff ? at + 2 : at + 1;
      };
    }
    if (piece.type === 'sequence') {
      const units = piece.parts.map(unitOf);
      if (units.length === 0 || units.includes(undefined)) return undefined;
      return (start) => {
        let at = start;
        for (const take of units as Unit[]) {
          at = take(at);
          if (at === -1) return -1;
        }
        return at;
      };
    }
    if (piece.type !== 'choice') return undefined;
    const starts = piece.parts.map((inner) => startsOf(inner).points);
    const isOpen = starts.some((points, index) => starts.slice(0, index).some((other) => overlaps(points, other)));
    const units = piece.parts.map(unitOf);
    if (isOpen || units.includes(undefined)) return undefined;
    return (at) => {
      for (const take of units as Unit[]) {
        const after = take(at);
        if (after !== -1) return after;
      }
      return -1;
    };
  }
}

type Unit = (at: number) => number;

/** True in the middle of a character that is two code units. */
function isSecondHalf(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0xdc00 || code > 0xdfff) return false;
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff;
}

function pointsOf(points: CodePoints): Points {
  return { ascii: Uint8Array.from({ length: 128 }, (_, code) => Number(includes(points, code))), points };
}

/** What a part and what follows it may start with; undefined if nothing need come. */
function startPoints(part: Part, follow: Points | undefined): Points | undefined {
  const { points, isEmpty } = startsOf(part);
  if (!isEmpty) return pointsOf(points);
  return follow && pointsOf(normalized([...points, ...follow.points]));
}
