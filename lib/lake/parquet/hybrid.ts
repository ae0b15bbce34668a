/** Shorter runs of equal values are packed like others: a run and what it interrupts take a few bytes more. */
const LEAST_RUN_BITS = 32;
const LEAST_RUN = 8;

/** At most so many bytes are written for values. */
export function hybridBound(values: number, width_bits: number): number {
  return Math.ceil((values * width_bits) / 8) + values * 2 + 32;
}

/**
 * Writes values as Parquet's hybrid of runs and bit-packed groups of 8 ("RLE/Bit-Packing Hybrid", Encodings.md of
 * apache/parquet-format), without a length before it. Values have at most `width_bits`, which is at most 24. Returns where
 * they end in `bytes`.
 */
export function writeHybrid(
  values: Int32Array,
  from: number,
  to: number,
  width_bits: number,
  bytes: Uint8Array,
  at: number,
): number {
  const least = Math.max(LEAST_RUN, Math.ceil(LEAST_RUN_BITS / width_bits));
  let packed = from;
  let next = from;
  while (next < to) {
    const value = values[next] as number;
    let end = next + 1;
    while (end < to && values[end] === value) end++;
    if (end - next < least) {
      next += 8;
      continue;
    }
    at = writePacked(values, packed, next, width_bits, bytes, at);
    at = writeRun(value, end - next, width_bits, bytes, at);
    packed = end;
    next = end;
  }
  return writePacked(values, packed, to, width_bits, bytes, at);
}

/** Writes the same value many times. Returns where it ends in `bytes`. */
export function writeRun(value: number, length: number, width_bits: number, bytes: Uint8Array, at: number): number {
  at = writeVarint(length * 2, bytes, at);
  for (let bit = 0; bit < width_bits; bit += 8) bytes[at++] = value >>> bit;
  return at;
}

/** Writes groups of 8 values, the last one filled up with 0. */
function writePacked(
  values: Int32Array,
  from: number,
  to: number,
  width_bits: number,
  bytes: Uint8Array,
  at: number,
): number {
  if (from === to) return at;
  const groups = Math.ceil((to - from) / 8);
  at = writeVarint(groups * 2 + 1, bytes, at);
  const end = at + groups * width_bits;
  if (width_bits === 1) at = packBits(values, from, to, bytes, at);
  else {
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
  }
  bytes.fill(0, at, end);
  return end;
}

/** Most columns are NULL or not, and so have levels of one bit. */
function packBits(values: Int32Array, from: number, to: number, bytes: Uint8Array, at: number): number {
  const whole = to - 7;
  let index = from;
  for (; index < whole; index += 8) {
    bytes[at++] =
      (values[index] as number) |
      ((values[index + 1] as number) << 1) |
      ((values[index + 2] as number) << 2) |
      ((values[index + 3] as number) << 3) |
      ((values[index + 4] as number) << 4) |
      ((values[index + 5] as number) << 5) |
      ((values[index + 6] as number) << 6) |
      ((values[index + 7] as number) << 7);
  }
  if (index < to) {
    let held = 0;
    for (let bit = 0; index < to; index++, bit++) held |= (values[index] as number) << bit;
    bytes[at++] = held;
  }
  return at;
}

function writeVarint(value: number, bytes: Uint8Array, at: number): number {
  while (value > 0x7f) {
    bytes[at++] = (value & 0x7f) | 0x80;
    value >>>= 7;
  }
  bytes[at++] = value;
  return at;
}
