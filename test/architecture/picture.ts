import { LAYERS, ROOMS } from './rooms.ts';

const WIDTH = 1200;
const MARGIN = 24;
/** Room for the titles of the layers, at the left. */
const TITLES = 136;
const GAP = 12;
const CAPTION = 28;
const MOST_IN_A_ROW = 5;
const LINE_HEIGHT = 17;
/** Px that a character of the small text takes; a little more than the fonts of most systems need. */
const CHARACTER = 6.6;
const RULE = 'A room imports only rooms of its own layer and of layers below.';

const STYLE = `
text { font: 12.5px system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', sans-serif; fill: #1b2024; }
.paper { fill: #ffffff; }
.layer { fill: #f1f4f3; }
.room { fill: #ffffff; stroke: #cfd6d3; }
.title { font-size: 15px; font-weight: 600; fill: #0c6b62; }
.name { font-size: 14px; font-weight: 600; }
.imports { fill: #59636b; }
.arrow { stroke: #0c6b62; fill: none; stroke-width: 2; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e9ea; }
  .paper { fill: #111415; }
  .layer { fill: #191d1f; }
  .room { fill: #22282b; stroke: #3a4347; }
  .title { fill: #6fd0c0; }
  .imports { fill: #9da8ae; }
  .arrow { stroke: #6fd0c0; }
}`;

/**
 * The rooms of the architecture as an SVG document: a band for each layer, the programs at the top, a card for each room
 * with the rooms that it may import. The same table gives the same text.
 */
export function drawArchitecture(): string {
  const bands: string[] = [];
  let top = MARGIN + CAPTION;
  for (const layer of [...LAYERS].reverse()) {
    const { svg, height } = drawLayer(layer, top);
    bands.push(svg);
    top += height + GAP;
  }
  const height = top - GAP + MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc">
<title id="title">The rooms of Logtally</title>
<desc id="desc">${escaped(description())}</desc>
<style>${STYLE}
</style>
<rect class="paper" width="${WIDTH}" height="${height}"/>
${at(MARGIN, MARGIN + 8, `${RULE} ↓ lists what a room may import.`, 'imports')}
<path class="arrow" d="M12 ${MARGIN + CAPTION}V${height - MARGIN}m-5-7l5 7l5-7"/>
${bands.join('\n')}
</svg>
`;
}

/** The picture in words, for people who hear it. */
function description(): string {
  const layers = [...LAYERS].reverse().map(({ title, rooms }) => `${title}: ${rooms.join(', ')}.`);
  return `Layers from top to bottom. ${RULE} ${layers.join(' ')}`;
}

function drawLayer({ title, rooms }: (typeof LAYERS)[number], top: number): { svg: string; height: number } {
  const columns = Math.ceil(rooms.length / Math.ceil(rooms.length / MOST_IN_A_ROW));
  const width = (WIDTH - 2 * MARGIN - TITLES - GAP * (columns + 1)) / columns;
  const cards = rooms.map((room) => cardLines(room, width));
  const parts: string[] = [];
  let bottom = top + GAP;
  for (let first = 0; first < cards.length; first += columns) {
    const row = cards.slice(first, first + columns);
    const height = Math.max(...row.map(({ about, imports }) => about.length + imports.length)) * LINE_HEIGHT + 40;
    row.forEach((card, index) => {
      parts.push(drawCard(card, MARGIN + TITLES + GAP + index * (width + GAP), bottom, width, height));
    });
    bottom += height + GAP;
  }
  const band = `<rect class="layer" x="${MARGIN}" y="${top}" width="${WIDTH - 2 * MARGIN}" height="${bottom - top}" rx="8"/>`;
  const heading = wrap(title, 16).map((line, index) => at(MARGIN + 16, top + 34 + index * 20, line, 'title'));
  return { svg: [band, ...heading, ...parts].join('\n'), height: bottom - top };
}

interface Card {
  room: string;
  about: readonly string[];
  imports: readonly string[];
}

function cardLines(room: string, width: number): Card {
  const characters = Math.floor((width - 24) / CHARACTER);
  const { about = '', imports = [] } = ROOMS[room] ?? {};
  return {
    room,
    about: wrap(about, characters),
    imports: wrap(imports.length > 0 ? `↓ ${imports.join(', ')}` : 'imports no other room', characters),
  };
}

function drawCard({ room, about, imports }: Card, x: number, y: number, width: number, height: number): string {
  const lines = [
    ...about.map((text) => ({ text, name: 'about' })),
    ...imports.map((text) => ({ text, name: 'imports' })),
  ];
  return [
    `<rect class="room" x="${round(x)}" y="${y}" width="${round(width)}" height="${height}" rx="6"/>`,
    at(x + 12, y + 23, room, 'name'),
    ...lines.map(({ text, name }, index) => at(x + 12, y + 43 + index * LINE_HEIGHT, text, name)),
  ].join('\n');
}

function at(x: number, y: number, text: string, name: string): string {
  return `<text class="${name}" x="${round(x)}" y="${round(y)}">${escaped(text)}</text>`;
}

/** Words in lines of so many characters at most; a longer word has a line for itself. */
function wrap(text: string, characters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= characters) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
