import { parentPort, workerData } from 'node:worker_threads';
import type { Part } from './part-rows.ts';
import { type Reading, StretchReader } from './stretch-reader.ts';
import type { Stretch } from './stretches.ts';

/** Messages to a thread: a stretch to read, and that one of its parts was taken. */
export type ToReader = { kind: 'read'; stretch: number; pieces: Stretch } | { kind: 'taken' };

/** Messages of a thread: a part of a stretch, and its end. */
export type FromReader = { kind: 'part'; stretch: number; part: Part } | { kind: 'end'; stretch: number };

/** So many parts may wait to be taken. The thread that reads the next stretch in order is not held up: its parts are taken. */
const MOST_WAITING = 4;

const reader = new StretchReader(workerData as Reading);
let waiting = 0;
let proceed = () => {};

parentPort?.on('message', (message: ToReader) => {
  if (message.kind === 'read') void readStretch(message.stretch, message.pieces);
  else {
    waiting--;
    proceed();
  }
});

/** An error is not caught here: it ends the thread, and the pool throws it. */
async function readStretch(stretch: number, pieces: Stretch): Promise<void> {
  for await (const part of reader.read(pieces, stretch)) {
    send({ kind: 'part', stretch, part }, buffersOf(part));
    waiting++;
    while (waiting >= MOST_WAITING) {
      await new Promise<void>((resolve) => {
        proceed = resolve;
      });
    }
  }
  send({ kind: 'end', stretch });
}

function send(message: FromReader, buffers: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, buffers);
}

/** What is handed over instead of copied. */
function buffersOf({ days, rejects }: Part): ArrayBuffer[] {
  const arrays = days.flatMap(({ keys, group, downloads }) => [keys, group.bytes, downloads]);
  return [...arrays, ...(rejects ? [rejects.bytes] : [])].map(({ buffer }) => buffer);
}
