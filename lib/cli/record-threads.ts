import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { LineChunk } from '../parser/raw-batch.ts';
import { type Origin, type Reading, RecordReader, type Records } from './record-reader.ts';

/** A chunk of a file, in memory of its own, to read in a thread. */
export interface Task {
  bytes: Uint8Array<ArrayBuffer>;
  origin: Origin;
  begins_file: boolean;
}

/** A thread takes longer to start than so many bytes to read. */
const BYTES_BEFORE_THREADS = 4 * 1024 * 1024;
/** More would wait for the one that writes. */
const MOST_THREADS = 4;
/** One is read while the next one arrives. */
const TASKS_PER_THREAD = 2;

/** The worker's file: as it is written, or beside the bundle. */
const WORKER = new URL(`./record-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** Reads chunks of lines: the first ones here, further ones in threads. */
export class RecordThreads {
  readonly #reading: Reading;
  readonly #here: RecordReader;
  #threads: Thread[] = [];
  #bytes = 0;
  #tasks = 0;
  /** The thread of the current file, if it has headers that hold for all lines after them. */
  #of_file: Thread | undefined;

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#here = new RecordReader(reading);
  }

  /** So many chunks may be at work at once. */
  static readonly most = TASKS_PER_THREAD * Math.min(MOST_THREADS, availableParallelism());

  /** The records of a chunk, which may change when the call has returned. */
  async read(chunk: LineChunk, origin: Origin, begins_file: boolean): Promise<Records> {
    this.#bytes += chunk.end - chunk.start;
    const thread = this.#threadFor(begins_file);
    if (!thread) return this.#here.read(chunk, origin, { begins_file });
    return thread.read({ bytes: Uint8Array.from(chunk.bytes.subarray(chunk.start, chunk.end)), origin, begins_file });
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #threadFor(begins_file: boolean): Thread | undefined {
    const { header } = this.#reading.format;
    if (header && !begins_file) return this.#of_file;
    if (this.#threads.length === 0 && this.#bytes >= BYTES_BEFORE_THREADS) {
      const count = Math.min(MOST_THREADS, availableParallelism());
      this.#threads = Array.from({ length: count }, () => new Thread(this.#reading));
    }
    this.#of_file = this.#threads[this.#tasks++ % this.#threads.length];
    return this.#of_file;
  }
}

/** One thread, and who waits for its answers, in order. */
class Thread {
  readonly #worker: Worker;
  #waiting: { resolve(records: Records): void; reject(error: unknown): void }[] = [];
  #failure: { error: unknown } | undefined;

  constructor(reading: Reading) {
    this.#worker = new Worker(WORKER, { workerData: reading });
    this.#worker.on('message', (records: Records) => this.#waiting.shift()?.resolve(records));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`a thread that reads logs ended with code ${code}`)));
  }

  read(task: Task): Promise<Records> {
    return new Promise((resolve, reject) => {
      if (this.#failure) throw this.#failure.error;
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(task, [task.bytes.buffer]);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
