import { createHash } from 'node:crypto';
import type { Written } from './store.ts';

/** Passes chunks through unchanged. After the last one, `written` returns their total size and SHA-256. */
export function withDigest(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): {
  chunks: AsyncIterable<Uint8Array>;
  written(): Written;
} {
  const hash = createHash('sha256');
  let size_bytes = 0;
  async function* pass() {
    for await (const chunk of chunks) {
      hash.update(chunk);
      size_bytes += chunk.length;
      yield chunk;
    }
  }
  return { chunks: pass(), written: () => ({ size_bytes, sha256: hash.digest('hex') }) };
}
