/** For fewer bytes a loop is faster than a call of native code. */
const SHORT_COPY_BYTES = 32;

/** Copies bytes `start` to `end` of `source` to position `at` of `target`; returns the position after them. */
export function copyBytes(source: Buffer, start: number, end: number, target: Buffer, at: number): number {
  if (end - start >= SHORT_COPY_BYTES) return at + source.copy(target, at, start, end);
  let next = at;
  for (let from = start; from < end; from++) target[next++] = source[from] as number;
  return next;
}

/** A buffer with room for at least `length` bytes: the given one, or a larger one with its first `used` bytes. */
export function withRoom(bytes: Buffer, used: number, length: number): Buffer {
  if (length <= bytes.length) return bytes;
  const larger = Buffer.allocUnsafe(2 * length);
  bytes.copy(larger, 0, 0, used);
  return larger;
}
