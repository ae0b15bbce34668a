import { describe, expect, test } from '@jest/globals';
import { cell, shorten, textWidth, wrap } from '../../../lib/views/terminal/cell.ts';

describe('a cell', () => {
  test.each([
    ['plain', 'plain   '],
    ['漢字', '漢字    '],
    ['👩‍👩‍👧 é', '👩‍👩‍👧 é    '],
    ['e\u0301tude', 'e\u0301tude   '],
    ['', '        '],
  ])('%j fills eight columns', (text, expected) => {
    expect(cell(text, 8)).toBe(expected);
    expect(textWidth(cell(text, 8))).toBe(8);
    expect(textWidth(cell(text, 8, 'right'))).toBe(8);
  });

  test.each(['a very long key', '漢字漢字漢字漢字', '👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', '🇪🇺🇩🇪🇫🇷🇪🇸🇮🇹', 'ａｂｃｄｅ'])(
    '%j is cut in the middle to any width',
    (text) => {
      for (let width = 1; width < 12; width++) expect(textWidth(cell(text, width))).toBe(width);
    },
  );

  test('keeps both ends, and never splits a grapheme cluster', () => {
    expect(shorten('arn:aws:iam::111122223333:user/maria', 20)).toBe('arn:aws:iam:…r/maria');
    expect(shorten('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 5)).toBe('👩‍👩‍👧…👩‍👩‍👧');
    expect(shorten('short', 5)).toBe('short');
    expect(shorten('anything', 0)).toBe('');
  });

  test('shortens megabytes of text quickly', () => {
    const started = performance.now();
    expect(textWidth(shorten('漢'.repeat(5_000_000), 30))).toBeLessThanOrEqual(30);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

test('lines are broken at spaces, and a word that is too long is cut', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('漢字 漢字 漢字', 9)).toEqual(['漢字 漢字', '漢字']);
  expect(wrap('see abcdefghijklmnop now', 8)).toEqual(['see', 'abcde…op', 'now']);
});
