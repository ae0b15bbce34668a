import type { DuckDBConnection } from '@duckdb/node-api';
import { readLines } from '../../sources/line-reader.ts';
import type { RawFile } from '../../sources/raw-files.ts';

/** With more rejected lines, line numbers are not looked up: the files then probably have another format. */
const MAX_NUMBERED_REJECTS = 100_000;

/** A decoder writes U+FFFD for invalid UTF-8; the line in the file may then have another length in bytes. */
const REPLACEMENT = '\ufffd';

/**
 * Copies the rejected lines of a table of mapped rows with `day` into the table `rejects`, which every connection sees: the
 * columns of the lake's `rejected`, and `day`. DuckDB does not number the lines it reads, so the rejected lines are looked
 * up in their files.
 */
export async function collectRejects(
  connection: DuckDBConnection,
  table: string,
  files: readonly RawFile[],
): Promise<void> {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE found AS
     SELECT reason, log_object, line, day, row_number() OVER (PARTITION BY log_object, line) AS occurrence
     FROM ${table} WHERE line IS NOT NULL`,
  );
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE numbered (log_object VARCHAR, line VARCHAR, occurrence BIGINT, line_number BIGINT)',
  );
  const reader = await connection.runAndReadAll('SELECT DISTINCT log_object, line FROM found');
  const rows = reader.getRowsJS() as [string, string][];
  if (rows.length <= MAX_NUMBERED_REJECTS)
    await number(
      connection,
      files,
      Map.groupBy(rows, ([log_object]) => log_object),
    );
  await connection.run(
    `CREATE OR REPLACE TABLE rejects AS
     SELECT reason, log_object, numbered.line_number AS line_number, line, CAST(1 AS BIGINT) AS copies, day
     FROM found LEFT JOIN numbered USING (log_object, line, occurrence)`,
  );
}

/** Fills the table `numbered` with the line numbers of rejected lines, which `rejected` holds by file. */
async function number(
  connection: DuckDBConnection,
  files: readonly RawFile[],
  rejected: ReadonlyMap<string, [string, string][]>,
): Promise<void> {
  const appender = await connection.createAppender('numbered');
  for (const { path, log_object } of files) {
    const texts = new Set(rejected.get(log_object)?.map(([, line]) => line));
    if (texts.size === 0) continue;
    const lengths = new Set([...texts].map((text) => Buffer.byteLength(text)));
    const anyLength = [...texts].some((text) => text.includes(REPLACEMENT));
    const seen = new Map<string, bigint>();
    for await (const { number, text } of readLines(path, (length_bytes) => anyLength || lengths.has(length_bytes))) {
      if (!texts.has(text)) continue;
      const occurrence = (seen.get(text) ?? 0n) + 1n;
      seen.set(text, occurrence);
      appender.appendVarchar(log_object);
      appender.appendVarchar(text);
      appender.appendBigInt(occurrence);
      appender.appendBigInt(BigInt(number));
      appender.endRow();
    }
  }
  appender.closeSync();
}
