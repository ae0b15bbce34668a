import type { Readable } from 'node:stream';

export interface StoredObject {
  /** Key relative to the store's root, with forward slashes. */
  key: string;
  size_bytes: number;
  /** Changes whenever the content changes. */
  etag: string;
  last_modified: Date;
}

export interface WriteOptions {
  content_type?: string;
  content_encoding?: string;
}

export interface PutOptions extends WriteOptions {
  /** Writes only when nothing is there yet; of several that try at once, one succeeds. */
  if_absent?: boolean;
}

export interface ReadOptions {
  /** Where to start; less than the object has. */
  start_byte?: number;
  /** Of the object as it was listed: another one in its place is an error. */
  etag?: string;
  /** Ends the reading, with an error. */
  signal?: AbortSignal;
}

/** What was written from a stream. */
export interface Written {
  size_bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

/**
 * The port to a folder of objects: a bucket's prefix, or a directory. Nothing half written is ever visible, and no key
 * leads out of the root. Errors name the object and the way out.
 */
export interface Store {
  /** `s3://bucket/prefix/` or an absolute folder path, ending in a slash. */
  readonly root: string;
  /** Objects whose key starts with `prefix`, at any depth, in the order of the keys' UTF-8. An absent prefix is an empty list. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** The whole object, or undefined when there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** The object as a stream; throws when there is none. */
  read(key: string, options?: ReadOptions): Promise<Readable>;
  /** Writes an object; false when `if_absent` found one there. */
  put(key: string, body: Uint8Array | string, options?: PutOptions): Promise<boolean>;
  /** Writes an object from a stream of any length in bounded memory. When the stream throws, what was there stays. */
  write(key: string, chunks: AsyncIterable<Uint8Array>, options?: WriteOptions): Promise<Written>;
  copy(from_key: string, to_key: string): Promise<void>;
  /** Deletes objects; keys that are not there are no error. */
  delete(keys: readonly string[]): Promise<void>;
}
