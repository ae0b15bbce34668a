import { isSafePattern } from 'redos-detector';
import type { Config } from '../config/config.ts';
import { withoutNames } from '../formats/format.ts';

/** A pattern that is undecided after so many steps, or that may backtrack so often, counts as unsafe. */
const MOST_STEPS = 20_000;
const MOST_BACKTRACKS = 200;

/**
 * Refuses the user's formats with a pattern that could take very long on a long line. The parser on a laptop follows all ways
 * at once if there are many. Athena's expressions backtrack, so a client could keep a query busy for hours with the lines it
 * causes.
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
  const limits = { maxSteps: MOST_STEPS, maxScore: MOST_BACKTRACKS };
  return isSafePattern(`^(?:${withoutNames(pattern)})$`, limits).safe;
}
