/**
 * Starts `work` on items as they come, on at most `most` at once, and returns the results in the order of the items. The
 * next item is asked for only when work on it can start. Throws the first error of items or work.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  most: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const results: Promise<Result>[] = [];
  let change = () => {};
  const changed = () => new Promise<void>((resolve) => (change = resolve));
  let isEnded = false;
  let isStopped = false;
  const starting = (async () => {
    for await (const item of items) {
      const result = work(item);
      // It is thrown when it is its turn.
      result.catch(() => {});
      results.push(result);
      change();
      while (results.length >= most && !isStopped) await changed();
      if (isStopped) return;
    }
  })().finally(() => {
    isEnded = true;
    change();
  });
  starting.catch(() => {});
  try {
    for (;;) {
      const [first] = results;
      if (first) {
        const result = await first;
        results.shift();
        change();
        yield result;
      } else if (isEnded) break;
      else await changed();
    }
    await starting;
  } finally {
    isStopped = true;
    change();
  }
}
