import type { Store } from './store.ts';

/** The same store, but `hold` is called before anything becomes visible or is deleted; if it throws, nothing is. */
export function heldStore(store: Store, hold: () => Promise<void>): Store {
  return {
    ...store,
    async put(key, body, options) {
      await hold();
      return store.put(key, body, options);
    },
    write(key, chunks, options) {
      return store.write(key, thenHeld(chunks, hold), options);
    },
    async copy(from_key, to_key) {
      await hold();
      await store.copy(from_key, to_key);
    },
    async delete(keys) {
      await hold();
      await store.delete(keys);
    },
  };
}

/** A stream may take long; it is placed after its last chunk. */
async function* thenHeld(chunks: AsyncIterable<Uint8Array>, hold: () => Promise<void>): AsyncGenerator<Uint8Array> {
  yield* chunks;
  await hold();
}
