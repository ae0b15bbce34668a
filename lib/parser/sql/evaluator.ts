import { SqlFailure } from './failure.ts';
import type { Node } from './node.ts';
import type { Value } from './syntax.ts';

export type Evaluator = () => Value;

/** Where the evaluator of a node finds the value of a node below it; undefined for one that it computes itself. */
export type Leaf = (node: Node) => Evaluator | undefined;

/** Changes with every value of a leaf. Whoever sets one calls `next`. */
export class Moment {
  now = 0;

  next(): void {
    this.now = (this.now + 1) | 0;
  }
}

/**
 * Makes functions that compute nodes from their leaves, each value when it is needed, as Trino does in a CASE. What several
 * nodes use is computed once per moment.
 */
export class Evaluators {
  #leaf: Leaf;
  #moment: Moment;
  #known = new Map<Node, Evaluator>();

  constructor(leaf: Leaf, moment: Moment) {
    this.#leaf = leaf;
    this.#moment = moment;
  }

  /** The evaluator of a node, which is a leaf only as a part of another one. */
  of(node: Node): Evaluator {
    return node.op === 'column' ? this.#part(node) : this.#compiled(node);
  }

  #part(node: Node): Evaluator {
    const known = this.#known.get(node);
    if (known) return known;
    const compiled = this.#leaf(node) ?? this.#remembering(node, this.#compiled(node));
    this.#known.set(node, compiled);
    return compiled;
  }

  /** Keeps a value that several nodes use. */
  #remembering({ op, compute, users }: Node, evaluate: Evaluator): Evaluator {
    if (users < 2 || !(compute || REMEMBERED.includes(op))) return evaluate;
    const moment = this.#moment;
    let last = -1;
    let value: Value = null;
    return () => {
      if (moment.now !== last) {
        value = evaluate();
        last = moment.now;
      }
      return value;
    };
  }

  #compiled(node: Node): Evaluator {
    const args = () => node.args.map((argument) => this.#part(argument));
    switch (node.op) {
      case 'literal': {
        const { value } = node;
        return () => value;
      }
      case 'column':
        throw new Error(`the column ${node.name} has no value here`);
      case 'case':
        return caseOf(args());
      case 'coalesce':
        return coalesceOf(args());
      case 'concat_ws':
        return concatOf(args());
      case 'in':
        return inOf(args());
      default:
        return node.compute ? strictOf(args(), node.compute as Compute) : logicOf(node.op, args());
    }
  }
}

const REMEMBERED = ['case', 'coalesce', 'try'];

type Compute = (...args: unknown[]) => Value;

/** A function that is NULL if an argument is. */
function strictOf(args: readonly Evaluator[], compute: Compute): Evaluator {
  const [first, second, third, ...others] = args as [Evaluator, Evaluator?, Evaluator?, ...Evaluator[]];
  if (!second) {
    return () => {
      const value = first();
      return value === null ? null : compute(value);
    };
  }
  if (!third) {
    return () => {
      const left = first();
      if (left === null) return null;
      const right = second();
      return right === null ? null : compute(left, right);
    };
  }
  if (others.length === 0) {
    return () => {
      const left = first();
      if (left === null) return null;
      const [middle, right] = [second(), third()];
      return middle === null || right === null ? null : compute(left, middle, right);
    };
  }
  return () => {
    const values = args.map((argument) => argument());
    return values.includes(null) ? null : compute(...values);
  };
}

function logicOf(op: string, [first, second]: readonly Evaluator[]): Evaluator {
  const left = first as Evaluator;
  const right = second as Evaluator;
  const connect = (decisive: boolean) => () => {
    const value = left();
    if (value === decisive) return decisive;
    const other = right();
    if (other === decisive) return decisive;
    return value === null || other === null ? null : !decisive;
  };
  switch (op) {
    case 'and':
      return connect(false);
    case 'or':
      return connect(true);
    case 'not':
      return () => {
        const value = left();
        return value === null ? null : !value;
      };
    case 'is_null':
      return () => left() === null;
    case 'is_distinct':
      return () => left() !== right();
    case 'nullif':
      return () => {
        const value = left();
        return value === right() ? null : value;
      };
    case 'try':
      return () => {
        try {
          return left();
        } catch (failure) {
          if (failure instanceof SqlFailure) return null;
          throw failure;
        }
      };
    default:
      throw new Error(`nothing computes ${op}`);
  }
}

function caseOf(args: readonly Evaluator[]): Evaluator {
  return () => {
    for (let at = 0; at < args.length - 1; at += 2) {
      if ((args[at] as Evaluator)() === true) return (args[at + 1] as Evaluator)();
    }
    return (args.at(-1) as Evaluator)();
  };
}

function coalesceOf(args: readonly Evaluator[]): Evaluator {
  return () => {
    for (const argument of args) {
      const value = argument();
      if (value !== null) return value;
    }
    return null;
  };
}

/** The texts that are not NULL, with the first argument between them. */
function concatOf([separator, ...texts]: readonly Evaluator[]): Evaluator {
  return () => {
    const between = separator?.();
    if (typeof between !== 'string') return null;
    const values = texts.map((text) => text());
    return values.filter((value) => value !== null).join(between);
  };
}

function inOf([searched, ...others]: readonly Evaluator[]): Evaluator {
  return () => {
    const value = searched?.() ?? null;
    if (value === null) return null;
    let hasNull = false;
    for (const other of others) {
      const one = other();
      if (one === value) return true;
      if (one === null) hasNull = true;
    }
    return hasNull ? null : false;
  };
}
