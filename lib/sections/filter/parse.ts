import { nearest } from '../../text/nearest.ts';
import { type Comparison, FILTER_COLUMNS, type Filter, type Subject, subjectText, typeOf } from './filter.ts';
import { FilterError } from './filter-error.ts';
import { literalOf } from './literals.ts';
import { checkedParameter, checkedPattern } from './patterns.ts';
import { foundText, type Token, tokensOf, unexpected } from './tokens.ts';

const MOST_DEPTH = 50;
const MOST_GROUPS = 3;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': '=',
  '!=': '<>',
  '<>': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/**
 * Reads a filter such as `status >= 500 and path like '/api/%' and param('org') = '42'`. Keywords are SQL's, in upper or
 * lower case. Throws a FilterError with the place of the mistake and what was expected there.
 */
export function parseFilter(text: string): Filter {
  const reader = tokenReader(text);
  const filter = parseOr(reader, 0);
  if (reader.next.kind !== 'end') throw unexpected(reader.next, 'and, or, or the end');
  return filter;
}

/** Reads a grouping such as `param(org), status`: one to three different columns and query parameters. */
export function parseGroups(text: string): Subject[] {
  const reader = tokenReader(text);
  const groups: Subject[] = [];
  do {
    const token = reader.next;
    const group = parseSubject(reader);
    if (groups.some((known) => subjectText(known) === subjectText(group))) throw unexpected(token, 'each group once');
    if (groups.length === MOST_GROUPS) throw unexpected(token, `at most ${MOST_GROUPS} groups`);
    groups.push(group);
  } while (reader.took(','));
  if (reader.next.kind !== 'end') throw unexpected(reader.next, 'a comma or the end');
  return groups;
}

interface TokenReader {
  readonly next: Token;
  /** Returns the next token and moves past it. */
  take(): Token;
  /** Moves past the next token if it is that word or symbol; true if so. */
  took(word: string): boolean;
  /** Moves past that word or symbol; throws if the next token is another. */
  expect(word: string): void;
}

function tokenReader(text: string): TokenReader {
  const tokens = tokensOf(text);
  let at = 0;
  const reader: TokenReader = {
    get next() {
      // The last token is the end; the reader never moves past it.
      return tokens[Math.min(at, tokens.length - 1)] as Token;
    },
    take() {
      const token = reader.next;
      at++;
      return token;
    },
    took(word) {
      const { kind, text } = reader.next;
      const isIt = (kind === 'word' || kind === 'symbol') && text.toLowerCase() === word;
      if (isIt) at++;
      return isIt;
    },
    expect(word) {
      if (!reader.took(word)) throw unexpected(reader.next, word);
    },
  };
  return reader;
}

function parseOr(reader: TokenReader, depth: number): Filter {
  return listOf('or', reader, () => listOf('and', reader, () => parseTerm(reader, depth)));
}

function listOf(kind: 'and' | 'or', reader: TokenReader, parse: () => Filter): Filter {
  const first = parse();
  const terms = [first];
  while (reader.took(kind)) terms.push(parse());
  return terms.length === 1 ? first : { kind, terms };
}

function parseTerm(reader: TokenReader, depth: number): Filter {
  if (depth > MOST_DEPTH) throw unexpected(reader.next, `at most ${MOST_DEPTH} brackets and nots within each other`);
  if (reader.took('not')) return { kind: 'not', term: parseTerm(reader, depth + 1) };
  if (reader.took('(')) {
    const filter = parseOr(reader, depth + 1);
    if (!reader.took(')')) throw unexpected(reader.next, 'and, or, or a closing bracket');
    return filter;
  }
  return parseCondition(reader, parseSubject(reader));
}

function parseSubject(reader: TokenReader): Subject {
  const token = reader.take();
  const name = token.text.toLowerCase();
  if (token.kind !== 'word') throw unexpected(token, "a column or param('…')");
  if (name === 'param') return parseParam(reader);
  const type = FILTER_COLUMNS.get(name);
  if (type) return { kind: 'column', name, type };
  const columns = [...FILTER_COLUMNS.keys()];
  const meant = nearest(name, [...columns, 'param']);
  const hint = meant ? `did you mean ${meant}?` : `columns are ${columns.join(', ')}`;
  throw new FilterError(`character ${token.position}: found ${foundText(token)}, expected a column; ${hint}`);
}

function parseParam(reader: TokenReader): Subject {
  reader.expect('(');
  const token = reader.take();
  if (token.kind !== 'text' && token.kind !== 'word') throw unexpected(token, "the parameter's name between quotes");
  const name = checkedParameter(token);
  reader.expect(')');
  return { kind: 'param', name };
}

function parseCondition(reader: TokenReader, subject: Subject): Filter {
  const value = () => literalOf(reader.take(), typeOf(subject), subjectText(subject));
  const comparison = reader.next.kind === 'symbol' ? COMPARISONS[reader.next.text] : undefined;
  if (comparison) {
    reader.take();
    return { kind: 'compare', subject, comparison, value: value() };
  }
  if (reader.took('is')) {
    const isNegated = reader.took('not');
    reader.expect('null');
    return negated({ kind: 'is_null', subject }, isNegated);
  }
  const isNegated = reader.took('not');
  const token = reader.next;
  if (reader.took('like')) {
    if (typeOf(subject) !== 'varchar')
      throw unexpected(token, `another comparison: ${subjectText(subject)} is no text`);
    const written = reader.next;
    return negated({ kind: 'like', subject, pattern: checkedPattern(value(), written) }, isNegated);
  }
  if (reader.took('in')) {
    reader.expect('(');
    const values = [value()];
    while (reader.took(',')) values.push(value());
    if (!reader.took(')')) throw unexpected(reader.next, 'a comma or a closing bracket');
    return negated({ kind: 'in', subject, values }, isNegated);
  }
  if (reader.took('between')) {
    const low = value();
    reader.expect('and');
    return negated({ kind: 'between', subject, low, high: value() }, isNegated);
  }
  if (typeOf(subject) === 'boolean' && !isNegated) return { kind: 'compare', subject, comparison: '=', value: 'true' };
  const words = isNegated ? 'like, in or between' : '=, <>, <, <=, >, >=, like, in, between or is null';
  throw unexpected(token, words);
}

function negated(term: Filter, isNegated: boolean): Filter {
  return isNegated ? { kind: 'not', term } : term;
}
