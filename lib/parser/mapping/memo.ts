import { hashOf } from '../hash.ts';
import type { Value } from '../sql/syntax.ts';
import type { Texts } from '../texts.ts';
import type { Base, TextBase } from './base.ts';

/* What an expression is for each id of its base, computed when a row needs it first. Id 0, NULL, has a value, too. */

/** Up to so many ids a condition is computed for all of them, to see whether a row can meet it. */
const FEW_IDS = 1024;

/** What an expression returns for an id that meets none of its conditions. */
export const NO_MATCH: unique symbol = Symbol('no match');

/** Computes a value from the current text of a base. */
export type Computed = () => Value | typeof NO_MATCH;

/** Bits of a state in a `FlagMemo`: 0 is not known yet, and NULL is `KNOWN` alone. */
const KNOWN = 1;
export const TRUE = 2;
export const FALSE = 4;

/** Of a condition. */
export class FlagMemo {
  readonly base: Base;
  states = new Uint8Array(0);
  #evaluate: () => Value;
  /** How many ids from 0 on are known, and the states that they have. */
  #seen = 0;
  #found = 0;

  constructor(base: Base, evaluate: () => Value) {
    this.base = base;
    this.#evaluate = evaluate;
  }

  /** Makes room for the ids of a batch. False if none of them can have the state `wanted`. */
  reserve(wanted: number): boolean {
    const needed = this.base.size + 1;
    if (needed > this.states.length) {
      const states = new Uint8Array(needed * 2);
      states.set(this.states);
      this.states = states;
    }
    if (needed > FEW_IDS) return true;
    for (; this.#seen < needed; this.#seen++) this.#found |= this.states[this.#seen] || this.compute(this.#seen);
    return (this.#found & wanted) !== 0;
  }

  compute(id: number): number {
    this.base.load(id);
    const value = this.#evaluate();
    const state = KNOWN | (value === null ? 0 : value ? TRUE : FALSE);
    this.states[id] = state;
    return state;
  }

  clear(): void {
    this.states = new Uint8Array(0);
    this.#seen = 0;
    this.#found = 0;
  }
}

/** Memos of one base that rows need at the same time are computed together. */
export type GroupMemo = NumberMemo | TextMemo;

/** States of an id in a `NumberMemo`. */
export const NOT_KNOWN = 0;
const KNOWN_NUMBER = 1;
const KNOWN_NO_MATCH = 2;

/** Of a number or a time. */
export class NumberMemo {
  readonly base: Base;
  values = new Float64Array(0);
  states = new Uint8Array(0);
  /** Whole numbers beyond 2^53. */
  exact = new Map<number, bigint>();
  group: readonly GroupMemo[] = [this];
  #evaluate: Computed;
  #seen = 0;
  #hasMatch = false;

  constructor(base: Base, evaluate: Computed) {
    this.base = base;
    this.#evaluate = evaluate;
  }

  /** False if no id of the base matches. */
  canMatch(): boolean {
    this.reserve();
    const size = this.base.size + 1;
    if (size > FEW_IDS) return true;
    for (; this.#seen < size; this.#seen++) {
      if (this.states[this.#seen] === NOT_KNOWN) this.compute(this.#seen);
      this.#hasMatch ||= this.states[this.#seen] === KNOWN_NUMBER;
    }
    return this.#hasMatch;
  }

  reserve(): void {
    const needed = this.base.size + 1;
    if (needed <= this.values.length) return;
    const [values, states] = [new Float64Array(needed * 2), new Uint8Array(needed * 2)];
    values.set(this.values);
    states.set(this.states);
    this.values = values;
    this.states = states;
  }

  /** Computes the value of an id, and those of the memos that are needed with it. */
  compute(id: number): number {
    this.base.load(id);
    for (const memo of this.group) memo.keep(id);
    return this.values[id] as number;
  }

  keep(id: number): void {
    if (id >= this.values.length) this.reserve();
    const value = this.#evaluate();
    const plain = value === null || value === NO_MATCH ? Number.NaN : Number(value);
    if (typeof value === 'bigint') this.exact.set(id, value);
    this.values[id] = plain;
    this.states[id] = value === NO_MATCH ? KNOWN_NO_MATCH : KNOWN_NUMBER;
  }

  clear(): void {
    this.values = new Float64Array(0);
    this.states = new Uint8Array(0);
    this.exact.clear();
    this.#seen = 0;
    this.#hasMatch = false;
  }
}

/** In place of an id in a `TextMemo`. Both are negative. */
export const NOT_KNOWN_ID = -1;
const NO_MATCH_ID = -2;

/** Of a text: its id in other texts. */
export class TextMemo {
  readonly base: Base;
  ids = new Int32Array(0);
  group: readonly GroupMemo[] = [this];
  #texts: Texts;
  #evaluate: Computed | TextBase;
  #seen = 0;
  #hasMatch = false;

  /** With a column of texts in place of an expression, its texts are copied. */
  constructor(base: Base, evaluate: Computed | TextBase, texts: Texts) {
    this.base = base;
    this.#texts = texts;
    this.#evaluate = evaluate;
  }

  /** False if no id of the base matches. */
  canMatch(): boolean {
    this.reserve();
    const size = this.base.size + 1;
    if (size > FEW_IDS) return true;
    for (; this.#seen < size; this.#seen++) {
      if (this.ids[this.#seen] === NOT_KNOWN_ID) this.compute(this.#seen);
      this.#hasMatch ||= this.ids[this.#seen] !== NO_MATCH_ID;
    }
    return this.#hasMatch;
  }

  reserve(): void {
    const needed = this.base.size + 1;
    const old = this.ids;
    if (needed <= old.length) return;
    this.ids = new Int32Array(needed * 2);
    this.ids.set(old);
    this.ids.fill(NOT_KNOWN_ID, old.length);
  }

  /** Computes the value of an id, and those of the memos that are needed with it. */
  compute(id: number): number {
    if (typeof this.#evaluate === 'function') this.base.load(id);
    for (const memo of this.group) memo.keep(id);
    return this.ids[id] as number;
  }

  keep(id: number): void {
    if (id >= this.ids.length) this.reserve();
    this.ids[id] = this.#find(id);
  }

  #find(id: number): number {
    if (typeof this.#evaluate !== 'function') return copied(this.#evaluate.texts, id, this.#texts);
    const value = this.#evaluate();
    return value === NO_MATCH ? NO_MATCH_ID : this.#texts.internText(value as string | null);
  }

  clear(): void {
    this.ids = new Int32Array(0);
    this.#seen = 0;
    this.#hasMatch = false;
  }
}

/** The id that a text gets in other texts, without decoding it. */
function copied(from: Texts, id: number, to: Texts): number {
  if (id === 0) return 0;
  const { bytes, ends } = from.buffer;
  const [start, end] = [ends[id - 1] as number, ends[id] as number];
  return to.intern(bytes, start, end, hashOf(bytes, start, end));
}
