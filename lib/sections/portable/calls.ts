import { nearest } from '../../text/nearest.ts';
import { MACRO_FUNCTIONS, NATIVE_FUNCTIONS, PORTABLE_TYPES } from './functions.ts';
import { closing, each, type SqlProblem, type SqlToken } from './tokens.ts';

/** Words before a bracket that do not name a function. */
export const NO_FUNCTION = new Set(
  'AS AND OR NOT IN IS ON BY SELECT WHERE HAVING WHEN THEN ELSE FROM JOIN VALUES OVER FILTER CAST TRY_CAST UNNEST DISTINCT EXISTS'.split(
    ' ',
  ),
);

/** Finds functions, and ways to call them, that differ between the engines. */
export function functionProblems(tokens: readonly SqlToken[]): SqlProblem[] {
  const known = [...NATIVE_FUNCTIONS, ...MACRO_FUNCTIONS];
  return each(tokens, ({ kind, text }, at) => {
    const before = tokens[at - 1]?.text;
    const isAlias = before === 'AS' || before === 'WITH' || (before === ',' && opensCommonTable(tokens, at));
    if (kind !== 'word' || tokens[at + 1]?.text !== '(' || NO_FUNCTION.has(text.toUpperCase()) || isAlias)
      return undefined;
    const name = text.toLowerCase();
    if (!known.includes(name)) {
      const meant = nearest(name, known);
      return `the function ${text} is not one that DuckDB and Athena answer alike; ${meant ? `did you mean ${meant}?` : 'docs/sections.md lists those'}`;
    }
    const next = tokens[closing(tokens, at + 1) + 1]?.text;
    const isMacro = MACRO_FUNCTIONS.includes(name);
    if (isMacro && (next === 'FILTER' || next === 'OVER' || tokens[at + 2]?.text === 'DISTINCT')) {
      return `${name} takes no FILTER, DISTINCT or OVER on DuckDB; write CASE WHEN … THEN … END inside of it`;
    }
    return undefined;
  });
}

/** True for the name in `, name (a, b) AS (`, whose bracket lists columns. */
function opensCommonTable(tokens: readonly SqlToken[], at: number): boolean {
  const end = closing(tokens, at + 1);
  return tokens[end + 1]?.text === 'AS' && tokens[end + 2]?.text === '(';
}

/** Finds casts to types that the engines truncate, round or print differently. */
export function castProblems(tokens: readonly SqlToken[]): SqlProblem[] {
  return each(tokens, ({ text, depth }, at) => {
    if (!/^(?:try_)?cast$/i.test(text) || tokens[at + 1]?.text !== '(') return undefined;
    const end = closing(tokens, at + 1);
    const as = tokens.findLastIndex((token, index) => index < end && token.text === 'AS' && token.depth === depth + 1);
    const type = tokens
      .slice(as + 1, end)
      .map((token) => token.text.toLowerCase())
      .join('');
    return PORTABLE_TYPES.includes(type)
      ? undefined
      : `cannot cast to ${type}; choose one of ${PORTABLE_TYPES.join(', ')}`;
  });
}
