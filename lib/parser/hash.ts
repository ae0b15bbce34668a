import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/*
A hash of bytes has two lanes of 32 bits. Both take four bytes at a time, as a little-endian word; the last word has the zero
to three bytes that are left, and in its highest byte the length. A lane multiplies by a number that only this process knows
and rotates by its own distance, so that nobody can write texts that collide. The hot loops that split lines into fields hash
in the same way as they go.
*/

/** The name under which a process hands its numbers to the threads that it starts. */
const NUMBERS_KEY = 'logtally: numbers of hashes';

const [seedA, seedB, factorA, factorB] = numbersOfProcess();

/** What the lanes start from, and the odd numbers that they multiply by. */
export const SEED_A: number = seedA;
export const SEED_B: number = seedB;
export const FACTOR_A: number = factorA;
export const FACTOR_B: number = factorB;

/** A word taken into the first lane. */
export function laneA(lane: number, word: number): number {
  const product = Math.imul(lane ^ word, FACTOR_A);
  return (product << 15) | (product >>> 17);
}

/** A word taken into the second lane. */
export function laneB(lane: number, word: number): number {
  const product = Math.imul(lane ^ word, FACTOR_B);
  return (product << 13) | (product >>> 19);
}

/** The 32 bits of two lanes, mixed so that any of them may be used alone. */
export function mixed(a: number, b: number): number {
  const both = Math.imul(a ^ (a >>> 16) ^ Math.imul(b, FACTOR_A), FACTOR_B);
  return both ^ (both >>> 15);
}

/** An integer of 52 bits of two lanes. */
export function wideHash(a: number, b: number): number {
  return (mixed(a, b) >>> 6) * 0x4000000 + (mixed(b, a) >>> 6);
}

/** A hash of bytes, of 32 bits. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  const lanes = lanesOf(bytes, start, end);
  return mixed(lanes.a, lanes.b);
}

/** A hash of a whole line: an integer of 52 bits. */
export function lineHashOf(bytes: Uint8Array, start: number, end: number): number {
  const lanes = lanesOf(bytes, start, end);
  return wideHash(lanes.a, lanes.b);
}

/** The two lanes of bytes, valid until the next call. */
export function lanesOf(bytes: Uint8Array, start: number, end: number): { a: number; b: number } {
  let a = SEED_A;
  let b = SEED_B;
  let at = start;
  for (; at < end - 3; at += 4) {
    const word =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    a = laneA(a, word);
    b = laneB(b, word);
  }
  let rest = (end - start) << 24;
  for (let shift = 0; at < end; at++, shift += 8) rest |= (bytes[at] as number) << shift;
  lanes.a = laneA(a, rest);
  lanes.b = laneB(b, rest);
  return lanes;
}

const lanes = { a: 0, b: 0 };

/** Four random numbers, the same in all threads that a thread with this module starts. */
function numbersOfProcess(): [number, number, number, number] {
  const known = getEnvironmentData(NUMBERS_KEY);
  if (Array.isArray(known)) return known as [number, number, number, number];
  const [a = 0, b = 0, c = 0, d = 0] = crypto.getRandomValues(new Int32Array(4));
  const numbers: [number, number, number, number] = [a, b, c | 1, d | 1];
  setEnvironmentData(NUMBERS_KEY, numbers);
  return numbers;
}
