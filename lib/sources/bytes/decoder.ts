import type { FileHandle } from 'node:fs/promises';
import type { Transform } from 'node:stream';
import { readAt } from './read-at.ts';

/** A decompressor of node:zlib; `bytesWritten` is what it has consumed. */
export type Decoder = Transform & { readonly bytesWritten: number };

const SLICE_BYTES = 64 * 1024;

/**
 * Decompresses what begins at a position of a file and returns the position after it. The error of damaged data is thrown
 * after all that precedes the damage.
 */
export async function* decoded(file: FileHandle, start: number, create: () => Decoder): AsyncGenerator<Buffer, number> {
  const decoder = feed(create());
  try {
    for (let position = start; ; ) {
      const slice = await readAt(file, position, SLICE_BYTES);
      if (slice.length === 0) {
        yield* await decoder.end();
        return position;
      }
      const { chunks, consumed, error } = await decoder.write(slice);
      if (error) {
        yield* beforeDamage(file, start, position, create);
        throw error;
      }
      yield* chunks;
      position += consumed;
      if (consumed < slice.length) return position;
    }
  } finally {
    decoder.close();
  }
}

/**
 * What the slice at `damaged` gives before its damage. A decompressor that fails keeps the output of its last write to
 * itself, so all is decompressed once more, this slice byte by byte.
 */
async function* beforeDamage(
  file: FileHandle,
  start: number,
  damaged: number,
  create: () => Decoder,
): AsyncGenerator<Buffer> {
  const decoder = feed(create());
  try {
    for (let position = start; position < damaged; position += SLICE_BYTES) {
      await decoder.write(await readAt(file, position, SLICE_BYTES));
    }
    for (const byte of await readAt(file, damaged, SLICE_BYTES)) {
      const { chunks, error } = await decoder.write(Buffer.of(byte));
      if (error) return;
      yield* chunks;
    }
  } finally {
    decoder.close();
  }
}

/** A decompressor that is written to in turns: each write returns the output, and how much was consumed. */
function feed(decoder: Decoder) {
  let chunks: Buffer[] = [];
  const taken = () => chunks.splice(0);
  decoder.on('data', (chunk: Buffer) => chunks.push(chunk));
  // Errors are returned by the write that they belong to.
  decoder.on('error', () => {});
  const settled = (act: (done: (error?: Error | null) => void) => void) =>
    new Promise<Error | undefined>((resolve) => {
      const done = (error?: Error | null) => {
        decoder.off('error', done).off('end', done);
        resolve(error ?? undefined);
      };
      decoder.once('error', done).once('end', done);
      act(done);
    });
  return {
    async write(slice: Buffer) {
      const before = decoder.bytesWritten;
      const error = await settled((done) => decoder.write(slice, done));
      return { chunks: taken(), consumed: decoder.bytesWritten - before, error };
    },
    /** The last output. Throws the error of data that is not complete. */
    async end(): Promise<Buffer[]> {
      const error = await settled(() => decoder.end());
      if (error) throw error;
      return taken();
    },
    close(): void {
      chunks = [];
      decoder.destroy();
    },
  };
}
