import { FileFault } from '../sources/bytes/file-fault.ts';
import { dayOfFile } from '../sources/file-day.ts';
import { type LinePiece, OVERLONG_REASON } from '../sources/line-buffer.ts';
import { lineChunks } from '../sources/line-chunks.ts';
import type { RawFile } from '../sources/raw-files.ts';
import { inOrder } from './ordered.ts';
import type { Origin, Reading, Records } from './record-reader.ts';
import { RecordThreads } from './record-threads.ts';

/**
 * What some lines of a file became, or that there are no more lines in it. The text is valid until the next records are asked
 * for.
 */
export type FileRecords =
  | { kind: 'lines'; file: RawFile; text: Uint8Array; parsed: number; rejects: Records['rejects'] }
  | { kind: 'end'; file: RawFile; lines: number; fault: string | undefined };

/** A piece of a file in order, or its end. */
type FilePiece =
  | { kind: 'piece'; file: RawFile; piece: LinePiece; origin: Origin; begins_file: boolean }
  | { kind: 'end'; file: RawFile; fault: string | undefined };

/**
 * Reads files of one format: records and rejects in the order of their lines, which `line_number` counts from the start of
 * the file. `live` has the lines of files that are streams.
 */
export async function* recordsOf(
  reading: Reading,
  files: readonly RawFile[],
  live: ReadonlyMap<RawFile, { lines: AsyncIterable<LinePiece> }>,
): AsyncGenerator<FileRecords> {
  const expected_bytes = files.reduce((total, { size_bytes }) => total + size_bytes, 0);
  const threads = new RecordThreads(reading, expected_bytes);
  const read = async (one: FilePiece) =>
    one.kind === 'end' ? one : { ...one, records: await recordsOfPiece(threads, one) };
  let lines = 0;
  try {
    for await (const one of inOrder(piecesOf(files, live), RecordThreads.most, read)) {
      const { file } = one;
      if (one.kind === 'end') {
        yield { kind: 'end', file, lines, fault: one.fault };
        lines = 0;
        continue;
      }
      const { text, parsed, rejects } = one.records;
      for (const reject of rejects) reject.line_number += lines;
      lines += one.records.lines;
      yield { kind: 'lines', file, text, parsed, rejects };
      threads.release(one.records);
    }
  } finally {
    await threads.close();
  }
}

async function* piecesOf(
  files: readonly RawFile[],
  live: ReadonlyMap<RawFile, { lines: AsyncIterable<LinePiece> }>,
): AsyncGenerator<FilePiece> {
  for (const file of files) {
    const { path, log_object } = file;
    const origin = { log_object, file_day: dayOfFile(file) };
    let begins_file = true;
    let fault: string | undefined;
    try {
      for await (const piece of live.get(file)?.lines ?? lineChunks(path)) {
        yield { kind: 'piece', file, piece, origin, begins_file };
        begins_file &&= 'overlong_text' in piece;
      }
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      fault = error.message;
    }
    yield { kind: 'end', file, fault };
  }
}

async function recordsOfPiece(
  threads: RecordThreads,
  { piece, origin, begins_file }: Extract<FilePiece, { kind: 'piece' }>,
): Promise<Records> {
  if (!('overlong_text' in piece)) return threads.read(piece, { origin, begins_file });
  const reject = { line_number: 1, reason: OVERLONG_REASON, line: piece.overlong_text };
  return { text: new Uint8Array(), lines: 1, parsed: 0, rejects: [reject] };
}
