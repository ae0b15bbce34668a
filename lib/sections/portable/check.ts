import { nearest } from '../../text/nearest.ts';
import { loadMeasures, withMeasures } from '../measures.ts';
import { SETTING_NAMES } from '../settings.ts';
import { castProblems, functionProblems } from './calls.ts';
import { tableProblems } from './tables.ts';
import { each, type SqlProblem, type SqlToken, sqlTokens } from './tokens.ts';
import { signProblems, wordProblems } from './words.ts';

/**
 * Checks that a section of the user's own is one bounded SELECT over the tables of sections, with the same result on DuckDB
 * and Athena. Returns the problems, or an empty list. It recognizes known problems but does not parse the whole grammar: an
 * engine may still refuse a query that passes.
 */
export function sqlProblems(sql: string): SqlProblem[] {
  const tokens = sqlTokens(sql);
  const rules = [statementProblems, signProblems, wordProblems, functionProblems, castProblems, placeholderProblems];
  const found = [...rules, tableProblems].flatMap((rule) => rule(tokens));
  return found.sort((a, b) => a.line - b.line);
}

/** Checks for one SELECT with ORDER BY and LIMIT. */
function statementProblems(tokens: readonly SqlToken[]): SqlProblem[] {
  const [first] = tokens;
  if (!first) return [{ line: 1, message: 'the SELECT is missing; write it after the header' }];
  if (first.text !== 'SELECT' && first.text !== 'WITH') {
    return [{ line: first.line, message: `starts with ${first.text}; a section is one SELECT or WITH … SELECT` }];
  }
  const [limit, rows] = tokens.slice(-2);
  const line = rows?.line ?? 1;
  if (limit?.text !== 'LIMIT' || rows?.kind !== 'number') {
    return [{ line, message: 'ends without a LIMIT; add one, such as ORDER BY requests DESC, path LIMIT 100' }];
  }
  const isOrdered = tokens.some(({ text, depth }) => text === 'ORDER' && depth === 0);
  if (isOrdered || rows.text === '1') return [];
  return [{ line, message: 'has a LIMIT but no ORDER BY: which rows it returns would differ from run to run' }];
}

/** Finds placeholders that are neither a measure nor a setting. */
function placeholderProblems(tokens: readonly SqlToken[]): SqlProblem[] {
  return each(tokens, ({ kind, text }) => {
    if (kind !== 'placeholder') return undefined;
    const name = text.replace(/^\{\{\s*(\w*).*$/s, '$1');
    const known = [...loadMeasures().keys(), ...SETTING_NAMES];
    if (!known.includes(name)) {
      const meant = nearest(name, known);
      return `${text} is not a measure or a setting; ${meant ? `did you mean {{${meant}}}?` : `choose one of ${known.join(', ')}`}`;
    }
    try {
      withMeasures(text);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  });
}
