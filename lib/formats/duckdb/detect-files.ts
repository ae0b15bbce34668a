import type { DuckDBConnection } from '@duckdb/node-api';
import type { Duckdb } from '../../engine/duckdb/duckdb.ts';
import { firstLines } from '../../sources/first-lines.ts';
import type { RawFile } from '../../sources/raw-files.ts';
import { judge, type Trial, type Verdict } from '../detect.ts';
import type { Format } from '../format.ts';
import { MAPPED_COLUMNS, mappingSql } from '../mapping.ts';
import { duckdbReader } from './reader.ts';

/** How many lines of a file tell its format; fewer of each where there are many files. */
const LINES_A_FILE = 100;
const LINES_IN_ALL = 20_000;
const FEWEST_LINES = 5;
const COMMENT = '#';

/** Any leap year will do: nothing but whether a time without a year is a date is asked of it. */
const FILE_DAY = "'2028-12-31'";

/** Which columns say something of a request itself. */
const TELLING_COLUMNS = MAPPED_COLUMNS.filter((name) => name !== 'log_object' && name !== 'extra');

/**
 * The format of each file by its first lines, which are read in every format. Undefined for a file whose lines fit none.
 * Files without a line that could tell, or that cannot be read, are left out.
 */
export async function tellFormats(
  duckdb: Duckdb,
  files: readonly RawFile[],
  formats: readonly Format[],
): Promise<Map<RawFile, Verdict | undefined>> {
  const samples = sampleFiles(files);
  const connections = await Promise.all(formats.map(() => duckdb.connect()));
  const [first] = connections;
  if (!first) return new Map();
  try {
    await storeLines(first, samples);
    // Most of the time goes into the planning of each query, so they are planned at once.
    const tried = await Promise.all(connections.map((connection, index) => tryFormat(connection, formats[index])));
    const trials = Map.groupBy(tried.flat(), ({ file }) => file);
    const verdicts = samples.map(({ file, lines }, index): [RawFile, Verdict | undefined] => [
      file,
      judge(trials.get(index)?.map(({ trial }) => trial) ?? [], lines, file.path),
    ]);
    return new Map(verdicts);
  } finally {
    await first.run('DROP TABLE IF EXISTS first_lines');
    for (const connection of connections) connection.closeSync();
  }
}

interface Sample {
  file: RawFile;
  lines: string[];
}

function sampleFiles(files: readonly RawFile[]): Sample[] {
  const most = Math.max(FEWEST_LINES, Math.min(LINES_A_FILE, Math.floor(LINES_IN_ALL / files.length)));
  return files
    .map((file) => ({ file, lines: firstLines(file.path, most) }))
    .filter(({ lines }) => lines.some((line) => !line.startsWith(COMMENT)));
}

async function storeLines(connection: DuckDBConnection, samples: readonly Sample[]): Promise<void> {
  await connection.run('CREATE OR REPLACE TABLE first_lines (line VARCHAR, log_object VARCHAR)');
  const appender = await connection.createAppender('first_lines');
  for (const [index, { lines }] of samples.entries()) {
    for (const line of lines) {
      appender.appendVarchar(line);
      appender.appendVarchar(String(index));
      appender.endRow();
    }
  }
  appender.closeSync();
}

async function tryFormat(
  connection: DuckDBConnection,
  format: Format | undefined,
): Promise<{ file: number; trial: Trial }[]> {
  if (!format) return [];
  const mapped = mappingSql(format, `(${duckdbReader(format, '(SELECT * FROM first_lines)', FILE_DAY)})`);
  const filled = TELLING_COLUMNS.map((name) => `("${name}" IS NOT NULL)::INTEGER`).join(' + ');
  const reader = await connection.runAndReadAll(
    `SELECT CAST(log_object AS INTEGER), count(*) - count(line), count(line), sum(CASE WHEN line IS NULL THEN ${filled} ELSE 0 END)
     FROM (${mapped}) GROUP BY log_object`,
  );
  return reader.getRowsJS().map((row) => {
    const [file = 0, requests = 0, rejected = 0, filledColumns = 0] = row.map(Number);
    return { file, trial: { format, requests, rejected, filled: filledColumns } };
  });
}
