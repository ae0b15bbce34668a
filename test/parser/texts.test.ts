import { expect, test } from '@jest/globals';
import { hashOf } from '../../lib/parser/hash.ts';
import { Texts } from '../../lib/parser/texts.ts';
import { Random } from '../oracle/random.ts';
import { printedSeed } from './damaged-lines.ts';

const seed = printedSeed('texts');

/** The id of a part of some bytes. */
function idOf(texts: Texts, bytes: Uint8Array, start: number, end: number): number {
  return texts.intern(bytes, start, end, hashOf(bytes, start, end));
}

test(`equal texts have one id, other texts another, SEED=${seed}`, () => {
  const random = new Random(seed);
  const texts = new Texts();
  for (let round = 0; round < 3; round++) {
    const bytes = Buffer.from(
      Array.from({ length: 20_000 }, () => 'abé'.charCodeAt(random.below(2) + random.below(2))),
    );
    const known = new Map<string, number>();
    const wrong: string[] = [];
    for (let count = 0; count < 60_000; count++) {
      const start = random.below(bytes.length);
      const end = Math.min(start + random.below(random.below(2) === 0 ? 12 : 120), bytes.length);
      const text = bytes.toString('latin1', start, end);
      // Repeated, so that most texts are not new.
      for (const id of [idOf(texts, bytes, start, end), idOf(texts, bytes, start, end)]) {
        if (id !== (known.get(text) ?? known.size + 1)) wrong.push(text);
        known.set(text, id);
      }
    }
    for (const [text, id] of known) if (Buffer.from(texts.bytes(id)).toString('latin1') !== text) wrong.push(text);
    expect(wrong).toEqual([]);
    expect(texts.size).toBe(known.size);
    texts.clear();
    expect(texts.size).toBe(0);
  }
});

test('texts that are nearly all different are not looked for', () => {
  const texts = new Texts();
  const all = Array.from({ length: 10_000 }, (_, number) => `request ${number}`);
  const ids = [...all, ...all].map((text) => texts.internText(text));
  expect(texts.isUnique).toBe(true);
  expect(new Set(ids).size).toBe(20_000);
  expect(ids.map((id) => texts.text(id))).toEqual([...all, ...all]);
});

test('NULL, the empty text and texts beyond ASCII', () => {
  const texts = new Texts();
  const all = [null, '', 'é', '😀'.repeat(20), '\ufeff', 'x'.repeat(100_000)];
  const ids = all.map((text) => texts.internText(text));
  expect(ids).toEqual([0, 1, 2, 3, 4, 5]);
  expect(ids.map((id) => texts.text(id))).toEqual(all);
  expect(all.slice(1).map((text) => texts.find(text ?? ''))).toEqual([1, 2, 3, 4, 5]);
  expect(texts.find('other')).toBe(0);
});
