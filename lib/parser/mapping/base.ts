import { Moment } from '../sql/evaluator.ts';
import { Texts } from '../texts.ts';
import { Pairs } from './pairs.ts';

/**
 * What values of rows depend on alone: a text, or several, with an id per row. An expression over a base is computed once
 * per id, because logs repeat.
 */
export interface Base {
  /** The texts that it is made of. */
  readonly parts: readonly TextBase[];
  /** The highest id so far. */
  readonly size: number;
  /** The ids of these rows, by row. */
  idsOf(rows: Int32Array, count: number): Int32Array;
  /** Sets the current text of each part to that of an id. */
  load(id: number): void;
  clear(): void;
}

/** Changes with the current text of any base. */
export const moment = new Moment();

/** One column of texts. */
export class TextBase implements Base {
  texts: Texts;
  ids: Int32Array = new Int32Array(0);
  readonly parts = [this];
  #fill: (() => void) | undefined;
  #text: string | null = null;

  /** With `fill`, the ids of a batch are computed when they are needed; otherwise they are set with each batch. */
  constructor(texts = new Texts(), fill?: () => void) {
    this.texts = texts;
    this.#fill = fill;
  }

  get size(): number {
    return this.texts.size;
  }

  idsOf(): Int32Array {
    this.#fill?.();
    return this.ids;
  }

  load(id: number): void {
    this.#text = this.texts.text(id);
    moment.next();
  }

  /** The text of the id that was loaded. */
  readonly current = (): string | null => this.#text;

  /** Sets the current text. */
  loadText(text: string | null): void {
    this.#text = text;
    moment.next();
  }

  clear(): void {
    this.#text = null;
  }
}

/** Several columns of texts. Their combinations get ids when rows need them. */
export class CombinedBase implements Base {
  readonly parts: readonly TextBase[];
  #pairs: Pairs[];
  #ids = new Int32Array(0);

  constructor(parts: readonly TextBase[]) {
    this.parts = parts;
    this.#pairs = parts.slice(1).map(() => new Pairs());
  }

  get size(): number {
    return this.#pairs.at(-1)?.size ?? 0;
  }

  idsOf(rows: Int32Array, count: number): Int32Array {
    const [first, ...others] = this.parts.map((part) => part.idsOf()) as [Int32Array, ...Int32Array[]];
    if (this.#ids.length < first.length) this.#ids = new Int32Array(first.length);
    const ids = this.#ids;
    for (let at = 0; at < count; at++) ids[rows[at] as number] = first[rows[at] as number] as number;
    for (const [index, second] of others.entries()) {
      const pairs = this.#pairs[index] as Pairs;
      for (let at = 0; at < count; at++) {
        const row = rows[at] as number;
        ids[row] = pairs.idOf(ids[row] as number, second[row] as number);
      }
    }
    return ids;
  }

  load(id: number): void {
    let rest = id;
    for (let index = this.#pairs.length - 1; index >= 0; index--) {
      const pairs = this.#pairs[index] as Pairs;
      this.parts[index + 1]?.load(pairs.secondOf(rest));
      rest = pairs.firstOf(rest);
    }
    this.parts[0]?.load(rest);
  }

  clear(): void {
    for (const pairs of this.#pairs) pairs.clear();
  }
}
