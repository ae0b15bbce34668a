/**
 * Characters that change or hide what stands around them: controls, formats such as bidirectional overrides, zero-width
 * marks, lone surrogates, line and paragraph separators. The joiners of emoji and of several scripts stay as they are.
 */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text from a log with every unseen character spelt out, as in `[U+202E]`. Safe on a terminal, on a page and in a mail. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

/** Text of at most `length` characters: a longer one loses its middle, since the end of a key or an ARN tells most. */
export function shortenText(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = Math.ceil((length - 1) * 0.6);
  const tail = length - 1 - head;
  return `${withoutHalfPair(text.slice(0, head))}…${withoutHalfPair(text.slice(text.length - tail))}`;
}

/** A cut may part a surrogate pair; the half that is left would look like damage in the log. */
function withoutHalfPair(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
