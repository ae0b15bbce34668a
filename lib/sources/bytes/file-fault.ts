/**
 * Why a raw file is not read, or not to its end: a predicate for a sentence that begins with the file's name, with the way
 * out if there is one. Readers throw it after the last byte that can be read.
 */
export class FileFault extends Error {}

/** Why a file cannot be opened. */
export function cannotOpen({ code, message }: NodeJS.ErrnoException): FileFault {
  return new FileFault(`cannot be opened: ${code === 'EACCES' ? 'permission denied; check its permissions' : message}`);
}

/** Why a file that was opened cannot be read: the disk may be broken. */
export function cannotRead({ message }: Error): FileFault {
  return new FileFault(`cannot be read: ${message}`);
}
