import { describe, expect, test } from '@jest/globals';
import { withoutNames } from '../../../lib/formats/format.ts';
import { FORMATS } from '../../../lib/formats/formats.ts';
import { linePattern } from '../../../lib/formats/pattern.ts';
import { compileBacktracking, TOO_MANY_STEPS } from '../../../lib/parser/expression/backtracking.ts';
import { compileLinear } from '../../../lib/parser/expression/linear.ts';
import { compilePattern, compileSearch, compileStart } from '../../../lib/parser/expression/pattern.ts';
import { startsOf } from '../../../lib/parser/expression/starts.ts';
import { type Part, readSyntax } from '../../../lib/parser/expression/syntax.ts';
import { FORMAT_FIXTURES } from '../../formats/format-fixtures.ts';
import { Random } from '../../oracle/random.ts';
import { damagedLines, printedSeed } from '../damaged-lines.ts';

const seed = printedSeed('patterns');

/** The places of a match by both ways; -1 for groups without a part in it. */
function bothWays(expression: string, isWhole: boolean) {
  const syntax = readSyntax(expression);
  const backtracking = compileBacktracking(syntax, isWhole);
  const linear = compileLinear(syntax, isWhole);
  return (text: string) => {
    const units = new Uint16Array(text.length + 3);
    for (let at = 0; at < text.length; at++) units[at + 2] = text.charCodeAt(at);
    const found = [...(linear(text) ?? [])];
    const places = withinSteps(() => [...(backtracking(units, 2, text.length + 2) ?? [])]);
    if (places) expect([text, ...found]).toEqual([text, ...places.map((place) => (place === -1 ? -1 : place - 2))]);
    return found;
  };
}

/** Undefined for a text that takes backtracking too many steps, which is then left to the linear way. */
function withinSteps<Found>(match: () => Found): Found | undefined {
  try {
    return match();
  } catch (error) {
    if (error !== TOO_MANY_STEPS) throw error;
    return undefined;
  }
}

/** The same by JavaScript's own expressions. */
function byRegExp(expression: string, isWhole: boolean) {
  const pattern = new RegExp(isWhole ? `^(?:${expression})$` : `^(?:${expression})`, 'dsu');
  return (text: string) => {
    const { indices } = pattern.exec(text) ?? {};
    return indices ? [...indices].flatMap((place) => place ?? [-1, -1]) : [];
  };
}

/** True if a round of a loop may be empty: engines differ in how they leave such a loop, and JavaScript takes none. */
function hasEmptyRounds(part: Part): boolean {
  if (part.type === 'sequence' || part.type === 'choice') return part.parts.some(hasEmptyRounds);
  if (part.type === 'group') return hasEmptyRounds(part.part);
  return part.type === 'repeat' && (startsOf(part.part).isEmpty || hasEmptyRounds(part.part));
}

describe.each([true, false])('whole texts: %s', (isWhole) => {
  test(`expressions and texts made by chance, SEED=${seed}`, () => {
    const random = new Random(seed);
    let matched = 0;
    // JavaScript forgets the groups of the round before: inside a loop there are none.
    const expression = (depth: number, mayGroup: boolean): string => {
      const kind = random.below(depth > 3 ? 4 : 9);
      if (kind < 3) return random.pick(['a', 'b', '[ab]', '[^a]', '.', '\\d', '1', '😀']);
      if (kind === 3)
        return random.pick(['a*', 'b+?', '[ab]{1,3}', '.*?', '[^a]*', '(?:a|b)*', '(?:ab|1)+?', '\\b', 'a?']);
      const next = (isFree = mayGroup) => expression(depth + 1, isFree);
      if (kind === 4) return `(?:${next()}|${next()}|${next()})`;
      if (kind === 5) return mayGroup ? `(${next()})` : `(?:${next()})`;
      if (kind === 6) return `(?:${next(false)})${random.pick(['*', '+', '{2}', '{1,2}', '{0,3}?', '+?'])}`;
      if (kind === 7) return `(?:${next()})${random.pick(['?', '??'])}`;
      return Array.from({ length: 1 + random.below(4) }, () => next()).join('');
    };
    for (let round = 0; round < 1_500; round++) {
      const pattern = expression(0, true);
      if (hasEmptyRounds(readSyntax(pattern).part)) continue;
      const [ways, expected] = [bothWays(pattern, isWhole), byRegExp(pattern, isWhole)];
      for (let line = 0; line < 8; line++) {
        const text = Array.from({ length: random.below(9) }, () => random.pick([...'aab1😀'])).join('');
        const places = ways(text);
        expect([pattern, text, ...places]).toEqual([pattern, text, ...expected(text)]);
        if (places.length > 0) matched++;
      }
    }
    expect(matched).toBeGreaterThan(500);
  });
});

const EXPRESSIONS = FORMATS.flatMap((format) => [
  ...(format.fields.length > 0 ? [[`${format.id}, its fields`, linePattern(format), format] as const] : []),
  ...format.patterns.map((pattern, index) => [`${format.id} ${index}`, withoutNames(pattern), format] as const),
]);

test.each(EXPRESSIONS)(`%s, SEED=${seed}`, (_name, expression, format) => {
  const lines = FORMAT_FIXTURES.filter((fixture) => fixture.format === format).flatMap((fixture) => fixture.lines);
  const [ways, expected] = [bothWays(expression, true), byRegExp(expression.replaceAll('.*', '[^\\n]*'), true)];
  for (const line of [...lines, ...damagedLines(lines, 100, seed)]) expect(ways(line)).toEqual(expected(line));
});

test('groups in a loop are those of the last round that had them', () => {
  expect(compilePattern('(?:(a)|(b)|c)*')('abc')).toEqual(['a', 'b']);
  expect(compilePattern('(?:(a)|(b)|c)*')('')).toEqual([null, null]);
  expect(bothWays('(?:(a+)|b)*', true)('baab')).toEqual([0, 4, 1, 3]);
});

describe('a text that was written to take long', () => {
  test.each([
    ['(a+)+b', 'a'.repeat(5_000)],
    ['(?:a|aa)+b', 'a'.repeat(5_000)],
    ['(.*)(.*)(.*)(.*)=', 'x'.repeat(5_000)],
    ['"(.*?)" 200 "(.*?)" "(.*?)" "(.*)"', `"${'" 200 "x" "'.repeat(800)}x`],
    ['(?:[^"\\\\]|\\\\.)*"', 'x'.repeat(1_000_000)],
    ['(?:(?:a+)+)+b', 'a'.repeat(1_000)],
  ])('%s', (expression, text) => {
    const started = performance.now();
    const match = compilePattern(expression);
    expect(match(text)).toBeUndefined();
    expect(match(text.slice(0, 10))).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('is given up by backtracking', () => {
    const match = compileBacktracking(readSyntax('(a+)+b'), true);
    let thrown: unknown;
    try {
      match(new Uint16Array(101).fill(0x61), 0, 100);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBe(TOO_MANY_STEPS);
  });
});

test('starts and searches', () => {
  expect(compileStart('#|ab')('abc')).toBe(2);
  expect(compileStart('b')('abc')).toBe(-1);
  expect('a\u00a0b c'.replace(compileSearch('\\s'), '_')).toBe('a\u00a0b_c');
});
