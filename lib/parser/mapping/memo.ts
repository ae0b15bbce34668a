import { hashOf } from '../hash.ts';
import type { Evaluator } from '../sql/evaluator.ts';
import type { Texts } from '../texts.ts';
import type { Base, TextBase } from './base.ts';

const FIRST = 1024;

/* What an expression is for each id of its base, computed when a row needs it first. Id 0, NULL, has a value, too. */

/** True, false and NULL in a `FlagMemo`; 0 if it is not known yet. */
export const TRUE = 1;
export const FALSE = 2;
const UNKNOWN_FLAG = 3;

/** Of a condition. */
export class FlagMemo {
  readonly base: Base;
  states = new Uint8Array(FIRST);
  #evaluate: Evaluator;

  constructor(base: Base, evaluate: Evaluator) {
    this.base = base;
    this.#evaluate = evaluate;
  }

  reserve(): void {
    const needed = this.base.size + 1;
    if (needed <= this.states.length) return;
    const states = new Uint8Array(needed * 2);
    states.set(this.states);
    this.states = states;
  }

  compute(id: number): number {
    this.base.load(id);
    const value = this.#evaluate();
    const state = value === null ? UNKNOWN_FLAG : value ? TRUE : FALSE;
    this.states[id] = state;
    return state;
  }

  clear(): void {
    this.states = new Uint8Array(FIRST);
  }
}

/** Of a number or a time. */
export class NumberMemo {
  readonly base: Base;
  values = new Float64Array(FIRST);
  known = new Uint8Array(FIRST);
  /** Whole numbers beyond 2^53. */
  exact = new Map<number, bigint>();
  #evaluate: Evaluator;

  constructor(base: Base, evaluate: Evaluator) {
    this.base = base;
    this.#evaluate = evaluate;
  }

  reserve(): void {
    const needed = this.base.size + 1;
    if (needed <= this.values.length) return;
    const [values, known] = [new Float64Array(needed * 2), new Uint8Array(needed * 2)];
    values.set(this.values);
    known.set(this.known);
    this.values = values;
    this.known = known;
  }

  compute(id: number): number {
    this.base.load(id);
    const value = this.#evaluate();
    const plain = value === null ? Number.NaN : Number(value);
    if (typeof value === 'bigint') this.exact.set(id, value);
    this.values[id] = plain;
    this.known[id] = 1;
    return plain;
  }

  clear(): void {
    this.values = new Float64Array(FIRST);
    this.known = new Uint8Array(FIRST);
    this.exact.clear();
  }
}

/** Not computed yet. */
export const NOT_KNOWN = -1;

/** Of a text: its id in other texts. */
export class TextMemo {
  readonly base: Base;
  ids = new Int32Array(FIRST).fill(NOT_KNOWN);
  #texts: Texts;
  #evaluate: Evaluator | TextBase;

  /** With a column of texts in place of an expression, its texts are copied. */
  constructor(base: Base, evaluate: Evaluator | TextBase, texts: Texts) {
    this.base = base;
    this.#texts = texts;
    this.#evaluate = evaluate;
  }

  reserve(): void {
    const needed = this.base.size + 1;
    const old = this.ids;
    if (needed <= old.length) return;
    this.ids = new Int32Array(needed * 2);
    this.ids.set(old);
    this.ids.fill(NOT_KNOWN, old.length);
  }

  compute(id: number): number {
    const found = this.#find(id);
    this.ids[id] = found;
    return found;
  }

  #find(id: number): number {
    if (typeof this.#evaluate !== 'function') return copied(this.#evaluate.texts, id, this.#texts);
    this.base.load(id);
    return this.#texts.internText(this.#evaluate() as string | null);
  }

  clear(): void {
    this.ids = new Int32Array(FIRST).fill(NOT_KNOWN);
  }
}

/** The id that a text gets in other texts, without decoding it. */
function copied(from: Texts, id: number, to: Texts): number {
  if (id === 0) return 0;
  const { bytes, ends } = from.buffer;
  const [start, end] = [ends[id - 1] as number, ends[id] as number];
  return to.intern(bytes, start, end, hashOf(bytes, start, end));
}
