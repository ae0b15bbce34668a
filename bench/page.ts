import { type Figure, figureCells } from './figures.ts';

/** What a run of the bench found: one block of docs/performance.md. */
export interface Measured {
  id: string;
  title: string;
  lines: number;
  runs: number;
  figures: readonly Figure[];
}

/** Where and when, such as the machine and the day: stated in each block, because blocks are measured one by one. */
export interface Circumstances {
  day: string;
  machine: string;
  programs: string;
}

/** The page with these blocks in the place of older ones; new blocks are put at its end. */
export function withBlocks(page: string, measured: readonly Measured[], circumstances: Circumstances): string {
  return measured.reduce((text, one) => {
    const [start, end] = [`<!-- bench ${one.id} -->`, `<!-- end ${one.id} -->`];
    const block = `${start}\n${blockText(one, circumstances)}${end}`;
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < from) return `${text.trimEnd()}\n\n${block}\n`;
    return text.slice(0, from) + block + text.slice(to + end.length);
  }, page);
}

function blockText({ title, lines, runs, figures }: Measured, { day, machine, programs }: Circumstances): string {
  const rows = figures.map((figure) => `| ${figureCells(figure).join(' | ')} |`);
  const of = lines > 0 ? `${lines.toLocaleString('en-US')} lines, ` : '';
  const medians = runs > 1 ? `medians of ${runs} runs in turn` : 'one run';
  return [
    `### ${title}`,
    `${of}${medians}, ${day}. ${machine}; ${programs}.`,
    '',
    '| figure | measured | CPU | lines per CPU second | target |',
    '|---|--:|--:|--:|---|',
    ...rows,
    '',
  ].join('\n');
}
