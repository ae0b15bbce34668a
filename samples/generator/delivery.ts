import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ACCOUNT, REGION } from './callers.ts';
import { type Entry, generateEntries, type SampleOptions } from './entries.ts';
import { createTally } from './totals.ts';

/** A log object as S3 delivers it, before compression. */
export interface LogObject {
  /** Key with date-based partitions: Account/Region/Bucket/YYYY/MM/DD/YYYY-MM-DD-hh-mm-ss-Unique, and `.gz`. */
  key: string;
  text: string;
}

/**
 * Puts entries into log objects, a day at a time: one for each bucket and day, and one more for what came late or
 * again. S3 sets the time in the key to midnight where partitions follow the time of the event.
 */
export function* deliverObjects(entries: Iterable<Entry>): Generator<LogObject> {
  let today = '';
  let texts = new Map<string, string[]>();
  for (const entry of entries) {
    if (entry.day !== today) {
      yield* objectsOf(texts);
      texts = new Map();
      today = entry.day;
    }
    const key = objectKey(entry);
    const lines = texts.get(key);
    if (lines) lines.push(entry.line);
    else texts.set(key, [entry.line]);
  }
  yield* objectsOf(texts);
}

function* objectsOf(texts: Map<string, string[]>): Generator<LogObject> {
  for (const [key, lines] of texts) yield { key, text: `${lines.join('\n')}\n` };
}

function objectKey({ bucket, day, delivery }: Entry): string {
  const unique = createHash('sha256').update(`${bucket}/${day}/${delivery}`).digest('hex').slice(0, 16).toUpperCase();
  return `${ACCOUNT}/${REGION}/${bucket}/${day.replaceAll('-', '/')}/${day}-00-00-00-${unique}.gz`;
}

/** Writes a sample as S3 delivers it, uncompressed. */
export function writeObjects(folder: string, options: Partial<SampleOptions> = {}): void {
  for (const { key, text } of deliverObjects(generateEntries(options))) {
    const path = join(folder, key.slice(0, -'.gz'.length));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/**
 * Writes a sample as a folder of compressed log objects, in place of the one that was there, and beside it
 * `<folder>.expected.json` with the totals of each month.
 */
export function writeFolder(folder: string, options: Partial<SampleOptions> = {}): void {
  const tally = createTally();
  rmSync(join(folder, ACCOUNT), { recursive: true, force: true });
  for (const object of deliverObjects(counted(generateEntries(options), tally.add))) {
    const path = join(folder, object.key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, gzip(object.text));
  }
  writeFileSync(`${folder}.expected.json`, `${JSON.stringify({ months: tally.months() }, null, 2)}\n`);
}

function* counted(entries: Iterable<Entry>, count: (entry: Entry) => void): Generator<Entry> {
  for (const entry of entries) {
    count(entry);
    yield entry;
  }
}

/** gzip whose header names neither a time nor an operating system, so that it is the same everywhere (RFC 1952, 2.3.1). */
function gzip(text: string): Buffer {
  const compressed = gzipSync(text, { level: 9 });
  compressed[9] = 255;
  return compressed;
}
