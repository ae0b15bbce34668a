import { isLiteral, type Node } from '../sql/node.ts';
import type { TextBase } from './base.ts';

/** A raw column whose texts are not changed, such as `nullif(column, '-')`. */
interface Copy {
  name: string;
  /** Texts that are NULL. */
  absent: readonly string[];
}

/** What a node copies; undefined if it computes texts. */
export function copyOf(node: Node): Copy | undefined {
  if (node.op === 'column') return { name: node.name, absent: [] };
  const [first, second] = node.args;
  if (node.op !== 'nullif' || !first || !second || !isLiteral(second)) return undefined;
  const inner = copyOf(first);
  return inner && { name: inner.name, absent: [...inner.absent, second.value as string] };
}

/** The ids of a raw column, 0 for the texts in `absent`. It has the texts of that column. */
export class CopiedColumn {
  readonly base: TextBase;
  #absent: readonly string[];
  #ids = new Int32Array(0);

  constructor(base: TextBase, absent: readonly string[]) {
    this.base = base;
    this.#absent = absent;
  }

  ids(rows: number): Int32Array {
    return this.#absent.reduce((ids, text) => this.#without(text, ids, rows), this.base.ids);
  }

  #without(text: string, ids: Int32Array, rows: number): Int32Array {
    const { texts } = this.base;
    const absent = texts.find(text);
    if (absent === 0 && !texts.isUnique) return ids;
    if (this.#ids.length < rows) this.#ids = new Int32Array(rows * 2);
    const kept = this.#ids;
    if (!texts.isUnique) {
      for (let row = 0; row < rows; row++) kept[row] = ids[row] === absent ? 0 : (ids[row] as number);
      return kept;
    }
    // Equal texts may have several ids.
    const sought = Buffer.from(text);
    const { bytes, ends } = texts.buffer;
    for (let row = 0; row < rows; row++) {
      const id = ids[row] as number;
      const start = ends[id - 1] as number;
      const isAbsent = ends[id] === start + sought.length && sought.every((byte, at) => bytes[start + at] === byte);
      kept[row] = isAbsent ? 0 : id;
    }
    return kept;
  }
}
