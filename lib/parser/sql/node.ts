import { Evaluators, Moment } from './evaluator.ts';
import { castOf, commonType, functionOf, type SqlFunction } from './functions.ts';
import type { Expression, Query, SqlType, Value } from './syntax.ts';

/**
 * A value of a row that an expression computes. Equal expressions over the same columns are the same node, so that what
 * several columns use is one. The arguments of `case` are conditions and values in turn, and last the value otherwise.
 */
export interface Node {
  op: string;
  type: SqlType;
  args: readonly Node[];
  /** Of a literal. */
  value: Value;
  /** Of a column. */
  name: string;
  /** Of a function that is NULL if an argument is. */
  compute?: SqlFunction['compute'];
  number: number;
  /** How many nodes have it as an argument. */
  users: number;
}

/** Functions that are not always NULL if an argument is. `in` has a value that may be found before a NULL. */
const LENIENT: Readonly<Record<string, SqlType>> = {
  not: 'boolean',
  is_distinct: 'boolean',
  in: 'boolean',
};

/** The columns of a relation by name. Most relations have more columns than are asked for, so each is made when it is. */
export type Columns = ReadonlyMap<string, () => Node>;

/** Makes the nodes of expressions. What is known before any row is, such as a function of NULL, is computed here. */
export class Nodes {
  #known = new Map<string, Node>();
  #assumed = new Map<Node, Node>();
  #present: readonly string[];

  /** `present` are columns that are never NULL. */
  constructor(present: readonly string[] = []) {
    this.#present = present;
  }

  literal(value: Value, type: SqlType = 'unknown'): Node {
    return this.#node({ op: 'literal', type: value === null ? 'unknown' : type, args: [], value, name: '' });
  }

  /** Takes a condition for known in whatever is made from now on. */
  assume(condition: Node, value: boolean): void {
    this.#assumed.set(condition, this.literal(value, 'boolean'));
  }

  /** A raw column, which is text. */
  column(name: string): Node {
    return this.#node({ op: 'column', type: 'varchar', args: [], value: null, name });
  }

  /** The columns of a query over the tables in `tables`. */
  ofQuery(query: Query, tables: ReadonlyMap<string, Columns>): Columns {
    const known = new Map(tables);
    for (const table of query.tables) known.set(table.name, this.ofQuery(table.query, known));
    const from = typeof query.from === 'string' ? known.get(query.from) : this.ofQuery(query.from, known);
    if (!from) throw new Error(`the SQL selects from ${query.from}, which is no table`);
    const columns = new Map(query.hasAll ? from : []);
    for (const { name, expression } of query.columns) {
      if (columns.has(name)) throw new Error(`the SQL has two columns ${name}`);
      let node: Node | undefined;
      columns.set(name, () => {
        node ??= this.ofExpression(expression, from);
        return node;
      });
    }
    return columns;
  }

  ofExpression(expression: Expression, columns: Columns): Node {
    const { kind } = expression;
    if (kind === 'literal') return this.literal(expression.value, expression.type);
    if (kind === 'column') {
      const column = columns.get(expression.name);
      if (!column) throw new Error(`the SQL reads ${expression.name}, which is no column`);
      return column();
    }
    if (kind === 'cast') {
      const argument = this.ofExpression(expression.argument, columns);
      if (argument.value === null && argument.op === 'literal') return this.literal(null);
      const cast = this.#function('cast', expression.type, [argument], castOf(argument.type, expression.type));
      return expression.isSafe ? this.#call('try', [cast]) : cast;
    }
    if (kind === 'case') {
      const branches = expression.branches.flatMap(({ when, value }) => [when, value]);
      return this.caseOf([...branches, expression.otherwise].map((one) => this.ofExpression(one, columns)));
    }
    return this.#call(
      expression.name,
      expression.args.map((argument) => this.ofExpression(argument, columns)),
    );
  }

  /** True for NULL. */
  isNull(node: Node): Node {
    const { op, args } = node;
    if (this.#isPresent(node)) return this.literal(false, 'boolean');
    const isValue = (at: number) => at % 2 === 1 || at === args.length - 1;
    if (op === 'case' && args.some((argument, at) => isValue(at) && this.#isPresent(argument))) {
      return this.caseOf(args.map((argument, at) => (isValue(at) ? this.isNull(argument) : argument)));
    }
    if (op === 'coalesce') return args.map((one) => this.isNull(one)).reduce((a, b) => this.connected('and', a, b));
    return this.#make('is_null', 'boolean', [node]);
  }

  #isPresent({ op, name }: Node): boolean {
    return op === 'concat_ws' || (op === 'column' && this.#present.includes(name));
  }

  #call(name: string, args: readonly Node[]): Node {
    if (name === 'is_null') return this.isNull(args[0] as Node);
    if (name === 'coalesce') return this.#coalesce(args);
    if (name === 'if') return this.caseOf(args.length === 2 ? [...args, this.literal(null)] : args);
    if (name === 'nullif' || name === 'try') {
      const [first] = args as [Node];
      return isLiteral(first) ? first : this.#make(name, first.type, args);
    }
    if (name === 'concat_ws')
      return this.#make(
        name,
        'varchar',
        args.filter((one, at) => at === 0 || !isNull(one)),
      );
    if (name === 'and' || name === 'or') return this.connected(name, ...(args as [Node, Node]));
    const lenient = LENIENT[name];
    if (lenient) return this.#make(name, lenient, args);
    if (args.some(isNull)) return this.literal(null);
    if (name === 'element_at' || name === 'cardinality') return this.#ofArray(name, args as [Node, ...Node[]]);
    return this.#computed(name, args);
  }

  /** A function of an array. One of the parts of a text is found without making them all. */
  #ofArray(name: string, [array, ...others]: [Node, ...Node[]]): Node {
    if (array.op === 'case') {
      const isValue = (at: number) => at % 2 === 1 || at === array.args.length - 1;
      const ofValue = (value: Node) => (isNull(value) ? value : this.#ofArray(name, [value, ...others]));
      return this.caseOf(array.args.map((argument, at) => (isValue(at) ? ofValue(argument) : argument)));
    }
    if (array.op !== 'split') return this.#computed(name, [array, ...others]);
    return this.#computed(name === 'cardinality' ? 'part_count' : 'split_part', [...array.args, ...others]);
  }

  #computed(name: string, args: readonly Node[]): Node {
    const types = args.map(({ type }) => type);
    const { type, compute, prepare } = functionOf(name, types);
    const [, second] = args;
    const isPrepared = prepare && second && isLiteral(second);
    return this.#function(name, type, args, isPrepared ? prepare(second.value as string) : compute);
  }

  /** A function of values that are not NULL. */
  #function(name: string, type: SqlType, args: readonly Node[], compute: SqlFunction['compute']): Node {
    return args.some(isNull) ? this.literal(null) : this.#make(name, type, args, compute);
  }

  #coalesce(args: readonly Node[]): Node {
    const possible: Node[] = [];
    for (const one of args) {
      if (!isNull(one)) possible.push(one);
      if (isLiteral(one) && !isNull(one)) break;
    }
    const [first] = possible;
    if (!first) return this.literal(null);
    return possible.length === 1
      ? first
      : this.#make('coalesce', commonType(possible.map(({ type }) => type)), possible);
  }

  /** A CASE; the arguments are those of a node with this name. */
  caseOf(args: readonly Node[]): Node {
    const kept: Node[] = [];
    let otherwise = args.at(-1) as Node;
    for (let at = 0; at < args.length - 1; at += 2) {
      const [when, value] = [args[at] as Node, args[at + 1] as Node];
      if (isLiteral(when) && when.value !== true) continue;
      if (isLiteral(when)) {
        otherwise = value;
        break;
      }
      kept.push(when, value);
    }
    if (kept.length === 0 || kept.every((one, at) => at % 2 === 0 || one === otherwise)) return otherwise;
    const values = [...kept.filter((_, at) => at % 2 === 1), otherwise];
    return this.#make('case', commonType(values.map(({ type }) => type)), [...kept, otherwise]);
  }

  connected(name: 'and' | 'or', left: Node, right: Node): Node {
    const decisive = name === 'or';
    for (const [one, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (isLiteral(one) && one.value === decisive) return one;
      if (isLiteral(one) && one.value === !decisive) return other;
    }
    return this.#make(name, 'boolean', [left, right]);
  }

  #make(op: string, type: SqlType, args: readonly Node[], compute?: SqlFunction['compute']): Node {
    const node = this.#node({ op, type, args, value: null, name: '', compute });
    if (!args.every(isLiteral)) return node;
    return this.literal(new Evaluators(() => undefined, new Moment()).of(node)(), type);
  }

  #node(made: Omit<Node, 'number' | 'users'>): Node {
    const { op, type, args, value, name } = made;
    let key = op === 'literal' ? `literal ${type} ${value}` : `${op} ${type} ${name}`;
    for (const argument of args) key += ` ${argument.number}`;
    const known = this.#known.get(key);
    if (known) return this.#assumed.get(known) ?? known;
    for (const argument of args) argument.users++;
    const node = { ...made, number: this.#known.size, users: 0 };
    this.#known.set(key, node);
    return node;
  }
}

/** True for a value that is known before any row is. */
export function isLiteral({ op }: Node): boolean {
  return op === 'literal';
}

function isNull(node: Node): boolean {
  return isLiteral(node) && node.value === null;
}
