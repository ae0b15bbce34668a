import type { DuckDBConnection } from '@duckdb/node-api';
import type { Duckdb } from '../../engine/duckdb/duckdb.ts';
import { firstLines } from '../../sources/first-lines.ts';
import type { RawFile } from '../../sources/raw-files.ts';
import { type Candidate, type Detection, rankFormats } from '../detect.ts';
import type { Format } from '../format.ts';
import { MAPPED_COLUMNS, mappingSql } from '../mapping.ts';
import { duckdbReader } from './reader.ts';

/** How many lines of each file are read; fewer if there are many files. */
const LINES_PER_FILE = 100;
const LINES_IN_TOTAL = 20_000;
const MIN_LINES_PER_FILE = 5;
const COMMENT = '#';

/** Any leap year will do: it only matters whether a time without a year is a date. */
const FILE_DAY = "'2028-12-31'";

/** The columns that describe the request itself. */
const DESCRIPTIVE_COLUMNS = MAPPED_COLUMNS.filter((name) => !['log_object', 'extra', 'record_kind'].includes(name));

/**
 * Detects the format of each file: its first lines are read in every format. Undefined for a file whose lines fit none.
 * The result leaves out files that are empty, hold only comments or cannot be read.
 */
export async function detectFileFormats(
  duckdb: Duckdb,
  files: readonly RawFile[],
  formats: readonly Format[],
): Promise<Map<RawFile, Detection | undefined>> {
  const samples = await sampleFiles(files);
  const connections = await Promise.all(formats.map(() => duckdb.connect()));
  const [first] = connections;
  if (!first) return new Map();
  try {
    await storeLines(first, samples);
    // Planning takes most of the time of each query, so the queries run at the same time.
    const tried = await Promise.all(connections.map((connection, index) => tryFormat(connection, formats[index])));
    const candidates = Map.groupBy(tried.flat(), ({ file }) => file);
    const detections = samples.map(({ file, lines }, index): [RawFile, Detection | undefined] => [
      file,
      rankFormats(candidates.get(index)?.map(({ candidate }) => candidate) ?? [], lines, file.path),
    ]);
    return new Map(detections);
  } finally {
    await first.run('DROP TABLE IF EXISTS first_lines');
    for (const connection of connections) connection.closeSync();
  }
}

interface Sample {
  file: RawFile;
  lines: string[];
}

async function sampleFiles(files: readonly RawFile[]): Promise<Sample[]> {
  const most = Math.max(MIN_LINES_PER_FILE, Math.min(LINES_PER_FILE, Math.floor(LINES_IN_TOTAL / files.length)));
  const samples: Sample[] = [];
  for (const file of files) samples.push({ file, lines: await firstLines(file.path, most) });
  return samples.filter(({ lines }) => lines.some((line) => !line.startsWith(COMMENT)));
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

/** Reads the stored lines in a format: one candidate per sample, which `file` numbers. */
async function tryFormat(
  connection: DuckDBConnection,
  format: Format | undefined,
): Promise<{ file: number; candidate: Candidate }[]> {
  if (!format) return [];
  const mapped = mappingSql(format, `(${duckdbReader(format, '(SELECT * FROM first_lines)', FILE_DAY)})`);
  const filled = DESCRIPTIVE_COLUMNS.map((name) => `("${name}" IS NOT NULL)::INTEGER`).join(' + ');
  // Many programs write a time at the start of a line: it alone says nothing of the format.
  const fits = "(line IS NULL AND record_kind IS DISTINCT FROM 'unknown')";
  const reader = await connection.runAndReadAll(
    `SELECT CAST(log_object AS INTEGER), count(*) FILTER (${fits}), count(*) FILTER (NOT ${fits}), coalesce(sum(${filled}) FILTER (${fits}), 0)
     FROM (${mapped}) GROUP BY log_object`,
  );
  return reader.getRowsJS().map((row) => {
    const [file = 0, requests = 0, rejected = 0, filledColumns = 0] = row.map(Number);
    return { file, candidate: { format, requests, rejected, filled: filledColumns } };
  });
}
