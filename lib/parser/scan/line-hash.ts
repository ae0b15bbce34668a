import { FACTOR_A, FACTOR_B, laneA, laneB, SEED_A, SEED_B, wideHash } from '../hash.ts';

/** The hash of a whole line, as `lineHashOf` has it, from a view of its bytes. At least 4 bytes follow `end`. */
export function lineHashIn(view: DataView, start: number, end: number): number {
  const factor_a = FACTOR_A;
  const factor_b = FACTOR_B;
  let a = SEED_A;
  let b = SEED_B;
  let at = start;
  for (; at < end - 3; at += 4) {
    const word = view.getInt32(at, true);
    const product_a = Math.imul(a ^ word, factor_a);
    a = (product_a << 15) | (product_a >>> 17);
    const product_b = Math.imul(b ^ word, factor_b);
    b = (product_b << 13) | (product_b >>> 19);
  }
  const rest = (view.getInt32(at, true) & ((1 << (8 * (end - at))) - 1)) | ((end - start) << 24);
  return wideHash(laneA(a, rest), laneB(b, rest));
}
