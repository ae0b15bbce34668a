import type { DuckDBConnection } from '@duckdb/node-api';

const EVERY_MS = 250;

/** Runs work on a connection and reports the progress of its longest statement, in percent, four times per second. */
export async function withProgress<T>(
  connection: DuckDBConnection,
  onProgress: (percent: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  await connection.run('SET enable_progress_bar = true; SET enable_progress_bar_print = false');
  let reported = 0;
  const watch = setInterval(() => {
    const { percentage } = connection.progress;
    // The progress of a later, shorter statement starts at zero again.
    if (percentage <= reported) return;
    reported = percentage;
    onProgress(percentage);
  }, EVERY_MS);
  return work().finally(() => clearInterval(watch));
}
