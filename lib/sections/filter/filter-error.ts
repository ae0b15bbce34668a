/** A filter cannot be read. The message says where, what stands there and what could. */
export class FilterError extends Error {
  override readonly name = 'FilterError';
}
