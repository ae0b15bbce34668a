import type { Readable } from 'node:stream';

export interface StoredObject {
  /** Key relative to the store's root, with forward slashes. */
  key: string;
  size_bytes: number;
  /** Changes if the content changes. */
  etag: string;
  last_modified: Date;
}

export interface WriteOptions {
  content_type?: string;
  content_encoding?: string;
}

export interface PutOptions extends WriteOptions {
  /** Writes only if there is no such object yet. Of several writers at the same time, one succeeds. */
  if_absent?: boolean;
}

export interface ReadOptions {
  /** First byte to read; must be less than the object's size. */
  start_byte?: number;
  /** The ETag from a listing: an Error if the object has been replaced since. */
  etag?: string;
  /** Aborts the read with an Error. */
  signal?: AbortSignal;
}

/** The size and digest of what was written. */
export interface Written {
  size_bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

/**
 * The port to a folder of objects: a prefix of a bucket, or a directory. An object is visible only when it is complete, and
 * no key leads out of the root. Errors name the object and the way out.
 */
export interface Store {
  /** `s3://bucket/prefix/` or an absolute folder path, ending in a slash. */
  readonly root: string;
  /** Objects whose key starts with `prefix`, at any depth, in the order of the keys' UTF-8 bytes; empty if there are none. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** The whole object, or undefined if there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** The object as a stream. An Error if there is none. */
  read(key: string, options?: ReadOptions): Promise<Readable>;
  /** Writes an object. False if `if_absent` is set and the object exists. */
  put(key: string, body: Uint8Array | string, options?: PutOptions): Promise<boolean>;
  /** Writes an object from a stream of any length in bounded memory. If the stream throws, the old object stays. */
  write(key: string, chunks: AsyncIterable<Uint8Array>, options?: WriteOptions): Promise<Written>;
  copy(from_key: string, to_key: string): Promise<void>;
  /** Deletes objects. A key without an object is not an error. */
  delete(keys: readonly string[]): Promise<void>;
}
