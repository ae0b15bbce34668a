/**
 * Invisible characters that change or hide the text around them: control characters, format characters such as
 * bidirectional overrides and zero-width marks, fillers that look like nothing, lone surrogates, line and paragraph
 * separators. Zero-width joiners and variation selectors are allowed, since emoji and several scripts need them.
 */
const INVISIBLE =
  /(?!\u200c|\u200d|[\u180b-\u180d\ufe00-\ufe0f])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Text from a log with every invisible character spelt out, as in `[U+202E]`: safe for terminals, pages and mails. */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

/** The first invisible character of a text, apart from tabs and line ends; undefined if there is none. */
export function invisibleCharacter(text: string): string | undefined {
  return text.match(INVISIBLE)?.find((character) => !/[\t\n\r]/.test(character));
}

/** Text of at most `length` characters. Longer text loses its middle, since the end of a key or an ARN says most. */
export function shortenText(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = Math.ceil((length - 1) * 0.6);
  const tail = length - 1 - head;
  return `${withoutHalfPair(text.slice(0, head))}…${withoutHalfPair(text.slice(text.length - tail))}`;
}

/** Removes half a surrogate pair at a cut, which would look like damage in the log. */
function withoutHalfPair(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
