import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { deliverObjects } from '../samples/generator/delivery.ts';
import { generateEntries, generateLines } from '../samples/generator/entries.ts';
import { writeLines } from '../samples/generator/file.ts';
import { webLines } from './web-lines.ts';

/** Where logs, lakes and editions of benches are. */
export const FOLDER = join(tmpdir(), 'logtally-bench');
/** As many lines as S3 puts into an object of a bucket that is used now and then. */
const SMALL_OBJECT_LINES = 200;

/** A file of so many lines of S3, as they repeat in practice. */
export function s3Log(lines: number): Promise<string> {
  return kept(`s3-access-${lines}.log`, (file) => writeLines(file, generateLines({ lines })));
}

/** A file of S3 lines of which nearly every one has its own key, address, identifiers and user agent. */
export function unlikeLog(lines: number): Promise<string> {
  return kept(`s3-access-unlike-${lines}.log`, (file) => writeLines(file, generateLines({ lines, unlike: true })));
}

export function webLog(format: string, lines: number): Promise<string> {
  return kept(`${format}-${lines}.log`, (file) => writeLines(file, webLines(format, lines)));
}

/** A folder with the lines of `s3Log` under dated keys: a day per bucket in an object. */
export function dailyObjects(lines: number): Promise<string> {
  return kept(`s3-access-${lines}-objects`, (folder) => {
    for (const { key, text } of deliverObjects(generateEntries({ lines }))) write(folder, plainKey(key), text);
  });
}

/** The same, compressed. */
export function gzipObjects(lines: number): Promise<string> {
  return kept(`s3-access-${lines}-gzip`, (folder) => {
    for (const { key, text } of deliverObjects(generateEntries({ lines }))) write(folder, key, gzipSync(text));
  });
}

/** The same in small objects, as S3 delivers them. */
export function smallObjects(lines: number): Promise<string> {
  return kept(`s3-access-${lines}-small`, (folder) => {
    for (const { key, text } of deliverObjects(generateEntries({ lines }))) {
      const all = text.trimEnd().split('\n');
      for (let first = 0; first < all.length; first += SMALL_OBJECT_LINES) {
        const part = all.slice(first, first + SMALL_OBJECT_LINES);
        write(folder, `${plainKey(key)}-${first}`, `${part.join('\n')}\n`);
      }
    }
  });
}

export function megabytes(file: string): string {
  return `${Math.round(statSync(file).size / 1e6).toLocaleString('en-US')} MB`;
}

/** Deletes every log, lake and edition of earlier runs. */
export function clean(): void {
  rmSync(FOLDER, { recursive: true, force: true });
}

function plainKey(key: string): string {
  return key.slice(0, -'.gz'.length);
}

function write(folder: string, key: string, content: string | Buffer): void {
  const path = join(folder, key);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** The path of a log, which `make` writes unless an earlier run left it. */
async function kept(name: string, make: (path: string) => void | Promise<void>): Promise<string> {
  const path = join(FOLDER, name);
  if (existsSync(path)) return path;
  mkdirSync(FOLDER, { recursive: true });
  rmSync(`${path}.partial`, { recursive: true, force: true });
  await make(`${path}.partial`);
  renameSync(`${path}.partial`, path);
  return path;
}
