import { fileDay } from '../../sources/file-day.ts';
import { fileStart } from '../../sources/file-start.ts';
import type { FileStart, Input } from '../../sources/input.ts';
import { inputOf, type RawFile } from '../../sources/raw-files.ts';
import type { PresentInput } from '../presence.ts';

/** True if a file with other content may get the same name later. Log services put the time into the name, so theirs do not. */
export function mayBeRotated({ log_object }: Input): boolean {
  return fileDay(log_object) === undefined;
}

/** A file as a manifest records it, with its first bytes if its name may be used again. */
export function recordedInput(file: RawFile): Input {
  const start = mayBeRotated(file) ? fileStart(file.path) : undefined;
  return { ...inputOf(file), ...(start && { start }) };
}

/** Files to compare with those in a manifest. Each file is opened at most once, and only if needed. */
export function presentFiles(files: readonly RawFile[]): PresentInput[] {
  return files.map((file) => {
    if (!mayBeRotated(file)) return { ...inputOf(file), startOf: () => undefined };
    const starts = new Map<number, FileStart | undefined>();
    const startOf = (bytes: number) => {
      if (!starts.has(bytes)) starts.set(bytes, fileStart(file.path, bytes));
      return starts.get(bytes);
    };
    return { ...inputOf(file), startOf };
  });
}
