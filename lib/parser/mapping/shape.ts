import { isOrdered } from '../sql/functions.ts';
import { isLiteral, type Node } from '../sql/node.ts';
import type { Base, TextBase } from './base.ts';
import { CombinedBase } from './base.ts';

/**
 * How a node is computed for many rows. `constant`: the same for all. `function`: once per id of a base. `choice`: a CASE or
 * coalesce of several bases, branch by branch. `logic`: a condition of several bases, part by part. `arithmetic`: with the
 * numbers of several bases, row by row.
 */
export type Shape = { kind: 'constant' | 'choice' | 'logic' | 'arithmetic' } | { kind: 'function'; base: Base };

const LOGIC = ['and', 'or', 'not', 'is_null', 'case'];
const COMPARISONS = ['=', '<>', '<', '<=', '>', '>='];
const ARITHMETIC = ['+', '-', '*', '/', 'round'];

/** Decides the shapes of nodes. */
export class Shapes {
  #shapes = new Map<Node, Shape>();
  #bases = new Map<Node, ReadonlySet<Base>>();
  #combined = new Map<string, CombinedBase>();
  #raw: (name: string) => TextBase;
  #computed: (node: Node) => TextBase;
  #kept: ReadonlySet<Node>;
  #numbers = new Map<TextBase, number>();

  /** `raw` is the column of a name, `computed` that of a node's texts. The nodes in `kept` are computed in any case. */
  constructor(raw: (name: string) => TextBase, computed: (node: Node) => TextBase, kept: ReadonlySet<Node>) {
    this.#raw = raw;
    this.#computed = computed;
    this.#kept = kept;
  }

  get combined(): Iterable<CombinedBase> {
    return this.#combined.values();
  }

  of(node: Node): Shape {
    let shape = this.#shapes.get(node);
    if (!shape) {
      shape = this.#decide(node);
      this.#shapes.set(node, shape);
    }
    return shape;
  }

  /** The base that decides a node alone. */
  baseOf(node: Node): Base | undefined {
    const shape = this.of(node);
    return shape.kind === 'function' ? shape.base : undefined;
  }

  /** The column whose texts a node is: a raw one, what a choice selects, or one that is computed in any case. */
  columnOf(node: Node): TextBase | undefined {
    if (node.op === 'column') return this.#raw(node.name);
    if (this.#kept.has(node)) return this.#computed(node);
    return node.type === 'varchar' && this.of(node).kind === 'choice' ? this.#computed(node) : undefined;
  }

  #decide(node: Node): Shape {
    if (isLiteral(node)) return { kind: 'constant' };
    if (node.op === 'column') return { kind: 'function', base: this.#raw(node.name) };
    const bases = this.#basesOf(node.args);
    const isChosen = (node.op === 'case' || node.op === 'coalesce') && node.type !== 'boolean' && node.type !== 'array';
    const [first] = bases;
    if (bases.size === 1 && first) return { kind: 'function', base: first };
    if (isChosen && node.type === 'varchar') return { kind: 'choice' };
    const parts = new Set([...bases].flatMap((base) => base.parts));
    const whole = [...bases].find((base) => base.parts.length === parts.size);
    if (whole) return { kind: 'function', base: whole };
    if (isChosen) return { kind: 'choice' };
    const isCompared = COMPARISONS.includes(node.op) && node.args.every(({ type }) => isOrdered(type));
    if (node.type === 'boolean' && (LOGIC.includes(node.op) || isCompared)) return { kind: 'logic' };
    if (node.type === 'double' && ARITHMETIC.includes(node.op)) return { kind: 'arithmetic' };
    return { kind: 'function', base: this.#combinedBase([...parts]) };
  }

  /** The bases of a node's arguments. */
  #basesOf(args: readonly Node[]): Set<Base> {
    const bases = new Set<Base>();
    for (const argument of args) {
      for (const base of this.#basesIn(argument)) bases.add(base);
    }
    return bases;
  }

  /** The bases that a node's users depend on through it. */
  #basesIn(node: Node): ReadonlySet<Base> {
    let bases = this.#bases.get(node);
    if (!bases) {
      const base = this.columnOf(node) ?? this.baseOf(node);
      bases = base ? new Set([base]) : this.#basesOf(node.args);
      this.#bases.set(node, bases);
    }
    return bases;
  }

  #combinedBase(parts: readonly TextBase[]): CombinedBase {
    for (const part of parts) if (!this.#numbers.has(part)) this.#numbers.set(part, this.#numbers.size);
    const numberOf = (part: TextBase) => this.#numbers.get(part) as number;
    const ordered = [...parts].sort((a, b) => numberOf(a) - numberOf(b));
    const key = ordered.map(numberOf).join();
    const base = this.#combined.get(key) ?? new CombinedBase(ordered);
    this.#combined.set(key, base);
    return base;
  }
}
