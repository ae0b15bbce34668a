import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { ChartData } from './chart.ts';
import { drawChart } from './draw.ts';
import { PICTURE_ASSETS } from './picture-assets.ts';
import { palettePng } from './png.ts';
import type { Theme } from './theme.ts';

/** Device pixels per CSS px. Screens with a ratio of 2 are common, and mail programs scale pictures to their width. */
const SCALE = 2.5;
/** Characters without a glyph in the font, which resvg would leave out. */
const NOT_IN_FONT = /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Nd}\p{P}\p{Sm}\p{Sc}\p{Z}]/gu;

let started: Promise<Buffer> | undefined;

/** A chart as a PNG with 2.5 device pixels per CSS px; `width` is in CSS px. The same data give the same bytes. */
export async function drawPicture(data: ChartData, theme: Theme, width: number): Promise<Uint8Array> {
  started ??= start();
  const font = await started;
  const labels = data.labels.map((label) => label.replace(NOT_IN_FONT, '□'));
  const svg = drawChart({ ...data, labels }, theme, width, 'picture');
  const drawing = new Resvg(svg, {
    background: theme.background,
    fitTo: { mode: 'zoom', value: SCALE },
    font: { fontBuffers: [font], defaultFontFamily: theme.font },
  });
  try {
    const picture = drawing.render();
    const png = palettePng(picture.pixels, picture.width, picture.height);
    picture.free();
    return png;
  } finally {
    drawing.free();
  }
}

async function start(): Promise<Buffer> {
  // WebAssembly is compiled once, and fast: compiling it again, better, takes longer than the few pictures of a mail.
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
  await initWasm(readAsset('resvg.wasm'));
  return readAsset('Inter.ttf');
}

/** Bundled code has the files in `pictures/` beside it. From source they are read from their packages. */
function readAsset(name: keyof typeof PICTURE_ASSETS): Buffer {
  const copy = join(import.meta.dirname, 'pictures', name);
  return readFileSync(existsSync(copy) ? copy : createRequire(import.meta.url).resolve(PICTURE_ASSETS[name]));
}
