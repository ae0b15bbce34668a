import { closeSync, openSync, readSync } from 'node:fs';
import { contentOf, isNul, START_BYTES } from './bytes/content.ts';
import { cannotOpen, cannotRead } from './bytes/file-fault.ts';
import { plainBytes } from './bytes/plain-bytes.ts';
import { firstLineEnd, LineBuffer, type LinePiece } from './line-buffer.ts';

/** How much is read at once to find the end of a line. */
const LINE_BYTES = 64 * 1024;
/** Parts of a pipe that is not waited for follow faster. */
const SOON_MS = 5;
const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/**
 * The lines of a raw file, regardless of its encoding and compression. Throws a FileFault after the last line that can be
 * read, also for a file that is no log.
 */
export async function* lineChunks(path: string, buffer = new LineBuffer()): AsyncGenerator<LinePiece> {
  if (isPlainFile(path)) yield* stretchChunks(path, 0, Number.POSITIVE_INFINITY, buffer);
  else yield* chunksOfBytes(plainBytes(path), { buffer });
}

/**
 * The lines of text that comes in parts of any size. With `isLive`, lines wait only so long as further parts follow at once,
 * and not until there are enough for a chunk. An error of `text` is thrown after the last line.
 */
export async function* chunksOfBytes(
  text: AsyncGenerator<Buffer>,
  { isLive = false, buffer = new LineBuffer() } = {},
): AsyncGenerator<LinePiece> {
  let fault: unknown;
  buffer.begin();
  try {
    for (;;) {
      const next = text.next();
      // Nobody awaits it if lines are no longer wanted; otherwise its error is thrown below.
      next.catch(() => {});
      const arrived = isLive ? await soon(next) : undefined;
      // What comes later must not hold up the lines so far.
      if (isLive && !arrived) yield* buffer.pieces();
      const { value: part, done } = arrived ?? (await next);
      if (done) break;
      for (let at = 0; at < part.length; ) {
        const length = part.copy(buffer.space(), 0, at);
        buffer.add(length);
        at += length;
        if (buffer.isFull) yield* buffer.pieces();
      }
    }
  } catch (error) {
    fault = error;
  } finally {
    // It may be waiting for a part: the end is not waited for.
    text.return(undefined).catch(() => {});
  }
  yield* buffer.end();
  if (fault) throw fault;
}

/** What arrives within a few milliseconds; undefined if nothing does. */
async function soon<Value>(arriving: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), SOON_MS);
  });
  return Promise.race([arriving, late]).finally(() => clearTimeout(timer));
}

/**
 * True if the lines of a file can be read from any position on. Throws a FileFault if the file is no log or cannot be read.
 */
export function isPlainFile(path: string): boolean {
  const file = opened(path);
  try {
    const start = Buffer.allocUnsafe(START_BYTES);
    const bytes = start.subarray(0, read(file, start, 0));
    if (bytes.length > 0 && isNul(bytes)) return false;
    const content = contentOf(bytes);
    return 'encoding' in content && content.encoding === 'plain';
  } finally {
    closeSync(file);
  }
}

/**
 * The lines of a plain file that begin at positions from `from` to before `to`: stretches that follow each other have all
 * lines of the file, each once. Reads synchronously, which takes less than half the time. Throws a FileFault if the file
 * cannot be read.
 */
export function* stretchChunks(
  path: string,
  from: number,
  to: number,
  buffer = new LineBuffer(),
): Generator<LinePiece> {
  const file = opened(path);
  try {
    const first = firstPosition(file, from, to);
    if (first === undefined) return;
    let { position, byte_before } = first;
    buffer.begin(byte_before === CR);
    while (position < to) {
      const space = buffer.space();
      const length = read(file, space.subarray(0, Math.min(space.length, to - position)), position);
      if (length === 0) break;
      position += length;
      byte_before = space[length - 1];
      buffer.add(length);
      yield* buffer.pieces();
    }
    // The last line may go on behind the stretch.
    while (position >= to && byte_before !== LF && byte_before !== CR) {
      const space = buffer.space().subarray(0, LINE_BYTES);
      const length = read(file, space, position);
      if (length === 0) break;
      const line_end = firstLineEnd(space.subarray(0, length));
      const used = line_end === -1 ? length : line_end + 1;
      position += used;
      byte_before = space[used - 1];
      buffer.add(used);
      yield* buffer.pieces();
    }
    yield* buffer.end();
  } finally {
    closeSync(file);
  }
}

/** Where the first line of a stretch begins, and the byte before; undefined if none does. */
function firstPosition(file: number, from: number, to: number) {
  if (from >= to) return undefined;
  const bytes = Buffer.allocUnsafe(LINE_BYTES);
  if (from === 0) {
    const mark = bytes.subarray(0, BYTE_ORDER_MARK.length);
    const hasMark = read(file, mark, 0) === mark.length && mark.equals(BYTE_ORDER_MARK);
    return { position: hasMark ? mark.length : 0, byte_before: undefined as number | undefined };
  }
  for (let at = from - 1; at < to - 1; ) {
    const length = read(file, bytes.subarray(0, Math.min(bytes.length, to - 1 - at)), at);
    if (length === 0) return undefined;
    const line_end = firstLineEnd(bytes.subarray(0, length));
    if (line_end !== -1) return { position: at + line_end + 1, byte_before: bytes[line_end] };
    at += length;
  }
  return undefined;
}

function opened(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw cannotOpen(error as NodeJS.ErrnoException);
  }
}

function read(file: number, target: Buffer, position: number): number {
  try {
    return readSync(file, target, 0, target.length, position);
  } catch (error) {
    throw cannotRead(error as Error);
  }
}
