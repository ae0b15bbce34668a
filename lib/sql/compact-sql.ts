/** A quoted text, or what means nothing to an engine: comments and white space. */
const QUOTED_OR_BLANK = /('[^']*'|"[^"]*")|(?:\s|--[^\n]*|\/\*.*?\*\/)+/gs;

/** SQL without comments, its white space reduced to single spaces: equal for two texts that an engine reads as the same. */
export function compactSql(sql: string): string {
  return sql.replace(QUOTED_OR_BLANK, (_, quoted) => quoted ?? ' ').trim();
}
