import stringWidth from 'string-width';

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Width of a text in terminal columns: two per wide character or emoji, none for combining marks. */
export function textWidth(text: string): number {
  return stringWidth(text);
}

/** Text of exactly `width` columns: padded with spaces, or cut in the middle, since both ends of a key say most. */
export function cell(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cut = shorten(text, width);
  const space = ' '.repeat(Math.max(0, width - textWidth(cut)));
  return align === 'left' ? cut + space : space + cut;
}

/** Text of at most `width` columns, cut in the middle. Grapheme clusters are never split. */
export function shorten(text: string, width: number): string {
  if (width <= 0) return '';
  // Measuring megabytes of text would be slow, and only its ends are needed.
  const isLong = text.length > 8 * width;
  if (!isLong && textWidth(text) <= width) return text;
  const ends = isLong ? text.slice(0, 4 * width) + text.slice(-4 * width) : text;
  const parts = [...GRAPHEMES.segment(ends)].map(({ segment }) => segment);
  const head = take(parts, Math.ceil((width - 1) * 0.6)).join('');
  const tail = take(parts.toReversed(), width - 1 - textWidth(head));
  return `${head}…${tail.toReversed().join('')}`;
}

/** Lines of at most `width` columns, broken at spaces. A word that is too long is cut in the middle. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer) <= width) line = longer;
    else {
      if (line !== '') lines.push(line);
      line = shorten(word, width);
    }
  }
  return [...lines, line];
}

/** The first parts that fit into `width` columns. */
function take(parts: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const part of parts) {
    used += textWidth(part);
    if (used > width) break;
    taken.push(part);
  }
  return taken;
}
