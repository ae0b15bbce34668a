/** A raw object or file, as it was when its lines were read. */
export interface Input {
  log_object: string;
  size_bytes: number;
  etag: string;
  /** Left out if the name is never used for another content, as with the objects that log services deliver. */
  start?: FileStart;
}

/** The first bytes of a file, uncompressed: they stay when a log grows, is renamed or is compressed. */
export interface FileStart {
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

/** A raw object or file that was passed over, or read in part. */
export interface Unreadable {
  log_object: string;
  /** A predicate with the way out: "is a zip archive; unpack it with unzip". */
  reason: string;
}
