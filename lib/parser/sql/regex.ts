/* Trino's functions of regular expressions. An expression has the flag `g`, and is shared. */

/** True if a part of the text matches. */
export function regexpLike(text: string, regex: RegExp): boolean {
  regex.lastIndex = 0;
  return regex.test(text);
}

/** The first match, or a group of it; null without one. */
export function regexpExtract(text: string, regex: RegExp, group = 0): string | null {
  regex.lastIndex = 0;
  return regex.exec(text)?.[group] ?? null;
}

/** The text with every match replaced. The replacement is plain text. */
export function regexpReplace(text: string, regex: RegExp, replacement: string): string {
  regex.lastIndex = 0;
  return text.replace(regex, () => replacement);
}
