/** Two readers of the same items. */
export interface Tee<T> {
  branches: [AsyncIterable<T>, AsyncIterable<T>];
  /** Fails both branches with an error, and closes the source. */
  abort(error: unknown): void;
}

/**
 * Gives every item to two readers, like `ReadableStream.tee()`, but without a queue: the next item is read only once both
 * branches have requested it, so that only one item is in memory.
 */
export function tee<T>(items: AsyncIterable<T>): Tee<T> {
  const source = items[Symbol.asyncIterator]();
  let waiting: PromiseWithResolvers<IteratorResult<T>>[] = [];
  let failure: { error: unknown } | undefined;

  function abort(error: unknown): void {
    if (failure) return;
    failure = { error };
    for (const request of waiting) request.reject(error);
    source.return?.()?.catch(() => {});
  }

  function next(): Promise<IteratorResult<T>> {
    if (failure) return Promise.reject(failure.error);
    const request = Promise.withResolvers<IteratorResult<T>>();
    waiting.push(request);
    if (waiting.length === 2) answer(waiting);
    return request.promise;
  }

  function answer(requests: typeof waiting): void {
    source.next().then((result) => {
      waiting = [];
      for (const request of requests) request.resolve(result);
    }, abort);
  }

  const branch = { [Symbol.asyncIterator]: () => ({ next }) };
  return { branches: [branch, branch], abort };
}
