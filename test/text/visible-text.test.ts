import { describe, expect, test } from '@jest/globals';
import { shortenText, visibleText } from '../../lib/text/visible-text.ts';

describe('visible text', () => {
  test.each([
    ['a\u0000b', 'a[U+0000]b'],
    ['\u001b[31mred', '[U+001B][31mred'],
    ['line\r\nBcc: x', 'line[U+000D][U+000A]Bcc: x'],
    ['x\u007f\u0085', 'x[U+007F][U+0085]'],
    ['invoice\u202efdp.exe', 'invoice[U+202E]fdp.exe'],
    ['\u2066a\u2069', '[U+2066]a[U+2069]'],
    ['a\u200bb\ufeff', 'a[U+200B]b[U+FEFF]'],
    ['a\u2028b', 'a[U+2028]b'],
    ['a\ud800b', 'a[U+D800]b'],
    ['a\u{e0041}', 'a[U+E0041]'],
  ])('%j is spelt out', (text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  test.each(['Überblick – 漢字 🗝️', 'مفتاح', '👩‍👩‍👧', 'नमस्‍ते'])('%s is not changed', (text) => {
    expect(visibleText(text)).toBe(text);
  });
});

describe('shortened text', () => {
  test('keeps start and end, within the length', () => {
    const text = `logs/${'x'.repeat(500)}/part-17.parquet`;
    const short = shortenText(text, 60);
    expect(short).toHaveLength(60);
    expect(short.startsWith('logs/xxx')).toBe(true);
    expect(short.endsWith('/part-17.parquet')).toBe(true);
    expect(short).toContain('…');
  });

  test('is not changed if it fits', () => {
    expect(shortenText('abc', 3)).toBe('abc');
  });

  test('never cuts a surrogate pair in half', () => {
    for (let length = 8; length < 24; length++) {
      expect(shortenText('😀'.repeat(100), length).isWellFormed()).toBe(true);
    }
  });
});
