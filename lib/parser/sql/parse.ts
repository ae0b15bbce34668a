import { type Expression, NULL, type Query, type SqlType } from './syntax.ts';
import { type Token, tokensOf } from './tokens.ts';

const TYPES: readonly SqlType[] = ['varchar', 'integer', 'bigint', 'double', 'timestamp'];
const COMPARISONS = ['=', '<>', '<', '<=', '>', '>='];

/** The query that a text is. An Error names what is not read: only the SQL that mappings use is. */
export function parseQuery(sql: string): Query {
  const parser = new Parser(tokensOf(sql));
  const query = parser.query();
  parser.expectEnd();
  return query;
}

/** Reads by recursive descent: each method reads what its name says, from the next token on. */
class Parser {
  #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  query(): Query {
    const tables: { name: string; query: Query }[] = [];
    if (this.#skip('with')) {
      do {
        const name = this.#name();
        this.#expect('as');
        tables.push({ name, query: this.#inParentheses(() => this.query()) });
      } while (this.#skip(','));
    }
    this.#expect('select');
    const hasAll = this.#skip('*');
    const columns: { name: string; expression: Expression }[] = [];
    if (!hasAll || this.#skip(',')) {
      do columns.push(this.#selected());
      while (this.#skip(','));
    }
    this.#expect('from');
    const from = this.#isNext('(') ? this.#inParentheses(() => this.query()) : this.#name();
    if (this.#skip('as')) this.#name();
    return { tables, hasAll, columns, from };
  }

  expression(): Expression {
    let left = this.#conjunction();
    while (this.#skip('or')) left = call('or', left, this.#conjunction());
    return left;
  }

  expectEnd(): void {
    if (this.#next.kind !== 'end') this.#fail('the end');
  }

  #selected(): { name: string; expression: Expression } {
    const expression = this.expression();
    if (this.#skip('as')) return { name: this.#name(), expression };
    if (expression.kind !== 'column') this.#fail('a name of the column');
    return { name: expression.name, expression };
  }

  #conjunction(): Expression {
    let left = this.#negation();
    while (this.#skip('and')) left = call('and', left, this.#negation());
    return left;
  }

  #negation(): Expression {
    return this.#skip('not') ? call('not', this.#negation()) : this.#condition();
  }

  #condition(): Expression {
    const left = this.#sum();
    if (this.#skip('is')) {
      const isNot = this.#skip('not');
      if (this.#skip('null')) return negated(isNot, call('is_null', left));
      this.#expect('distinct');
      this.#expect('from');
      return negated(isNot, call('is_distinct', left, this.#sum()));
    }
    const isNot = this.#skip('not');
    if (this.#skip('in')) return negated(isNot, call('in', left, ...this.#inParentheses(() => this.#list())));
    if (this.#skip('like')) return negated(isNot, call('like', left, this.#sum()));
    if (this.#skip('between')) {
      const low = this.#sum();
      this.#expect('and');
      return negated(isNot, call('and', call('>=', left, low), call('<=', left, this.#sum())));
    }
    if (isNot) this.#fail('IN, LIKE or BETWEEN');
    const comparison = COMPARISONS.find((symbol) => this.#skip(symbol));
    return comparison ? call(comparison, left, this.#sum()) : left;
  }

  #sum(): Expression {
    return this.#operations(['+', '-', '||'], () => this.#operations(['*', '/', '%'], () => this.#factor()));
  }

  #operations(symbols: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const symbol = symbols.find((one) => this.#skip(one));
      if (!symbol) return left;
      left = call(symbol, left, operand());
    }
  }

  #factor(): Expression {
    if (this.#isNext('(')) return this.#inParentheses(() => this.expression());
    if (this.#skip('-')) return call('-', number('0'), this.#factor());
    const { kind, text } = this.#next;
    if (kind === 'end' || kind === 'symbol') this.#fail('an expression');
    this.#at++;
    if (kind === 'string') return { kind: 'literal', value: text, type: 'varchar' };
    if (kind === 'number') return number(text);
    if (kind === 'word') {
      if (text === 'null') return NULL;
      if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true', type: 'boolean' };
      if (text === 'case') return this.#case();
      if (text === 'cast' || text === 'try_cast') return this.#inParentheses(() => this.#cast(text === 'try_cast'));
      if (this.#isNext('(')) return { kind: 'call', name: text, args: this.#inParentheses(() => this.#list()) };
    }
    return { kind: 'column', name: text };
  }

  #case(): Expression {
    const compared = this.#isNext('when') ? undefined : this.expression();
    const branches: { when: Expression; value: Expression }[] = [];
    while (this.#skip('when')) {
      const condition = this.expression();
      this.#expect('then');
      branches.push({ when: compared ? call('=', compared, condition) : condition, value: this.expression() });
    }
    const otherwise = this.#skip('else') ? this.expression() : NULL;
    this.#expect('end');
    return { kind: 'case', branches, otherwise };
  }

  #cast(isSafe: boolean): Expression {
    const argument = this.expression();
    this.#expect('as');
    const type = TYPES.find((name) => this.#skip(name)) ?? this.#fail('a type');
    return { kind: 'cast', argument, type, isSafe };
  }

  #list(): Expression[] {
    const items = [this.expression()];
    while (this.#skip(',')) items.push(this.expression());
    return items;
  }

  #inParentheses<T>(read: () => T): T {
    this.#expect('(');
    const content = read();
    this.#expect(')');
    return content;
  }

  get #next(): Token {
    return this.#tokens[this.#at] as Token;
  }

  /** True if the next token is this symbol, or this word without quotes. */
  #isNext(text: string): boolean {
    const { kind, text: next } = this.#next;
    return (kind === 'word' || kind === 'symbol') && next === text;
  }

  #skip(text: string): boolean {
    if (!this.#isNext(text)) return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#skip(text)) this.#fail(text);
  }

  #name(): string {
    const { kind, text } = this.#next;
    if (kind !== 'word' && kind !== 'name') this.#fail('a name');
    this.#at++;
    return text;
  }

  #fail(expected: string): never {
    const found = this.#tokens.slice(this.#at, this.#at + 8).map(({ text }) => text);
    throw new Error(`expected ${expected} in SQL before: ${found.join(' ')}`);
  }
}

function call(name: string, ...args: Expression[]): Expression {
  return { kind: 'call', name, args };
}

function negated(isNot: boolean, expression: Expression): Expression {
  return isNot ? call('not', expression) : expression;
}

/** As in Trino, a number with an exponent is a double; one with a point alone would be a decimal, which no mapping uses. */
function number(text: string): Expression {
  if (/[eE]/.test(text)) return { kind: 'literal', value: Number(text), type: 'double' };
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`${text} is neither a whole number nor a double: write ${text}e0`);
  return { kind: 'literal', value, type: value < 2 ** 31 ? 'integer' : 'bigint' };
}
