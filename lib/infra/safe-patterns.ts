import { isSafePattern } from 'redos-detector';
import type { Config } from '../config/config.ts';
import { withoutNames } from '../formats/format.ts';

/** A search that is no clearer after so many steps, or finds so many ways back, is taken for one that runs away. */
const MOST_STEPS = 20_000;
const MOST_WAYS_BACK = 200;

/**
 * Refuses formats of the user's own with a pattern that a long line could keep busy. DuckDB reads lines in one pass
 * whatever the pattern; in AWS expressions go back and try again, and who writes a log's lines could make one try for hours.
 */
export function assertSafePatterns({ formats }: Pick<Config, 'formats'>): void {
  for (const { id, patterns } of formats) {
    for (const [index, pattern] of patterns.entries()) {
      if (isBounded(pattern)) continue;
      throw new Error(
        `formats.${id}.patterns[${index}]: two of its parts can match the same text, so a long line could keep Athena busy ` +
          'for hours. Let each part end where the next begins, such as [^ ]* before a space or [^"]* before a quote, and ' +
          'write .* at the end only.',
      );
    }
  }
}

function isBounded(pattern: string): boolean {
  const limits = { maxSteps: MOST_STEPS, maxScore: MOST_WAYS_BACK };
  return isSafePattern(`^(?:${withoutNames(pattern)})$`, limits).safe;
}
