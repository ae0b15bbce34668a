/** A token of SQL: a word, a number, a quoted text or name, a placeholder such as `{{errors}}`, or a sign. */
export interface SqlToken {
  kind: 'word' | 'number' | 'text' | 'quoted name' | 'placeholder' | 'sign';
  text: string;
  /** Counted from 1. */
  line: number;
  /** The number of open brackets around it; a bracket itself counts as outside. */
  depth: number;
}

/** Something in SQL that a section must not contain. */
export interface SqlProblem {
  /** Counted from 1. */
  line: number;
  /** What is wrong and what to do. */
  message: string;
}

const TOKEN =
  /(?<comment>--[^\n]*|\/\*.*?\*\/)|(?<text>'(?:[^']|'')*')|(?<name>"(?:[^"]|"")*")|(?<placeholder>\{\{.*?\}\})|(?<number>(?:\d[\d_]*(?:\.\d*)?|(?<![\w)\]])\.\d+)(?:[eE][+-]?\d+)?)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<sign>::|->|<>|<=|>=|!=|\|\||\S)/gsu;

/** The tokens of SQL, without comments. */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let depth = 0;
  let line = 1;
  let counted = 0;
  for (const { 0: text, index, groups = {} } of sql.matchAll(TOKEN)) {
    line += newlines(sql.slice(counted, index));
    counted = index;
    if (groups.comment !== undefined) continue;
    if (text === ')' || text === ']') depth -= 1;
    tokens.push({ kind: kindOf(groups), text, line, depth });
    if (text === '(' || text === '[') depth += 1;
  }
  return tokens;
}

function kindOf(groups: Record<string, string | undefined>): SqlToken['kind'] {
  if (groups.word !== undefined) return 'word';
  if (groups.text !== undefined) return 'text';
  if (groups.name !== undefined) return 'quoted name';
  if (groups.placeholder !== undefined) return 'placeholder';
  return groups.number !== undefined ? 'number' : 'sign';
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}

/** The problem with a token of a certain text, in any case; undefined if there is none. */
export type Refusal = (token: SqlToken, at: number, tokens: readonly SqlToken[]) => string | undefined;

export function each(tokens: readonly SqlToken[], refusal: Refusal): SqlProblem[] {
  return tokens.flatMap((token, at) => {
    const message = refusal(token, at, tokens);
    return message === undefined ? [] : [{ line: token.line, message }];
  });
}

/** The index of the bracket that closes the one at `at`. */
export function closing(tokens: readonly SqlToken[], at: number): number {
  const depth = tokens[at]?.depth;
  return tokens.findIndex((token, index) => index > at && token.depth === depth);
}
