import { type FileHandle, open } from 'node:fs/promises';
import { afterNuls, contentOf, type Encoding, isNul, START_BYTES } from './content.ts';
import { decompress } from './decompress.ts';
import { cannotOpen, cannotRead, FileFault } from './file-fault.ts';
import { readAt } from './read-at.ts';

const CHUNK_BYTES = 1024 * 1024;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/**
 * The text of a raw file as bytes, regardless of its name: decompressed, UTF-16 as UTF-8, without NULs and byte order
 * mark. Throws a FileFault after the last byte that can be read.
 */
export async function* plainBytes(path: string): AsyncGenerator<Buffer> {
  const file = await openFile(path);
  try {
    const content = contentOf(await readAt(file, 0, START_BYTES));
    const encoding = 'encoding' in content ? content.encoding : undefined;
    const isCompressed = encoding === 'gzip' || encoding === 'zstd';
    yield* textOf(
      isCompressed ? decompress(file) : file.createReadStream({ autoClose: false, highWaterMark: CHUNK_BYTES }),
    );
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === 'read' ? cannotRead(error as Error) : error;
  } finally {
    await file.close();
  }
}

function openFile(path: string): Promise<FileHandle> {
  return open(path).catch((error) => {
    throw cannotOpen(error);
  });
}

/** The text of decompressed bytes. */
async function* textOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decode: ((chunk: Buffer) => Buffer) | undefined;
  let isEmpty = true;
  for await (const chunk of fromWholeStart(bytes)) {
    isEmpty = false;
    if (!decode && isNul(chunk)) continue;
    decode ??= decoderFor(chunk);
    const text = withoutNuls(decode(chunk));
    if (text.length > 0) yield text;
  }
  if (!isEmpty && !decode) throw new FileFault('holds nothing but NUL bytes');
}

/** How to read the chunks of a file, by the first one that has text. */
function decoderFor(chunk: Buffer): (chunk: Buffer) => Buffer {
  const content = contentOf(chunk.subarray(0, START_BYTES));
  if ('refusal' in content) throw new FileFault(content.refusal);
  const { encoding } = content;
  if (encoding === 'gzip' || encoding === 'zstd') throw new FileFault('is compressed twice; unpack it once');
  return encoding === 'plain' ? withoutMark() : wideDecoder(encoding);
}

function withoutMark(): (chunk: Buffer) => Buffer {
  let isFirst = true;
  return (chunk) => {
    const hasMark = isFirst && chunk.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
    isFirst = false;
    return hasMark ? chunk.subarray(BYTE_ORDER_MARK.length) : chunk;
  };
}

function wideDecoder(encoding: Encoding): (chunk: Buffer) => Buffer {
  const decoder = new TextDecoder(encoding);
  return (chunk) => Buffer.from(decoder.decode(chunk, { stream: true }));
}

/** The same bytes, the first chunk long enough to see what they are; chunks of NULs before it are chunks of their own. */
async function* fromWholeStart(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let start: Buffer | undefined = Buffer.of();
  let fault: unknown;
  try {
    for await (const chunk of bytes) {
      if (!start) yield chunk;
      else if (start.length === 0 && isNul(chunk)) yield chunk;
      else {
        start = Buffer.concat([start, chunk]);
        if (start.length < START_BYTES) continue;
        yield start;
        start = undefined;
      }
    }
  } catch (error) {
    fault = error;
  }
  if (start && start.length > 0) yield start;
  if (fault) throw fault;
}

/** NULs are no text: `copytruncate` of logrotate and a loss of power leave runs of them. */
function withoutNuls(chunk: Buffer): Buffer {
  if (!chunk.includes(0)) return chunk;
  const parts: Buffer[] = [];
  for (let at = 0; at < chunk.length; ) {
    const end = chunk.indexOf(0, at);
    if (end !== at) parts.push(chunk.subarray(at, end === -1 ? chunk.length : end));
    at = end === -1 ? chunk.length : afterNuls(chunk, end);
  }
  return Buffer.concat(parts);
}
