import { type Evaluator, Evaluators } from '../sql/evaluator.ts';
import type { Node, Nodes } from '../sql/node.ts';
import { round } from '../sql/numbers.ts';
import type { Texts } from '../texts.ts';
import { type Base, moment, TextBase } from './base.ts';
import { type Computed, FALSE, FlagMemo, type GroupMemo, NO_MATCH, NumberMemo, TextMemo, TRUE } from './memo.ts';
import { NumberColumn } from './number-column.ts';
import { RowLists } from './row-lists.ts';
import { Shapes } from './shape.ts';
import {
  both,
  branchSplitter,
  comparisonSplitter,
  either,
  everyRow,
  memoSplitter,
  noRow,
  nullNumberSplitter,
  type Splitter,
} from './splitters.ts';
import {
  arithmeticWriter,
  branchWriter,
  chosenWriter,
  constantNumberWriter,
  constantTextWriter,
  type IdColumn,
  isNullId,
  isNullNumber,
  numberPartWriter,
  numberWriter,
  type PartWriter,
  presentWriter,
  textPartWriter,
  textWriter,
  type Writer,
} from './writers.ts';

const OPERATIONS: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  round,
};

/**
 * Computes nodes for all rows of a batch, a column at a time: in loops over lists of rows, which a CASE splits at each of its
 * conditions. Per row there are only ids and numbers; texts are looked at once per id.
 */
export class Columns {
  #nodes: Nodes;
  #shapes: Shapes;
  #evaluators: Evaluators;
  #groups = new Map<Base, GroupMemo[]>();
  #lists = new RowLists();
  /** The rows to compute, how many they are, and the number of all rows. */
  #rows: Int32Array = new Int32Array(0);
  #count = 0;
  #size = 0;
  #batch = 0;
  #texts = new Map<Node, TextBase>();
  #numbers = new Map<Node, () => NumberColumn>();
  #memos: { clear(): void }[] = [];

  /** `raw` is the raw column of a name. The texts of `kept` are computed in any case. */
  constructor(nodes: Nodes, raw: (name: string) => TextBase, kept: readonly Node[]) {
    this.#nodes = nodes;
    this.#shapes = new Shapes(raw, (node) => this.texts(node), new Set(kept));
    this.#evaluators = new Evaluators((node) => this.#shapes.columnOf(node)?.current, moment);
  }

  /** Begins a batch of `size` rows, of which the first `count` in `rows` are computed. */
  start(rows: Int32Array, count: number, size: number): void {
    this.#rows = rows;
    this.#count = count;
    this.#size = size;
    this.#batch++;
    this.#lists.reserve(size);
  }

  /** Forgets everything that depends on texts. */
  clear(): void {
    for (const memo of this.#memos) memo.clear();
    for (const column of this.#texts.values()) column.texts.clear();
    for (const base of this.#shapes.combined) base.clear();
  }

  /** The rows that a splitter finds, in order. */
  find(splitter: Splitter): Int32Array {
    const matched = this.#lists.take();
    let found = 0;
    this.#withRows((rows, count) => {
      found = splitter(rows, count, matched, 0);
    });
    const list = matched.slice(0, found).sort();
    this.#lists.giveBack(matched);
    return list;
  }

  /** A column of texts. Its ids are computed when `idsOf` asks for them, once per batch. */
  texts(node: Node): TextBase {
    const known = this.#texts.get(node);
    if (known) return known;
    let batch = 0;
    const column = new TextBase(undefined, () => {
      if (batch === this.#batch) return;
      batch = this.#batch;
      if (column.ids.length < this.#size) column.ids = new Int32Array(this.#size * 2);
      this.#withRows((rows, count) => write(rows, count, column));
    });
    this.#texts.set(node, column);
    const write = this.#textWriter(node, column.texts, true);
    return column;
  }

  /** A function that computes a column of numbers, once per batch. */
  numbers(node: Node): () => NumberColumn {
    const known = this.#numbers.get(node);
    if (known) return known;
    let batch = 0;
    const column = new NumberColumn();
    const write = this.#numberWriter(node, true);
    const computed = () => {
      if (batch === this.#batch) return column;
      batch = this.#batch;
      column.start(this.#size);
      this.#withRows((rows, count) => write(rows, count, column));
      return column;
    };
    this.#numbers.set(node, computed);
    return computed;
  }

  /** Finds the rows in which a condition is true, or those in which it is false. */
  splitter(node: Node, wanted: boolean): Splitter {
    const shape = this.#shapes.of(node);
    if (shape.kind === 'constant') return node.value === wanted ? everyRow : noRow;
    if (shape.kind === 'function') return this.#memoSplitter(shape.base, this.#evaluators.of(node), wanted);
    const [first, second] = node.args as [Node, Node];
    switch (node.op) {
      case 'not':
        return this.splitter(first, !wanted);
      case 'is_null':
        return nullNumberSplitter(this.numbers(first), wanted);
      case 'and':
      case 'or': {
        const [left, right] = [this.splitter(first, wanted), this.splitter(second, wanted)];
        return (node.op === 'and') === wanted ? both(left, right, this.#lists) : either(left, right);
      }
      case 'case':
        return this.#branchSplitter(node, (value) => this.splitter(value, wanted));
      default:
        return comparisonSplitter(node.op, [this.numbers(first), this.numbers(second)], wanted);
    }
  }

  #memoSplitter(base: Base, evaluate: Evaluator, wanted: boolean): Splitter {
    return memoSplitter(this.#remember(new FlagMemo(base, evaluate)), wanted ? TRUE : FALSE);
  }

  #branchSplitter(node: Node, partOf: (value: Node) => Splitter): Splitter {
    const branches = branchesOf(node).map(({ when, value }) => ({
      when: this.splitter(when, true),
      part: partOf(value),
    }));
    return branchSplitter(branches, partOf(node.args.at(-1) as Node), this.#lists);
  }

  /**
   * What a CASE or a coalesce of several bases selects. Parts that follow each other and depend on one base alone are one:
   * `memoWriter` writes what they are per id, and nothing where they do not match.
   */
  #chosen<Column>(
    node: Node,
    writerOf: (value: Node) => Writer<Column>,
    memoWriter: (base: Base, evaluate: Computed) => PartWriter<Column>,
    isNull: (column: Column, row: number) => boolean,
  ): Writer<Column> {
    const isCase = node.op === 'case';
    const parts = isCase ? branchesOf(node) : node.args.map((value) => ({ when: undefined, value }));
    const writers: PartWriter<Column>[] = [];
    for (let at = 0; at < parts.length; ) {
      const { when, value } = parts[at] as Part;
      const base = this.#partBase(parts[at] as Part);
      let end = at + 1;
      if (base) {
        while (end < parts.length && this.#partBase(parts[end] as Part) === base) end++;
        writers.push(memoWriter(base, this.#matcher(parts.slice(at, end))));
      } else if (when) writers.push(branchWriter(this.splitter(when, true), writerOf(value), this.#lists));
      else writers.push(presentWriter(writerOf(value), isNull, this.#lists));
      at = end;
    }
    return chosenWriter(writers, writerOf(isCase ? (node.args.at(-1) as Node) : this.#nodes.literal(null)));
  }

  /** The base that decides a part alone. */
  #partBase({ when, value }: Part): Base | undefined {
    const base = this.#shapes.baseOf(when ?? value);
    const isConstant = this.#shapes.of(value).kind === 'constant';
    return isConstant || this.#shapes.baseOf(value) === base ? base : undefined;
  }

  #matcher(parts: readonly Part[]): Computed {
    const compiled = parts.map(({ when, value }) => ({
      when: when && this.#evaluators.of(when),
      value: this.#evaluators.of(value),
    }));
    return () => {
      for (const { when, value } of compiled) {
        if (when) {
          if (when() === true) return value();
        } else {
          const found = value();
          if (found !== null) return found;
        }
      }
      return NO_MATCH;
    };
  }

  /** With `isWhole` the node is a column of its own, and not a part of one. */
  #textWriter(node: Node, texts: Texts, isWhole = false): Writer<IdColumn> {
    const shape = this.#shapes.of(node);
    if (shape.kind === 'constant') return constantTextWriter(node.value as string | null, texts);
    const memo = (base: Base, source: Computed | TextBase) => this.#remember(new TextMemo(base, source, texts));
    if (shape.kind === 'function') {
      if (node.op === 'column') return textWriter(memo(shape.base, shape.base.parts[0] as TextBase));
      const computed = memo(shape.base, this.#evaluators.of(node));
      return textWriter(isWhole ? this.#together(computed) : computed);
    }
    const part = (base: Base, evaluate: Computed) => textPartWriter(memo(base, evaluate));
    return this.#chosen(node, (value) => this.#textWriter(value, texts), part, isNullId);
  }

  #numberWriter(node: Node, isWhole = false): Writer<NumberColumn> {
    const shape = this.#shapes.of(node);
    if (shape.kind === 'constant') return constantNumberWriter(node.value === null ? Number.NaN : Number(node.value));
    const memo = (base: Base, evaluate: Computed) => this.#remember(new NumberMemo(base, evaluate));
    if (shape.kind === 'function') {
      const computed = memo(shape.base, this.#evaluators.of(node));
      return numberWriter(isWhole ? this.#together(computed) : computed);
    }
    if (shape.kind === 'choice') {
      const part = (base: Base, evaluate: Computed) => numberPartWriter(memo(base, evaluate));
      return this.#chosen(node, (value) => this.#numberWriter(value), part, isNullNumber);
    }
    const operands = node.args.map((argument) => ({ write: this.#numberWriter(argument), column: new NumberColumn() }));
    return arithmeticWriter(OPERATIONS[node.op] as (typeof OPERATIONS)[string], operands, this.#lists);
  }

  /** Memos of one base whose values all rows need are computed together, because they have parts in common. */
  #together<T extends GroupMemo>(memo: T): T {
    const group = this.#groups.get(memo.base) ?? [];
    this.#groups.set(memo.base, group);
    group.push(memo);
    memo.group = group;
    return memo;
  }

  #remember<T extends { clear(): void }>(memo: T): T {
    this.#memos.push(memo);
    return memo;
  }

  /** Calls `work` with a list of the rows to compute, which it may change. */
  #withRows(work: (rows: Int32Array, count: number) => void): void {
    const rows = this.#lists.take();
    rows.set(this.#rows.subarray(0, this.#count));
    work(rows, this.#count);
    this.#lists.giveBack(rows);
  }
}

/** A branch of a CASE, or an argument of a coalesce, which has no condition. */
interface Part {
  when: Node | undefined;
  value: Node;
}

function branchesOf({ args }: Node): { when: Node; value: Node }[] {
  const branches: { when: Node; value: Node }[] = [];
  for (let at = 0; at < args.length - 1; at += 2) {
    branches.push({ when: args[at] as Node, value: args[at + 1] as Node });
  }
  return branches;
}
