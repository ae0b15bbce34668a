/**
 * Names of the columns that a query returns, in order. They are read from the last SELECT outside all parentheses. Each
 * item of its list must end in a name: a plain column, or `AS name`.
 */
export function outputColumns(sql: string): string[] {
  const words = outermostWords(sql);
  const list = words.slice(words.lastIndexOf('SELECT') + 1);
  const end = list.indexOf('FROM');
  return list
    .slice(0, end < 0 ? list.length : end)
    .join(' ')
    .split(',')
    .map(lastWord);
}

/** The LIMIT at the end of a query; undefined if it has none. */
export function rowLimit(sql: string): number | undefined {
  const limit = sql.match(/\bLIMIT (\d+)\s*$/)?.[1];
  return limit === undefined ? undefined : Number(limit);
}

/** Words and commas outside all parentheses, literals and comments; keywords must be in upper case. */
function outermostWords(sql: string): string[] {
  const words: string[] = [];
  let depth = 0;
  for (const [token] of sql.matchAll(/--[^\n]*|\/\*.*?\*\/|'[^']*'|[()[\],]|\w+/gs)) {
    if (token === '(' || token === '[') depth += 1;
    else if (token === ')' || token === ']') depth -= 1;
    else if (depth === 0 && /^[\w,]/.test(token)) words.push(token);
  }
  return words;
}

function lastWord(item: string): string {
  return item.trim().split(' ').at(-1) ?? '';
}
