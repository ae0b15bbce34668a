import type { FileStart, Input } from '../sources/input.ts';

/** What happened to the raw logs of a day since they were read. */
export interface Presence {
  /** Logs whose lines no longer exist in any log: expired, deleted or rotated away. */
  gone: Input[];
  /** Unchanged logs, by the names that they had when they were read. */
  unchanged: Input[];
}

/** A raw log that exists now. */
export interface PresentInput extends Input {
  /** The first bytes of a file on this machine; undefined if it cannot be read. */
  startOf?(bytes: number): FileStart | undefined;
}

/**
 * Compares the raw logs from which a day was parsed with those that exist now. A log still exists if its content does, also
 * under another name, with more lines or compressed: rotation renames logs, and new lines are appended to the end.
 */
export function presenceOf(recorded: readonly Input[], present: readonly PresentInput[]): Presence {
  const presence: Presence = { gone: [], unchanged: [] };
  const byName = new Map(present.map((input) => [input.log_object, input]));
  const byContent = Map.groupBy(present, contentOf);
  for (const input of recorded) {
    const namesake = byName.get(input.log_object);
    const isMovedHere = (other: Input) => isMoved(input, other);
    if (namesake && isSame(input, namesake)) presence.unchanged.push(input);
    else if (byContent.get(contentOf(input))?.some(isMovedHere)) continue;
    else if (!(namesake && isGrown(input, namesake)) && !isRenamed(input, present)) presence.gone.push(input);
  }
  return presence;
}

function contentOf({ etag, size_bytes }: Input): string {
  return `${size_bytes} ${etag}`;
}

/** The existing logs whose lines a day may lack: those that differ from all recorded ones. */
export function freshAmong<Present extends Input>(recorded: readonly Input[], present: readonly Present[]): Present[] {
  const byContent = Map.groupBy(recorded, contentOf);
  const isKnown = (input: Present) =>
    byContent.get(contentOf(input))?.some((one) => one.log_object === input.log_object || isMoved(one, input));
  return present.filter((input) => !isKnown(input));
}

/** True for equal content, judged by size and ETag. */
function isSame(one: Input, other: Input): boolean {
  return contentOf(one) === contentOf(other);
}

/** True if two logs with equal ETags are one log that was moved. A file's ETag is a time, which another file may share. */
function isMoved(one: Input, other: Input): boolean {
  if (one.start && other.start) return one.start.sha256 === other.start.sha256;
  return nameOf(one) === nameOf(other);
}

function nameOf({ log_object }: Input): string {
  return log_object.slice(log_object.lastIndexOf('/') + 1);
}

/** True if lines have been appended to a log. Without a recorded start it has grown if it is not shorter. */
function isGrown(recorded: Input, namesake: PresentInput): boolean {
  if (!recorded.start) return namesake.size_bytes >= recorded.size_bytes;
  return beginsLike(recorded, recorded.start, namesake);
}

function isRenamed(recorded: Input, present: readonly PresentInput[]): boolean {
  const { start } = recorded;
  return start !== undefined && present.some((other) => beginsLike(recorded, start, other));
}

function beginsLike(recorded: Input, start: FileStart, present: PresentInput): boolean {
  const isCompressed = [recorded, present].some(({ log_object }) => log_object.endsWith('.gz'));
  if (!isCompressed && present.size_bytes < recorded.size_bytes) return false;
  const found = present.startOf?.(start.bytes);
  return found?.bytes === start.bytes && found.sha256 === start.sha256;
}
