import type { Input, Unreadable } from '../../sources/input.ts';

/**
 * Athena recognizes compression by the end of a name: it unpacks .gz, .bz2 and .zst, and reads the bytes of all other
 * objects as text. The members of an archive then have garbage between them, and other compressed objects are only garbage.
 */
const NOT_TEXT: readonly [end: RegExp, what: string][] = [
  [/\.(tar|tgz|tbz2?|txz|tar\.\w+|zip|7z|rar)$/i, 'an archive'],
  [/\.(xz|lzma|lz|lz4|br|Z)$/, 'compressed in a way that Athena does not know'],
];

/** Objects that Athena cannot read, by their names. */
export function unreadableObjects(inputs: readonly Input[]): Unreadable[] {
  return inputs.flatMap(({ log_object }) => {
    const found = NOT_TEXT.find(([end]) => end.test(log_object));
    return found ? [{ log_object, reason: `is ${found[1]}, so its lines are rejects; store its logs as .gz` }] : [];
  });
}
