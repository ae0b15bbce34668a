/** A piece of SQL. The text of a word is in lower case unless it is quoted; that of a string is without its quotes. */
export interface Token {
  kind: 'word' | 'name' | 'string' | 'number' | 'symbol' | 'end';
  text: string;
}

const BLANK = String.raw`(?:\s|--[^\n]*|/\*[\s\S]*?\*/)*`;
const TOKEN = new RegExp(
  `${BLANK}(?:(?<word>[A-Za-z_][A-Za-z0-9_]*)|"(?<name>[^"]*)"|'(?<string>(?:[^']|'')*)'|(?<number>[0-9]+(?:[.][0-9]+)?(?:[eE][+-]?[0-9]+)?)|(?<symbol>\\|\\||<>|<=|>=|[=<>+*/%(),-])|(?<end>$))`,
  'y',
);

/** The tokens of an SQL text, with one of kind `end` last. An Error shows the text that is no token. */
export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (;;) {
    const start = TOKEN.lastIndex;
    const groups = TOKEN.exec(sql)?.groups;
    if (!groups) throw new Error(`not read as SQL: ${sql.slice(start, start + 60)}`);
    const { word, name, string, number, symbol } = groups;
    if (word !== undefined) tokens.push({ kind: 'word', text: word.toLowerCase() });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (string !== undefined) tokens.push({ kind: 'string', text: string.replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol });
    else return [...tokens, { kind: 'end', text: '' }];
  }
}
