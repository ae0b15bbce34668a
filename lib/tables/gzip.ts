import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, type ZlibOptions } from 'node:zlib';

/** No file name, no time, no operating system: nothing that would make the same content differ. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** An empty block that ends the deflate stream. */
const LAST_BLOCK = Buffer.from([3, 0]);
/** Blocks that are compressed beside each other and beside whatever makes more of them. */
const BLOCKS_AT_ONCE = 8;

/** By how much a block that does not compress may grow, and the least that Node allows. */
const SLACK_BYTES = 1024;

const deflate: (bytes: Uint8Array, options: ZlibOptions) => Promise<Buffer> = promisify(deflateRaw);

/**
 * Blocks of some 100 kB and more as one gzip file (RFC 1952). Each is compressed on its own by Node's thread pool, the
 * way pigz does it: the same blocks give the same bytes, on any number of cores.
 */
export async function* gzip(blocks: AsyncIterable<Uint8Array>, level: number): AsyncGenerator<Uint8Array> {
  let [checksum, size_bytes] = [0, 0];
  const pending: Promise<Buffer>[] = [];
  yield HEADER;
  for await (const block of blocks) {
    checksum = crc32(block, checksum);
    size_bytes += block.length;
    // With room for the whole result a block is one task, which goes on while this thread is busy.
    const compressed = deflate(block, {
      level,
      finishFlush: constants.Z_SYNC_FLUSH,
      chunkSize: block.length + SLACK_BYTES,
    });
    compressed.catch(() => {});
    pending.push(compressed);
    if (pending.length === BLOCKS_AT_ONCE) yield (await pending.shift()) as Buffer;
  }
  for (const compressed of pending) yield await compressed;
  yield LAST_BLOCK;
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(checksum, 0);
  trailer.writeUInt32LE(size_bytes % 2 ** 32, 4);
  yield trailer;
}
