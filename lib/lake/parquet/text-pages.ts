import { isUtf8 } from 'node:buffer';
import type { Texts } from '../../parser/texts.ts';
import { MOST_ENTRIES, PAGE_BYTES, type Pages, writeUint32 } from './pages.ts';

/** A dictionary pays if its texts are repeated so often on average. */
const LEAST_REPEATS = 2;
/** A call copies a longer text faster than a loop does. */
const SHORT_BYTES = 40;

/** The place of a text in the dictionary, from 1, by its id. All 0 between calls. */
let places = new Int32Array(0);
/** The ids of the texts of a dictionary or a page. */
let entries = new Int32Array(0);

/**
 * Writes the pages of a column of texts by id, 0 for NULL. The dictionary has its texts in the order of the rows, so that
 * the bytes do not depend on ids. Parquet's texts are valid UTF-8: other bytes become U+FFFD.
 */
export function writeTextPages(pages: Pages, ids: Int32Array, texts: Texts): void {
  const count = texts.isUnique ? countNulls(pages, ids) : findEntries(pages, ids, texts.size);
  if (pages.nulls === pages.rows) {
    pages.writeNulls();
    return;
  }
  const isWorth = count > 0 && count * LEAST_REPEATS <= pages.rows - pages.nulls && count <= MOST_ENTRIES;
  if (isWorth) {
    writeTexts(pages, texts, entries, count);
    pages.close('PLAIN', count, true);
    pages.writeIndexes(count);
  } else writePlain(pages, ids, texts);
}

/** Writes the pages of a column that has the same text in all rows. */
export function writeSameText(pages: Pages, text: string | null): void {
  if (text === null || pages.rows === 0) {
    pages.writeNulls();
    return;
  }
  append(pages, Buffer.from(text));
  pages.close('PLAIN', 1, true);
  pages.indexes.fill(0, 0, pages.rows);
  pages.writeIndexes(1);
}

function countNulls(pages: Pages, ids: Int32Array): number {
  const { rows, levels } = pages;
  let nulls = 0;
  for (let row = 0; row < rows; row++) {
    const isNull = ids[row] === 0 ? 1 : 0;
    levels[row] = 1 - isNull;
    nulls += isNull;
  }
  pages.nulls = nulls;
  return 0;
}

/** Finds the different ids and their places. Returns how many there are. */
function findEntries(pages: Pages, ids: Int32Array, size: number): number {
  const { rows, levels, indexes } = pages;
  let row = 0;
  while (row < rows && ids[row] === 0) row++;
  pages.nulls = rows;
  if (row === rows) return 0;
  levels.fill(0, 0, row);
  if (places.length <= size) places = new Int32Array(size * 2 + 1);
  if (entries.length < rows) entries = new Int32Array(rows);
  const [placeOf, found] = [places, entries];
  let count = 0;
  let present = 0;
  for (; row < rows; row++) {
    const id = ids[row] as number;
    if (id === 0) {
      levels[row] = 0;
      continue;
    }
    let place = placeOf[id] as number;
    if (place === 0) {
      found[count++] = id;
      place = count;
      placeOf[id] = place;
    }
    levels[row] = 1;
    indexes[present++] = place - 1;
  }
  for (let entry = 0; entry < count; entry++) placeOf[found[entry] as number] = 0;
  pages.nulls = rows - present;
  return count;
}

/** Writes texts one after the other, each with its length. */
function writePlain(pages: Pages, ids: Int32Array, texts: Texts): void {
  const { ends } = texts.buffer;
  if (entries.length < pages.rows) entries = new Int32Array(pages.rows);
  for (let from = 0; from < pages.rows; ) {
    let size_bytes = 0;
    let to = from;
    let count = 0;
    while (to < pages.rows && size_bytes < PAGE_BYTES) {
      const id = ids[to++] as number;
      if (id === 0) continue;
      entries[count++] = id;
      size_bytes += 4 + (ends[id] as number) - (ends[id - 1] as number);
    }
    pages.writeLevels(from, to);
    writeTexts(pages, texts, entries, count);
    pages.close('PLAIN', to - from);
    from = to;
  }
}

/** Writes texts by id, each with its length. */
function writeTexts(pages: Pages, texts: Texts, ids: Int32Array, count: number): void {
  const { bytes, ends } = texts.buffer;
  let target = pages.bytes;
  for (let index = 0; index < count; index++) {
    const id = ids[index] as number;
    const start = ends[id - 1] as number;
    const end = ends[id] as number;
    let at = pages.end + 4;
    if (at + end - start > target.length) target = pages.reserve(end - start + 4);
    let all = 0;
    if (end - start > SHORT_BYTES) {
      target.set(bytes.subarray(start, end), at);
      at += end - start;
      all = 0x80;
    } else {
      for (let from = start; from < end; from++) {
        const byte = bytes[from] as number;
        all |= byte;
        target[at++] = byte;
      }
    }
    if (all > 0x7f && !isUtf8(bytes.subarray(start, end))) {
      append(pages, Buffer.from(texts.text(id) as string));
      target = pages.bytes;
      continue;
    }
    writeUint32(end - start, target, pages.end);
    pages.end = at;
  }
}

function append(pages: Pages, text: Uint8Array): void {
  const target = pages.reserve(text.length + 4);
  writeUint32(text.length, target, pages.end);
  target.set(text, pages.end + 4);
  pages.end += text.length + 4;
}
