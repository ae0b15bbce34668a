/** How often a part may repeat, which is copied as often: parts within parts that repeat count as often as both together. */
export const MAX_REPEATS = 1000;

/** Escapes and sets that are invalid in Joni (Athena), RE2 (whose meaning the parser has) or JavaScript, or differ there. */
const DIFFERING = /\\[kuchHGKRXNZCE]|&&|\[\[[:=.]/;

/** A part of a pattern that the engines understand differently, undefined if there is none. */
export function differingPart(pattern: string): string | undefined {
  return pattern.replace(/\\\\/g, '  ').match(DIFFERING)?.[0];
}

/** How often the most repeated part of a pattern repeats at most, counted ones only: 6 for `(?:a{2}b){3}`. */
export function mostRepeats(pattern: string): number {
  const levels: number[] = [1];
  let last = 1;
  for (const [token] of pattern.matchAll(/\\.|\[(?:\\.|[^\]\\])+\]|\{\d+(?:,\d*)?\}|[\s\S]/g)) {
    const repeat = token.match(/^\{(\d+)(?:,(\d*))?\}$/);
    if (repeat) last *= Math.max(Number(repeat[1]), Number(repeat[2] ?? 0));
    else if (token === ')') last = levels.length > 1 ? (levels.pop() ?? 1) : 1;
    else last = 1;
    if (token === '(') levels.push(1);
    levels.push(Math.max(levels.pop() ?? 1, last));
  }
  return Math.max(...levels);
}
