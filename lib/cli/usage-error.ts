/** Options that are wrong or do not go together: the process exits with 2 instead of 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
