/**
 * Works on items, several at a time. After an error no further item is started: the signal is aborted, the work that is
 * under way ends, and the error is thrown.
 */
export async function concurrently<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  concurrency: number,
  work: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const queue = iterated(items);
  const worker = async () => {
    for (let next = await queue.next(); !next.done && !stop.signal.aborted; next = await queue.next()) {
      await work(next.value, stop.signal);
    }
  };
  // The first error is the reason; later ones follow from the abort.
  const workers = Array.from({ length: concurrency }, () => worker().catch((error) => stop.abort(error)));
  await Promise.all(workers);
  stop.signal.throwIfAborted();
}

/** One queue for all workers: calls of `next` on an async generator wait for each other. */
async function* iterated<Item>(items: AsyncIterable<Item> | Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}
