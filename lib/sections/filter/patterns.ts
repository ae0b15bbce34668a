import { type Token, unexpected } from './tokens.ts';

/** Athena accepts 1,024 characters per parameter. */
const MOST_CHARACTERS = 1000;

/** With more, a backtracking engine would take too long on a long path. */
const MOST_WIDE = 2;

/**
 * A regular expression for a `like` pattern with `_`, with the same meaning in RE2 (DuckDB) and Joni (Trino). DuckDB's LIKE
 * takes exponential time for `_` between several `%`, and the text comes from a log.
 */
export function likeExpression(pattern: string): string {
  const parts = [...pattern.replaceAll(/%+/g, '%')].map((character) => {
    if (character === '%') return '[\\s\\S]*';
    return character === '_' ? '[\\s\\S]' : escaped(character);
  });
  return `\\A${parts.join('')}\\z`;
}

/**
 * A regular expression that finds a parameter, as `&name=value&` or `&name&`, in a query string with `&` before and after
 * it, whether its name is percent-encoded or not.
 */
export function parameterExpression(name: string): string {
  return `&${[...name].map(spellings).join('')}(?:=[^&]*)?&`;
}

/** The pattern, if it is cheap and short enough. Throws an error at its token otherwise. */
export function checkedPattern(pattern: string, token: Token): string {
  if (!pattern.includes('_')) return pattern;
  const wide = pattern.replace(/%+$/, '').match(/%+/g) ?? [];
  if (wide.length > MOST_WIDE) throw unexpected(token, `at most ${MOST_WIDE} % before the last in a pattern with _`);
  if (likeExpression(pattern).length > MOST_CHARACTERS) throw unexpected(token, 'a shorter pattern');
  return pattern;
}

/** The name of a query parameter, if its expression is short enough. Throws an error at its token otherwise. */
export function checkedParameter(token: Token): string {
  const name = token.text;
  if (name === '' || !name.isWellFormed() || name.includes('\0')) throw unexpected(token, "a parameter's name");
  if (parameterExpression(name).length > MOST_CHARACTERS) throw unexpected(token, 'a shorter name of a parameter');
  return name;
}

/** A regular expression for a character in a query: itself unless it has a meaning there, or percent-encoded. */
function spellings(character: string): string {
  const bytes = [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const encoded = `(?i:${bytes})`;
  if (/[&=%+#]/.test(character)) return encoded;
  return `(?:${escaped(character)}|${character === ' ' ? '\\+|' : ''}${encoded})`;
}

function escaped(character: string): string {
  return /[\\^$.|?*+()[\]{}]/.test(character) ? `\\${character}` : character;
}
