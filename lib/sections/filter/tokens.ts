import { shortenText, visibleText } from '../../text/visible-text.ts';
import { FilterError } from './filter-error.ts';

export interface Token {
  kind: 'word' | 'number' | 'text' | 'symbol' | 'end';
  /** As written; for a text, what is between its quotes. */
  text: string;
  /** Position of its first character in the filter, counted from 1. */
  position: number;
}

const MOST_CHARACTERS = 4000;

/** One token after optional space. Its groups: word, number, text, symbol. */
const TOKEN =
  /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![A-Za-z0-9_.])|'((?:[^']|'')*)'|(<=|>=|<>|!=|[=<>(),]))/y;

const KINDS = ['word', 'number', 'text', 'symbol'] as const;

/** The tokens of a filter; the last one is of the kind `end`. Throws a FilterError at characters that form no token. */
export function tokensOf(text: string): Token[] {
  if (text.length > MOST_CHARACTERS) {
    throw new FilterError(`it has ${text.length} characters, of ${MOST_CHARACTERS} that it may have; make it shorter`);
  }
  const tokens: Token[] = [];
  let index = 0;
  for (;;) {
    const start = index + (/^\s*/.exec(text.slice(index))?.[0].length ?? 0);
    const position = [...text.slice(0, start)].length + 1;
    if (start === text.length) return [...tokens, { kind: 'end', text: '', position }];
    TOKEN.lastIndex = start;
    const match = TOKEN.exec(text);
    const place = match ? match.slice(1).findIndex((group) => group !== undefined) : -1;
    const kind = KINDS[place];
    if (!match || !kind) throw unreadable(text.slice(start), position);
    const written = match[place + 1] ?? '';
    tokens.push({ kind, text: kind === 'text' ? written.replaceAll("''", "'") : written, position });
    index = TOKEN.lastIndex;
  }
}

/** The error at a token, with what was expected instead. */
export function unexpected(token: Token, expected: string): FilterError {
  return new FilterError(`character ${token.position}: found ${foundText(token)}, expected ${expected}`);
}

export function foundText({ kind, text }: Token): string {
  if (kind === 'end') return 'its end';
  const shown = visibleText(shortenText(text, 40));
  return kind === 'text' ? `the text '${shown}'` : shown;
}

function unreadable(rest: string, position: number): FilterError {
  const at = `character ${position}: `;
  if (rest.startsWith("'")) return new FilterError(`${at}the text that starts here has no closing quote (')`);
  const [found = ''] = /^(?:[-A-Za-z0-9_.]+|[\s\S])/u.exec(rest) ?? [];
  const hint = /^["\u201c\u201d\u2018\u2019`]/.test(found) ? "; text stands between single quotes: '…'" : '';
  return new FilterError(
    `${at}found ${visibleText(shortenText(found, 40))}, expected a column, a value, a comparison or a bracket${hint}`,
  );
}
