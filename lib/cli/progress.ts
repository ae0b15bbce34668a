/** Where a long piece of work stands, on standard error: a line that is drawn over on a terminal, else now and then a line. */
export interface Progress {
  update(text: string, done: number, total: number): void;
  /** Takes the line away. */
  clear(): void;
}

const BAR_WIDTH = 24;
const LINE_EVERY_MS = 5_000;

export function openProgress(stream: NodeJS.WriteStream, now: () => number = Date.now): Progress {
  let drawn = false;
  let last = now();
  return {
    update(text, done, total) {
      if (stream.isTTY) {
        const filled = Math.round((done / Math.max(1, total)) * BAR_WIDTH);
        const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
        stream.write(`\r\x1b[2K${bar} ${text}`.slice(0, Math.max(20, stream.columns ?? 80) + 8));
        drawn = true;
      } else if (now() - last >= LINE_EVERY_MS) {
        stream.write(`${text}\n`);
        last = now();
      }
    },
    clear() {
      if (drawn) stream.write('\r\x1b[2K');
      drawn = false;
    },
  };
}
