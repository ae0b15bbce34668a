import { DuckDBInstance } from '@duckdb/node-api';

/**
 * node bench/one-column.ts LOG
 * DuckDB reads each line as one text and adds up their lengths: the least that a report needs which leaves reading lines to it.
 */
const log = process.argv[2] ?? '';
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const reader = await connection.runAndReadAll(
  `SELECT count(*) AS lines, sum(length(line)) AS characters
  FROM read_csv(?, columns = {'line': 'VARCHAR'}, delim = '\x01', quote = '', escape = '', header = false,
    auto_detect = false, strict_mode = false, max_line_size = 1000000)`,
  [log],
);
process.stdout.write(`${reader.getRowsJS()}\n`);
