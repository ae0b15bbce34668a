import { setTimeout } from 'node:timers/promises';
import { contentOf, isNul, START_BYTES } from '../sources/bytes/content.ts';
import type { Stream } from './streams.ts';

/** Enough for the first lines of most logs. */
const SAMPLE_BYTES = 64 * 1024;
/** A stream without a line end is not waited for any longer. */
const MOST_SAMPLE_BYTES = 16 * 1024 * 1024;
/** After the first line, so long is waited for more: a server may write its next line in an hour. */
const SAMPLE_MS = 500;

const LINE_END = /\r\n|\n|\r/;

/** A stream whose start has come. */
export interface BegunStream extends Stream {
  /** The lines at the start that are whole and not empty; undefined if the stream is not plain text. */
  lines: readonly string[] | undefined;
}

/** Waits for the start of a stream: for as much as shows its format, but not for its end if it pauses. */
export async function begunStream({ log_object, bytes, close }: Stream): Promise<BegunStream> {
  const parts: Buffer[] = [];
  let next = bytes.next();
  // It is waited for again later, and thrown there.
  next.catch(() => {});
  let late: Promise<'late'> | undefined;
  const timer = new AbortController();
  let lines: string[] | undefined = [];
  let isComplete = false;
  for (;;) {
    const arrived = await (late ? Promise.race([next, late]) : next);
    if (arrived === 'late') break;
    if (arrived.done) {
      isComplete = true;
      lines = wholeLines(Buffer.concat(parts), { isComplete });
      break;
    }
    parts.push(arrived.value);
    next = bytes.next();
    next.catch(() => {});
    const start = Buffer.concat(parts);
    lines = wholeLines(start, { isComplete });
    if (!lines && start.length >= START_BYTES) break;
    if (start.length >= (hasEntry(lines) ? SAMPLE_BYTES : MOST_SAMPLE_BYTES)) break;
    if (hasEntry(lines)) late ??= setTimeout(SAMPLE_MS, 'late', { signal: timer.signal });
  }
  timer.abort();
  return { log_object, lines, bytes: all(), close };

  async function* all(): AsyncGenerator<Buffer> {
    yield* parts.splice(0);
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      yield value;
      next = bytes.next();
    }
  }
}

/** Undefined if the bytes are not plain text. */
function wholeLines(start: Buffer, { isComplete }: { isComplete: boolean }): string[] | undefined {
  const content = contentOf(start.subarray(0, START_BYTES));
  const isPlain = 'encoding' in content && content.encoding === 'plain';
  if (!isPlain || (start.length > 0 && isNul(start.subarray(0, START_BYTES)))) return undefined;
  const text = new TextDecoder().decode(start).replaceAll('\0', '');
  const lines = text.split(LINE_END);
  // The last line may go on.
  if (!isComplete) lines.pop();
  return lines.filter((line) => line !== '');
}

/** True if a line may show the format. */
function hasEntry(lines: readonly string[] | undefined): boolean {
  return lines?.some((line) => !line.startsWith('#')) ?? false;
}
