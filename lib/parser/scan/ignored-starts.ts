import type { Format } from '../../formats/format.ts';

/** A character that stands for itself alone. */
const LITERAL_START = /^([A-Za-z0-9#;,:<>=@_~"'!%&/ -])(?![*?{])/;

/**
 * The bytes with which ignored lines of a format may start: 1 at their places. Undefined if the expression for them does not
 * say it plainly.
 */
export function ignoredStarts({ ignored }: Format): Uint8Array | undefined {
  const starts = new Uint8Array(256);
  for (const alternative of ignored?.split('|') ?? []) {
    const [, character] = LITERAL_START.exec(alternative) ?? [];
    if (character === undefined) return undefined;
    starts[character.charCodeAt(0)] = 1;
  }
  return starts;
}
