const WAYS_OUT: Record<string, string> = {
  ENOSPC: 'the disk is full; free some space or choose another folder',
  EDQUOT: 'the disk quota is used up; free some space or choose another folder',
  EACCES: 'permission denied; change its permissions or choose another folder',
  EPERM: 'the operation is not permitted; choose another folder',
  EROFS: 'the disk is read-only; choose another folder',
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is a file where a folder is needed; remove it or choose another folder',
  EEXIST: 'there is a file where a folder is needed; remove it or choose another folder',
  EISDIR: 'there is a folder where the file should be; remove it or choose another folder',
};

/** For a known error of the file system, an Error with the path and the way out; any other error unchanged. */
export function explainFileError(error: unknown, path: string): unknown {
  const wayOut = WAYS_OUT[errorCode(error) ?? ''];
  return wayOut ? new Error(`${path}: ${wayOut}`, { cause: error }) : error;
}

/** True if the error says that there is no file at a path, which may also lead through a file or to a folder. */
export function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(errorCode(error) ?? '');
}

/** The code of a file system error, such as ENOENT. */
export function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
