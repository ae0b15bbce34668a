import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../run/clock.ts';
import type { LinePiece } from '../sources/line-buffer.ts';
import { chunksOfBytes } from '../sources/line-chunks.ts';
import type { RawFile } from '../sources/raw-files.ts';
import { type BegunStream, begunStream } from './live-log.ts';
import { findInput, type NamedInput } from './local-input.ts';
import type { Progress } from './progress.ts';
import { isStream, openStream, spooledFile } from './streams.ts';

/** A stream whose lines are read as they come. */
export interface LiveLog {
  /** The first lines that are not empty. */
  start: readonly string[];
  lines: AsyncGenerator<LinePiece>;
}

/** The logs that the command line names; those of them that are streams are read only once, as they come. */
export interface ParseInput extends NamedInput {
  live: ReadonlyMap<RawFile, LiveLog>;
}

/**
 * Finds the logs of the command line. Prints entries that are skipped. A stream that is compressed or in another encoding is
 * copied to a file first.
 */
export async function openParseInput(paths: readonly string[], progress: Progress, clock: Clock): Promise<ParseInput> {
  const streams = [...new Set(paths.filter(isStream))].map((path) => openStream(path, progress.print));
  const others = paths.filter((path) => !isStream(path));
  const files: RawFile[] = [];
  const live = new Map<RawFile, LiveLog>();
  let folder: string | undefined;
  const close = () => {
    for (const stream of streams) stream.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const [index, stream] of streams.entries()) {
      const begun = await begunStream(stream);
      if (begun.lines) {
        const file = liveFile(begun, clock);
        files.push(file);
        live.set(file, { start: begun.lines, lines: chunksOfBytes(begun.bytes, { isLive: true }) });
      } else {
        folder ??= mkdtempSync(join(tmpdir(), 'logtally-input-'));
        files.push(await spooledFile(begun, join(folder, `${index}.log`)));
      }
    }
    const found = others.length > 0 ? await findInput(others, progress) : { files: [], unreadable: [] };
    return { ...found, files: [...files, ...found.files], live, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** A stream has neither a size nor a content to compare. */
function liveFile({ log_object }: BegunStream, clock: Clock): RawFile {
  return { path: log_object, log_object, size_bytes: 0, etag: '', modified: new Date(clock()) };
}
