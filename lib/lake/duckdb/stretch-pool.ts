import { Worker } from 'node:worker_threads';
import type { Part } from './part-rows.ts';
import { type Reading, StretchReader } from './stretch-reader.ts';
import type { FromReader, ToReader } from './stretch-worker.ts';
import { STRETCH_BYTES, type Stretch, totalBytes } from './stretches.ts';

/** A part of a stretch, with the stretch's place in the list. */
export interface ReadPart {
  stretch: number;
  part: Part;
}

/** Most of what a thread makes is soon forgotten: a twentieth less CPU than with Node's usual 16 MB. */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 32 };

/** The worker's file: as it is written, or beside the bundle. */
const WORKER = new URL(`./stretch-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/**
 * Reads stretches in threads and returns their parts in the order of the stretches, whichever thread is first. A few bytes
 * are read here, since a thread takes longer to start. Throws the first error of a thread; the others end.
 */
export async function* readStretches(
  reading: Reading,
  stretches: readonly Stretch[],
  threads: number,
): AsyncGenerator<ReadPart> {
  const files = new Set(stretches.flat().map(({ file }) => file));
  if (totalBytes([...files]) > 2 * STRETCH_BYTES)
    yield* inThreads(reading, stretches, Math.min(threads, stretches.length));
  else yield* here(reading, stretches);
}

async function* here(reading: Reading, stretches: readonly Stretch[]): AsyncGenerator<ReadPart> {
  const reader = new StretchReader(reading);
  for (const [stretch, pieces] of stretches.entries()) {
    for await (const part of reader.read(pieces, stretch)) yield { stretch, part };
  }
}

/** What has arrived of a stretch and is not taken yet. */
interface Arrived {
  parts: { part: Part; from: Worker }[];
  isComplete: boolean;
}

async function* inThreads(reading: Reading, stretches: readonly Stretch[], threads: number): AsyncGenerator<ReadPart> {
  const arrived = stretches.map((): Arrived => ({ parts: [], isComplete: false }));
  const remaining = stretches.entries();
  const workers: Worker[] = [];
  let failure: { error: unknown } | undefined;
  let wake = () => {};
  const assign = (worker: Worker) => {
    const { value, done } = remaining.next();
    if (!done) send(worker, { kind: 'read', stretch: value[0], pieces: value[1] });
  };
  const receive = (worker: Worker, message: FromReader) => {
    const of = arrived[message.stretch] as Arrived;
    if (message.kind === 'part') of.parts.push({ part: message.part, from: worker });
    else {
      of.isComplete = true;
      assign(worker);
    }
    wake();
  };
  const fail = (error: unknown) => {
    failure ??= { error };
    wake();
  };
  try {
    for (let thread = 0; thread < threads; thread++) {
      const worker = new Worker(WORKER, { workerData: reading, resourceLimits: RESOURCE_LIMITS });
      worker.on('message', (message: FromReader) => receive(worker, message));
      worker.on('error', fail);
      worker.on('exit', (code) => fail(new Error(`a thread that reads logs ended with code ${code}`)));
      workers.push(worker);
      assign(worker);
    }
    for (const [stretch, of] of arrived.entries()) {
      for (;;) {
        if (failure) throw failure.error;
        const next = of.parts.shift();
        if (next) {
          yield { stretch, part: next.part };
          send(next.from, { kind: 'taken' });
        } else if (of.isComplete) break;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    }
  } finally {
    for (const worker of workers) worker.removeAllListeners('exit');
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function send(worker: Worker, message: ToReader): void {
  worker.postMessage(message);
}
