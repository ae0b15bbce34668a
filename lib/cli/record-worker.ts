import { parentPort, workerData } from 'node:worker_threads';
import { type Reading, RecordReader } from './record-reader.ts';
import type { Answer, Task } from './record-threads.ts';

/** A thread that reads chunks of lines, in the order in which they come. An error ends it, and is thrown where it was asked. */
const reader = new RecordReader(workerData as Reading);

parentPort?.on('message', ({ bytes, memory, ...place }: Task) => {
  const records = reader.read({ bytes, start: 0, end: bytes.length }, place, memory);
  const answer: Answer = { records, bytes };
  parentPort?.postMessage(answer, [records.text.buffer, bytes.buffer]);
});
