import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { DuckDBConnection } from '@duckdb/node-api';
import { rawTableColumns } from '../../lib/formats/athena/reader.ts';
import type { Format } from '../../lib/formats/format.ts';
import { serdePattern } from '../../lib/formats/pattern.ts';
import type { ColumnType } from '../../lib/model/columns.ts';

/** An object as a table sees it. */
export interface TableObject {
  /** `s3://bucket/key`. */
  url: string;
  body: Buffer;
}

/** A table over the objects below `location`, as the Glue catalogue describes one. */
export interface GlueTable {
  name: string;
  /** `s3://bucket/prefix/`. */
  location: string;
  /** Makes the table in DuckDB again from the objects as they are now; `folder` is for files. */
  load(connection: DuckDBConnection, objects: readonly TableObject[], folder: string): Promise<void>;
}

/**
 * A RegexSerDe table over raw log lines: text columns, a last one for lines that do not fit, the hidden column "$path",
 * and partition columns that are the named groups of `projection`, matched against the whole URL. An object that
 * the projection does not match is invisible, as it is in Athena.
 */
export function rawTable(name: string, format: Format, location: string, projection: RegExp): GlueTable {
  return regexTable(name, rawTableColumns(format), serdePattern(format), location, projection);
}

/** The same from the columns and the pattern that a catalogue holds. */
export function regexTable(
  name: string,
  text_columns: readonly string[],
  input_regex: string,
  location: string,
  projection: RegExp,
): GlueTable {
  const pattern = new RegExp(`^(?:${input_regex})$`);
  const partitions = groupNames(projection);
  const columns = [...text_columns, ...partitions, '$path'];
  return {
    name,
    location,
    async load(connection, objects) {
      const definition = columns.map((column) => `"${column}" VARCHAR`).join(', ');
      await connection.run(`CREATE OR REPLACE TABLE "${name}" (${definition})`);
      // An appender ignores the search path.
      const [[schema] = []] = (await connection.runAndReadAll('SELECT current_schema()')).getRowsJS();
      const appender = await connection.createAppender(name, String(schema));
      for (const { url, body } of objects) {
        const place = url.match(projection);
        if (!place) continue;
        const placed = [...partitions.map((partition) => place.groups?.[partition]), url];
        for (const line of lines(url, body)) {
          for (const value of [...(line.match(pattern) ?? []).slice(1), ...placed]) {
            if (value === undefined) appender.appendNull();
            else appender.appendVarchar(value);
          }
          appender.endRow();
        }
      }
      appender.closeSync();
    },
  };
}

/** A table over Parquet objects in Hive folders; a column that an object lacks is NULL, its partitions are text. */
export function lakeTable(
  name: string,
  columns: readonly { name: string; type: ColumnType }[],
  partitions: readonly string[],
  location: string,
): GlueTable {
  const names = [...columns.map((column) => column.name), ...partitions].map((column) => `"${column}"`).join(', ');
  const empty = [
    ...columns.map((column) => `CAST(NULL AS ${column.type}) AS "${column.name}"`),
    ...partitions.map((partition) => `CAST(NULL AS VARCHAR) AS "${partition}"`),
  ].join(', ');
  return {
    name,
    location,
    async load(connection, objects, folder) {
      const files: string[] = [];
      for (const { url, body } of objects) {
        const file = join(folder, name, url.slice(location.length));
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, body);
        files.push(`'${file.replaceAll("'", "''")}'`);
      }
      const rows =
        files.length === 0
          ? ''
          : `UNION ALL BY NAME SELECT * FROM read_parquet([${files.join(', ')}],
               hive_partitioning = true, hive_types_autocast = false, union_by_name = true)`;
      await connection.run(
        `CREATE OR REPLACE VIEW "${name}" AS SELECT ${names} FROM (SELECT ${empty} WHERE false ${rows})`,
      );
    },
  };
}

/** Lines end in a line feed; an object is unpacked if its name ends in .gz, as Hadoop does. */
function lines(url: string, body: Buffer): string[] {
  const text = (url.endsWith('.gz') ? gunzipSync(body) : body).toString('utf8');
  const rows = text.split('\n');
  if (rows.at(-1) === '') rows.pop();
  return rows;
}

function groupNames(pattern: RegExp): string[] {
  return Object.keys(new RegExp(`${pattern.source}|`).exec('')?.groups ?? {});
}
