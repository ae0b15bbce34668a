/** What Trino would fail with on a value. `try` turns it into NULL. */
export class SqlFailure extends Error {}
