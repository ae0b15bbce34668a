/** A filter that cannot be read. The message states the place, what was found and what was expected. */
export class FilterError extends Error {
  override readonly name = 'FilterError';
}
