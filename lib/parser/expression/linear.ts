import { isBoundary } from './boundary.ts';
import { type CodePoints, includes } from './code-points.ts';
import type { Part, Syntax } from './syntax.ts';

const [POINTS, SPLIT, JUMP, SAVE, ASSERT, MATCH] = [0, 1, 2, 3, 4, 5];

interface Instruction {
  code: number;
  /** SPLIT and JUMP: where to go on, first `to`, then `other`; SAVE: which place. */
  to: number;
  other: number;
  points: CodePoints;
  assertion: string;
}

/**
 * Matches a text from its start in time that grows with its length alone, whatever the expression: all ways are followed at
 * once, in the order in which backtracking would try them. It is some twenty times slower than backtracking is for most
 * lines. The result has the start and the end of the match and of each group, -1 for a group without a part in it.
 */
export function compileLinear({ part, groups }: Syntax, isWhole: boolean): (text: string) => Int32Array | undefined {
  const program: Instruction[] = [];
  add(program, part);
  emit(program, MATCH);
  return (text) => new LinearMatch(program, text, isWhole).run(groups);
}

function emit(program: Instruction[], code: number, values: Partial<Instruction> = {}): Instruction {
  const instruction = { code, to: program.length + 1, other: 0, points: [], assertion: '', ...values };
  program.push(instruction);
  return instruction;
}

function add(program: Instruction[], part: Part): void {
  switch (part.type) {
    case 'points':
      emit(program, POINTS, { points: part.points });
      break;
    case 'sequence':
      for (const inner of part.parts) add(program, inner);
      break;
    case 'choice':
      addChoice(program, part.parts);
      break;
    case 'group':
      emit(program, SAVE, { other: 2 * part.number });
      add(program, part.part);
      emit(program, SAVE, { other: 2 * part.number + 1 });
      break;
    case 'repeat':
      for (let count = 0; count < part.min; count++) add(program, part.part);
      if (part.max === Infinity) addLoop(program, part.part, part.isLazy);
      else addOptional(program, part.part, part.max - part.min, part.isLazy);
      break;
    default:
      emit(program, ASSERT, { assertion: part.type });
  }
}

function addChoice(program: Instruction[], parts: readonly Part[]): void {
  const ends: Instruction[] = [];
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const split = isLast ? undefined : emit(program, SPLIT);
    add(program, part);
    if (!isLast) ends.push(emit(program, JUMP));
    if (split) split.other = program.length;
  }
  for (const end of ends) end.to = program.length;
}

function addLoop(program: Instruction[], part: Part, isLazy: boolean): void {
  const start = program.length;
  const split = emit(program, SPLIT);
  add(program, part);
  emit(program, JUMP, { to: start });
  leave(split, program.length, isLazy);
}

function addOptional(program: Instruction[], part: Part, times: number, isLazy: boolean): void {
  const splits: Instruction[] = [];
  for (let count = 0; count < times; count++) {
    splits.push(emit(program, SPLIT));
    add(program, part);
  }
  for (const split of splits) leave(split, program.length, isLazy);
}

function leave(split: Instruction, end: number, isLazy: boolean): void {
  split.other = isLazy ? split.to : end;
  if (isLazy) split.to = end;
}

/** One way through the program: where it is, and the places that it has passed. */
interface Way {
  at: number;
  places: Int32Array;
}

class LinearMatch {
  readonly #program: readonly Instruction[];
  readonly #text: string;
  readonly #isWhole: boolean;
  /** The position in the text at which an instruction was reached last: the first way that reaches it is preferred. */
  readonly #reached: Int32Array;
  #next: Way[] = [];

  constructor(program: readonly Instruction[], text: string, isWhole: boolean) {
    this.#program = program;
    this.#text = text;
    this.#isWhole = isWhole;
    this.#reached = new Int32Array(program.length).fill(-1);
  }

  run(groups: number): Int32Array | undefined {
    const text = this.#text;
    let found: Int32Array | undefined;
    this.#follow(0, 0, new Int32Array(2 * groups + 2).fill(-1));
    for (let at = 0; ; ) {
      const ways = this.#next;
      this.#next = [];
      const point = at < text.length ? (text.codePointAt(at) as number) : -1;
      const after = point > 0xffff ? at + 2 : at + 1;
      for (const { at: place, places } of ways) {
        const { code, points, to } = this.#program[place] as Instruction;
        if (code === MATCH) {
          if (this.#isWhole && at < text.length) continue;
          found = places.slice();
          found[0] = 0;
          found[1] = at;
          break;
        }
        if (point !== -1 && includes(points, point)) this.#follow(to, after, places);
      }
      if (point === -1 || this.#next.length === 0) return found;
      at = after;
    }
  }

  /** Adds the instructions that wait for a character, from one on, in the order in which they are preferred. */
  #follow(start: number, position: number, startPlaces: Int32Array): void {
    const open: Way[] = [{ at: start, places: startPlaces }];
    for (let way = open.pop(); way; way = open.pop()) {
      const { at, places } = way;
      if (this.#reached[at] === position) continue;
      this.#reached[at] = position;
      const { code, to, other, assertion } = this.#program[at] as Instruction;
      if (code === POINTS || code === MATCH) this.#next.push({ at, places });
      else if (code === JUMP) open.push({ at: to, places });
      else if (code === SPLIT) open.push({ at: other, places }, { at: to, places });
      else if (code === SAVE) {
        const saved = places.slice();
        saved[other] = position;
        open.push({ at: to, places: saved });
      } else if (this.#holds(assertion, position)) open.push({ at: to, places });
    }
  }

  #holds(assertion: string, at: number): boolean {
    if (assertion === 'start') return at === 0;
    if (assertion === 'end') return at === this.#text.length;
    return isBoundary(this.#text, at) === (assertion === 'boundary');
  }
}
