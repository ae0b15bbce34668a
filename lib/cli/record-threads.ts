import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { LineChunk } from '../parser/raw-batch.ts';
import { type ChunkPlace, type Reading, RecordReader, type Records } from './record-reader.ts';

/** A chunk of a file to read in a thread. All memory is handed over. */
export interface Task extends ChunkPlace {
  bytes: Uint8Array<ArrayBuffer>;
  /** For the text of the records. */
  memory: ArrayBuffer;
}

/** The answer to a task, with its memory. */
export interface Answer {
  records: Records;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A thread takes longer to start than so many bytes to read. */
const BYTES_BEFORE_THREADS = 4 * 1024 * 1024;
/** More would wait for the one that writes. */
const MOST_THREADS = 4;
/** One is read while the next one arrives. */
const TASKS_PER_THREAD = 2;

/** The worker's file: as it is written, or beside the bundle. */
const WORKER = new URL(`./record-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/**
 * Reads chunks of lines: the first ones here, further ones in threads. With so many `expected_bytes` that threads pay, all of
 * them in threads.
 */
export class RecordThreads {
  readonly #reading: Reading;
  #here: RecordReader | undefined;
  #threads: Thread[] = [];
  #bytes: number;
  #tasks = 0;
  /** The thread of the current file, if it has headers that hold for all lines after them. */
  #of_file: Thread | undefined;
  /** Memory of texts that were written. To allocate it again for each chunk would take a third longer. */
  #free: ArrayBuffer[] = [];

  constructor(reading: Reading, expected_bytes: number) {
    this.#reading = reading;
    this.#bytes = expected_bytes;
  }

  /** So many chunks may be at work at once. */
  static readonly most = TASKS_PER_THREAD * Math.min(MOST_THREADS, availableParallelism());

  /** The records of a chunk, which may change when the call has returned. */
  async read(chunk: LineChunk, place: ChunkPlace): Promise<Records> {
    this.#bytes += chunk.end - chunk.start;
    const thread = this.#threadFor(place);
    const memory = this.#free.pop();
    if (thread) return thread.read(chunk, place, memory ?? new ArrayBuffer(0));
    this.#here ??= new RecordReader(this.#reading);
    return this.#here.read(chunk, place, memory);
  }

  /** The text of records is not needed any more. */
  release({ text }: Records): void {
    this.#free.push(text.buffer);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #threadFor({ begins_file }: ChunkPlace): Thread | undefined {
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
  /** Memory of chunks that were read. */
  #free: Uint8Array<ArrayBuffer>[] = [];

  constructor(reading: Reading) {
    this.#worker = new Worker(WORKER, { workerData: reading });
    this.#worker.on('message', ({ records, bytes }: Answer) => {
      this.#free.push(bytes);
      this.#waiting.shift()?.resolve(records);
    });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`a thread that reads logs ended with code ${code}`)));
  }

  read({ bytes, start, end }: LineChunk, place: ChunkPlace, memory: ArrayBuffer): Promise<Records> {
    return new Promise((resolve, reject) => {
      if (this.#failure) throw this.#failure.error;
      const free = this.#free.pop();
      const length = end - start;
      const copy = free && free.buffer.byteLength >= length ? free.buffer : new ArrayBuffer(length);
      const task: Task = { ...place, bytes: new Uint8Array(copy, 0, length), memory };
      task.bytes.set(bytes.subarray(start, end));
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(task, [copy, memory]);
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
