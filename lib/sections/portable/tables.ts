import { SECTION_TABLES } from '../tables.ts';
import type { SqlProblem, SqlToken } from './tokens.ts';

/** Keywords that end the list of tables after a FROM. */
const AFTER_TABLES = new Set(['WHERE', 'GROUP', 'HAVING', 'ORDER', 'LIMIT', 'UNION', 'EXCEPT', 'INTERSECT', 'SELECT']);

/**
 * Finds tables that a section must not read. Allowed are the tables derived from `requests`, with the report's privacy
 * applied, and the query's own CTEs.
 */
export function tableProblems(tokens: readonly SqlToken[]): SqlProblem[] {
  const own = commonTables(tokens);
  const allowed = new Set([...SECTION_TABLES, ...own]);
  return [
    ...tokens.flatMap((token, at) => (isBeforeTable(token) ? sourceProblem(tokens, at + 1, allowed) : [])),
    ...commaJoins(tokens),
    ...own
      .filter((name) => SECTION_TABLES.includes(name))
      .map((name) => ({ line: 1, message: `WITH ${name}: sections read a table of that name; choose another` })),
  ];
}

function isBeforeTable({ kind, text }: SqlToken): boolean {
  return kind === 'word' && /^(?:from|join)$/i.test(text);
}

/** The names of the CTEs. */
function commonTables(tokens: readonly SqlToken[]): string[] {
  return tokens.flatMap(({ kind, text, depth }, at) => {
    if (kind !== 'word' || !['WITH', ','].includes(tokens[at - 1]?.text ?? '')) return [];
    const columns =
      tokens[at + 1]?.text === '(' ? tokens.findIndex((one, end) => end > at + 1 && one.depth === depth) : at;
    return tokens[columns + 1]?.text === 'AS' && tokens[columns + 2]?.text === '(' ? [text] : [];
  });
}

function sourceProblem(tokens: readonly SqlToken[], at: number, allowed: ReadonlySet<string>): SqlProblem[] {
  const [table, next] = [tokens[at], tokens[at + 1]];
  if (!table || table.text === '(' || table.text.toUpperCase() === 'UNNEST') return [];
  const isPlain = table.kind === 'word' && next?.text !== '.' && next?.text !== '(';
  if (isPlain && allowed.has(table.text)) return [];
  const name = table.text + (next?.text === '.' ? `.${tokens[at + 2]?.text ?? ''}` : '');
  return [{ line: table.line, message: `reads ${name}; a section may read ${[...allowed].join(', ')}` }];
}

/** Finds commas between tables, because the check does not see a table after a comma. */
function commaJoins(tokens: readonly SqlToken[]): SqlProblem[] {
  const listing = new Map<number, boolean>();
  return tokens.flatMap(({ kind, text, depth, line }) => {
    if (text === '(' || text === '[') listing.set(depth + 1, false);
    if (kind === 'word' && text === 'FROM') listing.set(depth, true);
    if (kind === 'word' && AFTER_TABLES.has(text)) listing.set(depth, false);
    if (text !== ',' || !listing.get(depth)) return [];
    return [{ line, message: 'tables are joined by a comma; write CROSS JOIN or JOIN … ON' }];
  });
}
