import { NO_FUNCTION } from './calls.ts';
import { closing, each, type SqlProblem, type SqlToken } from './tokens.ts';

const SIGNS: Readonly<Record<string, string>> = {
  ';': 'a section is one SELECT; remove the semicolon',
  '?': 'a question mark is a parameter of the engine; write the value',
  '::': 'only DuckDB knows ::, write CAST(value AS type)',
  '->': 'arrows are not the same on both engines; write json_extract_scalar or split',
  '!=': 'write <>',
};

/** Finds signs and numbers that differ between the engines. */
export function signProblems(tokens: readonly SqlToken[]): SqlProblem[] {
  return each(tokens, ({ kind, text }, at) => {
    if (text === '[' && isAtStart(tokens[at - 1])) return 'a list is ARRAY[…] in Trino';
    if (kind === 'sign') return SIGNS[text];
    if (kind !== 'number' || !text.includes('.') || /e/i.test(text)) return undefined;
    const double = Number(text).toExponential().replace('e+', 'E').replace('e', 'E');
    return `${text} is a decimal on one engine and a double on the other; write ${double}`;
  });
}

/** True if an expression starts after a token: it is neither a name nor the end of another expression. */
function isAtStart(before: SqlToken | undefined): boolean {
  if (before?.kind === 'word') return NO_FUNCTION.has(before.text.toUpperCase());
  return before?.kind !== 'quoted name' && before?.text !== ')' && before?.text !== ']';
}

/** Keywords that mark the parts of a query; they must be in upper case. */
const KEYWORDS = new Set(
  'SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT WITH AS UNION JOIN CROSS UNNEST VALUES OVER PARTITION CASE CAST'.split(
    ' ',
  ),
);
const CHANGING = new Set(
  'INSERT INTO UPDATE DELETE MERGE CREATE DROP ALTER COPY ATTACH INSTALL LOAD PRAGMA CALL EXPORT IMPORT UNLOAD'.split(
    ' ',
  ),
);
const ON_ONE_ENGINE = new Set(
  'QUALIFY EXCLUDE ILIKE PIVOT UNPIVOT ASOF LATERAL RECURSIVE TABLESAMPLE FETCH TIES IGNORE ORDINALITY LISTAGG INTERVAL ZONE'.split(
    ' ',
  ),
);

/** Finds keywords that differ between the engines, or that no SELECT contains. */
export function wordProblems(tokens: readonly SqlToken[]): SqlProblem[] {
  return each(tokens, ({ kind, text, depth }, at) => {
    if (kind !== 'word') return undefined;
    const upper = text.toUpperCase();
    if (KEYWORDS.has(upper) && text !== upper) return `write the keyword ${upper} in upper case`;
    if (CHANGING.has(upper)) return `${upper}: a section is one SELECT and changes nothing`;
    if (ON_ONE_ENGINE.has(upper)) return `${upper} is not the same on DuckDB and Athena; write it in another way`;
    if (upper === 'FILTER' && tokens[closing(tokens, at + 1) + 1]?.text === 'OVER') {
      return 'Trino has no FILTER on a window function; write CASE WHEN … THEN … END inside of it';
    }
    if (upper === 'UNNEST' && tokens.slice(at, closing(tokens, at + 1)).some(isCommaAt(depth + 1))) {
      return 'UNNEST takes one array';
    }
    if (upper === 'ALL' && tokens[at - 1]?.text === 'BY')
      return 'Trino has no BY ALL; write the columns or their numbers';
    return undefined;
  });
}

function isCommaAt(depth: number): (token: SqlToken) => boolean {
  return (token) => token.text === ',' && token.depth === depth;
}
