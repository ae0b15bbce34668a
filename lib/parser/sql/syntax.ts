/** A type of Trino's that the project's mappings use. `unknown` is the type of a bare NULL. */
export type SqlType = 'varchar' | 'integer' | 'bigint' | 'double' | 'timestamp' | 'boolean' | 'array' | 'unknown';

/**
 * A value of any of them. Whole numbers beyond 2^53 are bigint, all others number. A timestamp is milliseconds since 1970, an
 * array one of texts, and a JSON value its text.
 */
export type Value = string | number | bigint | boolean | readonly string[] | null;

/** An expression as it is written. Operators are calls of functions with their name, such as `||`, `and`, `is_null`, `like`. */
export type Expression =
  | { kind: 'literal'; value: Value; type: SqlType }
  | { kind: 'column'; name: string }
  | { kind: 'call'; name: string; args: readonly Expression[] }
  | { kind: 'case'; branches: readonly { when: Expression; value: Expression }[]; otherwise: Expression }
  | { kind: 'cast'; argument: Expression; type: SqlType; isSafe: boolean };

/** `WITH … SELECT … FROM …`. */
export interface Query {
  tables: readonly { name: string; query: Query }[];
  /** True for `SELECT *, …`. */
  hasAll: boolean;
  columns: readonly { name: string; expression: Expression }[];
  from: string | Query;
}

export const NULL: Expression = { kind: 'literal', value: null, type: 'unknown' };
