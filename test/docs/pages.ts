import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Every page of Markdown in the repository, by its path. */
export const PAGES: ReadonlyMap<string, string> = new Map(
  globSync('**/*.md', {
    cwd: ROOT,
    exclude: (name) => ['node_modules', 'logtally-out', 'cdk.out', 'dist'].includes(name),
  })
    .sort()
    .map((page) => [page, readFileSync(join(ROOT, page), 'utf8')]),
);

export interface Block {
  /** Page and number of the block's first line, for messages. */
  place: string;
  /** What follows the fence: a language, and maybe a word more. */
  info: string;
  text: string;
}

/** The fenced blocks of a page. */
export function blocksOf(page: string, text: string): Block[] {
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(({ 1: info = '', 2: body = '', index }) => ({
    place: `${page}:${text.slice(0, index).split('\n').length + 1}`,
    info: info.trim(),
    text: body,
  }));
}

/** The fenced blocks of all pages in a language. */
export function blocksIn(language: string): Block[] {
  return [...PAGES].flatMap(([page, text]) => blocksOf(page, text)).filter(({ info }) => info === language);
}

/** Text of a page outside its fenced blocks and code. */
export function proseOf(text: string): string {
  return text.replace(/^```.*\n[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
}
