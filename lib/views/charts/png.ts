import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const MAX_COLORS = 256;

/**
 * A PNG file with a palette (W3C PNG, colour type 3) from opaque RGBA pixels. A chart has few colours. Those of its
 * antialiased edges beyond 256 are replaced with the nearest ones, which nobody can see, and the file has less than half
 * the bytes of a PNG in full colour.
 */
export function palettePng(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const { palette, indexes } = quantized(pixels);
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  // Bit depth 8, colour type 3 (palette).
  header.setUint8(8, 8);
  header.setUint8(9, 3);
  // Each line starts with its filter type: 0, no filter.
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) lines.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    Buffer.from(SIGNATURE),
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('PLTE', Uint8Array.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** The most frequent colours, and for each pixel the palette index of its colour or of the nearest one. */
function quantized(pixels: Uint8Array): { palette: number[]; indexes: Uint8Array } {
  const length = pixels.length / 4;
  const runs = runsOf(new DataView(pixels.buffer, pixels.byteOffset, pixels.byteLength), length);
  const counts = new Map<number, number>();
  for (const { color, from, to } of runs) counts.set(color, (counts.get(color) ?? 0) + to - from);
  const palette = [...counts]
    .sort(([a, count], [b, other]) => other - count || a - b)
    .slice(0, MAX_COLORS)
    .map(([color]) => color);
  const indexOf = new Map(palette.map((color, index) => [color, index]));
  const indexes = new Uint8Array(length);
  for (const { color, from, to } of runs) {
    const index = indexOf.get(color) ?? nearestColor(palette, color);
    indexOf.set(color, index);
    indexes.fill(index, from, to);
  }
  return { palette, indexes };
}

interface Run {
  /** 0xRRGGBB. */
  color: number;
  from: number;
  to: number;
}

/** Runs of consecutive pixels of one colour; a chart has long ones. */
function runsOf(pixels: DataView, length: number): Run[] {
  const runs: Run[] = [];
  for (let from = 0, to = 1; from < length; from = to++) {
    const pixel = pixels.getUint32(4 * from);
    while (to < length && pixels.getUint32(4 * to) === pixel) to++;
    runs.push({ color: pixel >>> 8, from, to });
  }
  return runs;
}

/** The palette index of the colour with the smallest Euclidean distance in RGB. */
function nearestColor(palette: readonly number[], color: number): number {
  const [red, green, blue] = channels(color);
  const distances = palette.map((candidate) => {
    const [r, g, b] = channels(candidate);
    return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
  });
  return distances.indexOf(Math.min(...distances));
}

function channels(color: number): [number, number, number] {
  return [color >> 16, (color >> 8) & 255, color & 255];
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const bytes = Buffer.alloc(body.length + 8);
  bytes.writeUInt32BE(data.length, 0);
  bytes.set(body, 4);
  bytes.writeUInt32BE(crc32(body), body.length + 4);
  return bytes;
}
