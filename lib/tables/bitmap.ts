/** Arrow's bitmaps: one bit per row, least significant bit first (Apache Arrow columnar format, "Validity bitmaps"). */

export function bitmapFor(rows: number): Uint8Array {
  return new Uint8Array(Math.ceil(rows / 8));
}

export function setBit(bitmap: Uint8Array, row: number): void {
  bitmap[row >> 3] = (bitmap[row >> 3] as number) | (1 << (row & 7));
}

export function isBitSet(bitmap: Uint8Array, row: number): boolean {
  return ((bitmap[row >> 3] as number) & (1 << (row & 7))) !== 0;
}
