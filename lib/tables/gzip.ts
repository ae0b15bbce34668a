import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, type ZlibOptions } from 'node:zlib';

/** A header without file name, time and operating system, so that the same content gives the same bytes. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** An empty block that ends the deflate stream. */
const LAST_BLOCK = Buffer.from([3, 0]);
/** Blocks that are compressed at the same time, while the caller produces the next ones. */
const PARALLEL_BLOCKS = 8;

/** How much an incompressible block may grow. Also larger than the smallest chunkSize that Node accepts. */
const SLACK_BYTES = 1024;

const deflate: (bytes: Uint8Array, options: ZlibOptions) => Promise<Buffer> = promisify(deflateRaw);

/**
 * Compresses blocks of about 100 kB or more to one gzip file (RFC 1952). Node's thread pool compresses each block
 * separately, like pigz. The same blocks give the same bytes on any number of cores.
 */
export async function* gzip(blocks: AsyncIterable<Uint8Array>, level: number): AsyncGenerator<Uint8Array> {
  let [checksum, size_bytes] = [0, 0];
  const pending: Promise<Buffer>[] = [];
  yield HEADER;
  for await (const block of blocks) {
    checksum = crc32(block, checksum);
    size_bytes += block.length;
    // With a chunkSize for the whole result, a block is a single task that needs no work on this thread.
    const compressed = deflate(block, {
      level,
      finishFlush: constants.Z_SYNC_FLUSH,
      chunkSize: block.length + SLACK_BYTES,
    });
    compressed.catch(() => {});
    pending.push(compressed);
    if (pending.length === PARALLEL_BLOCKS) yield (await pending.shift()) as Buffer;
  }
  for (const compressed of pending) yield await compressed;
  yield LAST_BLOCK;
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(checksum, 0);
  trailer.writeUInt32LE(size_bytes % 2 ** 32, 4);
  yield trailer;
}
