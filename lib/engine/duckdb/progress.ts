import type { DuckDBConnection } from '@duckdb/node-api';

const EVERY_MS = 250;

/** Runs work on a connection and tells now and then how far its longest statement is, in percent. */
export async function withProgress<T>(
  connection: DuckDBConnection,
  onProgress: (percent: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  await connection.run('SET enable_progress_bar = true; SET enable_progress_bar_print = false');
  let told = 0;
  const watch = setInterval(() => {
    const { percentage } = connection.progress;
    // Shorter statements that follow start again at zero.
    if (percentage <= told) return;
    told = percentage;
    onProgress(percentage);
  }, EVERY_MS);
  return work().finally(() => clearInterval(watch));
}
