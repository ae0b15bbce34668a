import { compileSearch } from '../expression/pattern.ts';

const compiled = new Map<string, RegExp>();

function regexOf(pattern: string): RegExp {
  let regex = compiled.get(pattern);
  if (!regex) {
    regex = compileSearch(pattern);
    compiled.set(pattern, regex);
  }
  regex.lastIndex = 0;
  return regex;
}

/** True if a part of the text matches. */
export function regexpLike(text: string, pattern: string): boolean {
  return regexOf(pattern).test(text);
}

/** The first match, or a group of it; null without one. */
export function regexpExtract(text: string, pattern: string, group = 0): string | null {
  return regexOf(pattern).exec(text)?.[group] ?? null;
}

/** The text with every match replaced. The replacement is plain text. */
export function regexpReplace(text: string, pattern: string, replacement: string): string {
  return text.replace(regexOf(pattern), () => replacement);
}
