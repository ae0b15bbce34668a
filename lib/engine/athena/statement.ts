import type { Statement, Unload } from '../engine.ts';

/** Athena's limit on the text of a query, in bytes. */
const SQL_LIMIT_BYTES = 262_144;

/** Athena's limit on one execution parameter, in characters. */
const PARAMETER_LIMIT_CHARACTERS = 1024;

const BUCKET_AND_PREFIX = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/(?:[A-Za-z0-9][A-Za-z0-9_.=-]*\/)+$/;
const IDENTIFIER = /^[a-z_][a-z0-9_]*$/;

/** The text itself, once it is known to be short enough for Athena. */
export function checkedSql(sql: string): string {
  const size_bytes = Buffer.byteLength(sql);
  if (size_bytes > SQL_LIMIT_BYTES) {
    throw new Error(`the SQL is ${size_bytes} bytes long; Athena takes ${SQL_LIMIT_BYTES}: split the query`);
  }
  return sql;
}

/**
 * A value as Athena takes it in ExecutionParameters. Athena parses each one as an expression, so it is always sent as
 * a string literal with its quotes doubled, whatever it looks like; the SQL casts it where it needs another type.
 */
export function parameterLiteral(value: string): string {
  if (value.includes('\0')) throw new Error(`the parameter ${JSON.stringify(value)} holds a NUL character`);
  const literal = `'${value.replaceAll("'", "''")}'`;
  if (literal.length > PARAMETER_LIMIT_CHARACTERS) {
    throw new Error(
      `the parameter '${value.slice(0, 40)}…' is ${literal.length} characters long when quoted; ` +
        `Athena takes ${PARAMETER_LIMIT_CHARACTERS}`,
    );
  }
  return literal;
}

/**
 * The UNLOAD for a query's rows. Location and partition columns become part of the text, because Athena binds neither,
 * so both are held to a strict form first.
 */
export function unloadStatement({ select, location, partition_columns }: Unload): Statement {
  if (!BUCKET_AND_PREFIX.test(location)) {
    throw new Error(
      `cannot unload to ${JSON.stringify(location)}: it must read s3://bucket/prefix/ with letters, digits and ` +
        '_ . = - in the prefix',
    );
  }
  const odd = partition_columns.find((column) => !IDENTIFIER.test(column));
  if (odd !== undefined) throw new Error(`cannot partition by ${JSON.stringify(odd)}: it is no lower-case identifier`);
  const options = ["format = 'PARQUET'", "compression = 'ZSTD'"];
  if (partition_columns.length > 0) {
    options.push(`partitioned_by = ARRAY[${partition_columns.map((column) => `'${column}'`).join(', ')}]`);
  }
  // The select stands on lines of its own, so that a comment at its end cannot swallow the bracket.
  return {
    sql: `UNLOAD (\n${select.sql}\n) TO '${location}' WITH (${options.join(', ')})`,
    parameters: select.parameters,
  };
}
