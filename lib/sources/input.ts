/** A raw object or file, as it was when its lines were read. */
export interface Input {
  log_object: string;
  size_bytes: number;
  etag: string;
}
