/**
 * The same items twice, each read at its own pace but never more than one item apart, so that memory stays bounded. When
 * one reader stops early, the other goes on alone.
 */
export function tee<T>(items: AsyncIterable<T>): [AsyncIterable<T>, AsyncIterable<T>] {
  const source = items[Symbol.asyncIterator]();
  let current = source.next();
  const arrived = [0, 0];
  const stopped = [false, false];
  let wake: () => void = () => {};

  async function* branch(self: 0 | 1): AsyncGenerator<T> {
    const other = self === 0 ? 1 : 0;
    try {
      for (;;) {
        const mine = current;
        const { done, value } = await mine;
        if (done) return;
        yield value;
        arrived[self] = (arrived[self] ?? 0) + 1;
        if (stopped[other] || (arrived[other] ?? 0) >= (arrived[self] ?? 0)) {
          current = source.next();
          wake();
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      stopped[self] = true;
      if (!stopped[other] && (arrived[other] ?? 0) > (arrived[self] ?? 0)) {
        current = source.next();
        wake();
      }
    }
  }
  return [branch(0), branch(1)];
}
