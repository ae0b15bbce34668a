import type { Statement, Unload } from '../engine.ts';

/** Athena's limit on the text of a query, in bytes. */
const SQL_LIMIT_BYTES = 262_144;

/** Athena's limit on one execution parameter, in characters. */
const PARAMETER_LIMIT_CHARACTERS = 1024;

const BUCKET_AND_PREFIX = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/(?:[A-Za-z0-9][A-Za-z0-9_.=-]*\/)+$/;
const IDENTIFIER = /^[a-z_][a-z0-9_]*$/;

/** The SQL, unchanged. An Error if it is longer than Athena accepts. */
export function checkedSql(sql: string): string {
  const size_bytes = Buffer.byteLength(sql);
  if (size_bytes > SQL_LIMIT_BYTES) {
    throw new Error(`the SQL is ${size_bytes} bytes long; Athena accepts ${SQL_LIMIT_BYTES}: split the query`);
  }
  return sql;
}

/**
 * A value for Athena's ExecutionParameters. Athena parses each one as an expression, so every value is sent as a string
 * literal with its quotes doubled; the SQL casts it if it needs another type.
 */
export function parameterLiteral(value: string): string {
  if (value.includes('\0')) throw new Error(`the parameter ${JSON.stringify(value)} contains a NUL character`);
  const literal = `'${value.replaceAll("'", "''")}'`;
  if (literal.length > PARAMETER_LIMIT_CHARACTERS) {
    throw new Error(
      `the parameter '${value.slice(0, 40)}…' is ${literal.length} characters long when quoted; ` +
        `Athena accepts ${PARAMETER_LIMIT_CHARACTERS}`,
    );
  }
  return literal;
}

/**
 * The UNLOAD statement of a query. Athena cannot bind location and partition columns, so they become part of the text, and
 * both are checked against a strict pattern first.
 */
export function unloadStatement({ select, location, partition_columns }: Unload): Statement {
  if (!BUCKET_AND_PREFIX.test(location)) {
    throw new Error(
      `cannot unload to ${JSON.stringify(location)}: write it as s3://bucket/prefix/ with letters, digits and ` +
        '_ . = - in the prefix',
    );
  }
  const invalid = partition_columns.find((column) => !IDENTIFIER.test(column));
  if (invalid !== undefined) {
    throw new Error(`cannot partition by ${JSON.stringify(invalid)}: it is not a lower-case identifier`);
  }
  const options = ["format = 'PARQUET'", "compression = 'ZSTD'"];
  if (partition_columns.length > 0) {
    options.push(`partitioned_by = ARRAY[${partition_columns.map((column) => `'${column}'`).join(', ')}]`);
  }
  // The select is on separate lines, so that a comment at its end cannot hide the bracket.
  return {
    sql: `UNLOAD (\n${select.sql}\n) TO '${location}' WITH (${options.join(', ')})`,
    parameters: select.parameters,
  };
}
