/** Groups of 8 values that one header of one byte stands for, at most. */
const MOST_GROUPS = 63;
/** Groups of 8 equal values are a run if they would take more bytes than this, which is what a run and its end may take. */
const RUN_BYTES = 4;

/** At most so many bytes are written for values. */
export function hybridBound(values: number, width_bits: number): number {
  return Math.ceil((values * width_bits) / 8) + values + 32;
}

/**
 * Writes values as Parquet's hybrid of runs and bit-packed groups of 8 ("RLE/Bit-Packing Hybrid", Encodings.md of
 * apache/parquet-format), without a length before it. Values have at most `width_bits`, which is at most 24. Returns where
 * they end in `bytes`, in which nothing of what comes after them is kept.
 */
export function writeHybrid(
  values: Int32Array,
  from: number,
  to: number,
  width_bits: number,
  bytes: Uint8Array,
  at: number,
): number {
  const least = 8 * Math.ceil((RUN_BYTES + 1) / width_bits);
  const whole = to - 7;
  let header = 0;
  let groups = 0;
  let next = from;
  while (next < whole) {
    const value = values[next] as number;
    const v1 = values[next + 1] as number;
    const v2 = values[next + 2] as number;
    const v3 = values[next + 3] as number;
    const v4 = values[next + 4] as number;
    const v5 = values[next + 5] as number;
    const v6 = values[next + 6] as number;
    const v7 = values[next + 7] as number;
    if (
      ((value ^ v1) | (value ^ v2) | (value ^ v3) | (value ^ v4) | (value ^ v5) | (value ^ v6) | (value ^ v7)) ===
      0
    ) {
      let end = next + 8;
      while (end < to && values[end] === value) end++;
      if (end - next >= least) {
        at = writeRun(value, end - next, width_bits, bytes, at);
        groups = 0;
        next = end;
        continue;
      }
    }
    if (groups === 0) header = at++;
    bytes[header] = ++groups * 2 + 1;
    if (groups === MOST_GROUPS) groups = 0;
    if (width_bits <= 8) {
      // Four values each have up to 32 bits.
      const half = 4 * width_bits;
      const low = value | (v1 << width_bits) | (v2 << (2 * width_bits)) | (v3 << (3 * width_bits));
      const high = v4 | (v5 << width_bits) | (v6 << (2 * width_bits)) | (v7 << (3 * width_bits));
      let held = half === 32 ? low : low | (high << half);
      for (let byte = 0; byte < width_bits; byte++) {
        if (byte === 4) held = half === 32 ? high : high >>> (32 - half);
        bytes[at++] = held;
        held >>>= 8;
      }
    } else at = writeGroup(values, next, next + 8, width_bits, bytes, at);
    next += 8;
  }
  if (next >= to) return at;
  bytes[at++] = 3;
  const end = at + width_bits;
  bytes.fill(0, writeGroup(values, next, to, width_bits, bytes, at), end);
  return end;
}

/** Writes the same value many times. Returns where it ends in `bytes`. */
export function writeRun(value: number, length: number, width_bits: number, bytes: Uint8Array, at: number): number {
  let header = length * 2;
  while (header > 0x7f) {
    bytes[at++] = (header & 0x7f) | 0x80;
    header >>>= 7;
  }
  bytes[at++] = header;
  for (let bit = 0; bit < width_bits; bit += 8) bytes[at++] = value >>> bit;
  return at;
}

/** Writes up to 8 values, bit by bit from the lowest. */
function writeGroup(
  values: Int32Array,
  from: number,
  to: number,
  width_bits: number,
  bytes: Uint8Array,
  at: number,
): number {
  let held = 0;
  let held_bits = 0;
  for (let index = from; index < to; index++) {
    held |= (values[index] as number) << held_bits;
    held_bits += width_bits;
    while (held_bits >= 8) {
      bytes[at++] = held;
      held >>>= 8;
      held_bits -= 8;
    }
  }
  if (held_bits > 0) bytes[at++] = held;
  return at;
}
