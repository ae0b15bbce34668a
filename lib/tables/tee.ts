/** Two readers of the same items. */
export interface Tee<T> {
  readers: [AsyncIterable<T>, AsyncIterable<T>];
  /** Ends both readers with an error, and gives the source up. */
  stop(error: unknown): void;
}

/** Gives every item to two readers. The next item is asked for when both want it, so that memory holds one. */
export function tee<T>(items: AsyncIterable<T>): Tee<T> {
  const source = items[Symbol.asyncIterator]();
  let waiting: PromiseWithResolvers<IteratorResult<T>>[] = [];
  let failure: { error: unknown } | undefined;

  function stop(error: unknown): void {
    if (failure) return;
    failure = { error };
    for (const turn of waiting) turn.reject(error);
    source.return?.()?.catch(() => {});
  }

  function next(): Promise<IteratorResult<T>> {
    if (failure) return Promise.reject(failure.error);
    const turn = Promise.withResolvers<IteratorResult<T>>();
    waiting.push(turn);
    if (waiting.length === 2) serve(waiting);
    return turn.promise;
  }

  function serve(turns: typeof waiting): void {
    source.next().then((result) => {
      waiting = [];
      for (const turn of turns) turn.resolve(result);
    }, stop);
  }

  const reader = { [Symbol.asyncIterator]: () => ({ next }) };
  return { readers: [reader, reader], stop };
}
