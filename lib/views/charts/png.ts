import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const MOST_COLOURS = 256;

/**
 * A PNG file with a palette (W3C PNG, colour type 3) from opaque pixels in RGBA. A chart has few colours, and those of
 * its soft edges beyond 256 become their nearest: a third of the bytes of a PNG in full colour, and no eye sees it.
 */
export function palettePng(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const { palette, places } = quantized(pixels);
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  // Eight bits a pixel, by palette.
  header.setUint8(8, 8);
  header.setUint8(9, 3);
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) lines.set(places.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    Buffer.from(SIGNATURE),
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('PLTE', Uint8Array.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** The most frequent colours, and for each pixel the place of its own or the nearest among them. */
function quantized(pixels: Uint8Array): { palette: number[]; places: Uint8Array } {
  const dots = new DataView(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const length = pixels.length / 4;
  const runs = runsOf(dots, length);
  const counts = new Map<number, number>();
  for (const { colour, from, to } of runs) counts.set(colour, (counts.get(colour) ?? 0) + to - from);
  const palette = [...counts]
    .sort(([a, often], [b, oftenB]) => oftenB - often || a - b)
    .slice(0, MOST_COLOURS)
    .map(([colour]) => colour);
  const placeOf = new Map(palette.map((colour, place) => [colour, place]));
  const places = new Uint8Array(length);
  for (const { colour, from, to } of runs) {
    const place = placeOf.get(colour) ?? nearest(palette, colour);
    placeOf.set(colour, place);
    places.fill(place, from, to);
  }
  return { palette, places };
}

interface Run {
  /** 0xRRGGBB. */
  colour: number;
  from: number;
  to: number;
}

/** Pixels of one colour that follow each other, as most in a chart do. */
function runsOf(dots: DataView, length: number): Run[] {
  const runs: Run[] = [];
  for (let from = 0, to = 1; from < length; from = to++) {
    const dot = dots.getUint32(4 * from);
    while (to < length && dots.getUint32(4 * to) === dot) to++;
    runs.push({ colour: dot >>> 8, from, to });
  }
  return runs;
}

function nearest(palette: readonly number[], colour: number): number {
  const distances = palette.map(
    (candidate) =>
      ((candidate >> 16) - (colour >> 16)) ** 2 +
      (((candidate >> 8) & 255) - ((colour >> 8) & 255)) ** 2 +
      ((candidate & 255) - (colour & 255)) ** 2,
  );
  return distances.indexOf(Math.min(...distances));
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const made = Buffer.alloc(body.length + 8);
  made.writeUInt32BE(data.length, 0);
  made.set(body, 4);
  made.writeUInt32BE(crc32(body), body.length + 4);
  return made;
}
