import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Duckdb, openDuckdb } from '../../lib/engine/duckdb.ts';
import { fastReader } from '../../lib/formats/fast-reader.ts';
import { UNPARSED_COLUMN } from '../../lib/formats/format.ts';
import { formatOf } from '../../lib/formats/formats.ts';
import { serdePattern } from '../../lib/formats/pattern.ts';
import { generateLines } from '../../samples/generator/entries.ts';
import { GOOD_LINE, HOSTILE_LINES, mutatedLines } from './hostile-lines.ts';

/* The DuckDB reader splits where Athena matches a pattern. They must agree on every line, most of all on hostile ones. */

const PUBLIC_SAMPLES = join(import.meta.dirname, '..', '..', '..', 'shared', 'samples', 's3');
const s3Access = formatOf('s3-access');
const pattern = new RegExp(`^(?:${serdePattern(s3Access)})$`);
const names = s3Access.fields.map(({ name }) => name);

let duckdb: Duckdb;
beforeAll(async () => {
  duckdb = await openDuckdb({
    memory: '1GB',
    threads: 2,
    temp_folder: join(tmpdir(), `logtally-agreement-${process.pid}`),
  });
});
afterAll(() => duckdb.close());

/** What the pattern says of a line: its columns, or only that it does not fit. */
function matched(line: string): Record<string, string | null> {
  const groups = pattern.exec(line)?.slice(1) ?? [];
  const unparsed = groups[names.length] ?? null;
  if (unparsed !== null) return { [UNPARSED_COLUMN]: unparsed };
  return Object.fromEntries([...names.map((name, index) => [name, groups[index] ?? null]), [UNPARSED_COLUMN, null]]);
}

/** What the reader says of lines, in their order. */
async function read(lines: readonly string[]): Promise<Record<string, string | null>[]> {
  const connection = await duckdb.connect();
  await connection.run('CREATE OR REPLACE TEMP TABLE lines (number BIGINT, line VARCHAR)');
  const appender = await connection.createAppender('lines');
  for (const [number, line] of lines.entries()) {
    appender.appendBigInt(BigInt(number));
    appender.appendVarchar(line);
    appender.endRow();
  }
  appender.closeSync();
  const reader = fastReader(s3Access, '(SELECT line, CAST(number AS VARCHAR) AS log_object FROM lines)');
  const rows = await connection.runAndReadAll(`SELECT * FROM (${reader}) ORDER BY CAST("$path" AS BIGINT)`);
  connection.closeSync();
  return rows
    .getRowObjectsJS()
    .map(({ $path, line: _line, ...row }) =>
      row[UNPARSED_COLUMN] === null ? row : { [UNPARSED_COLUMN]: row[UNPARSED_COLUMN] },
    ) as Record<string, string | null>[];
}

async function expectAgreement(lines: readonly string[]): Promise<number> {
  const rows = await read(lines);
  const differences = lines.flatMap((line, index) => {
    const [expected, found] = [matched(line), rows[index]];
    return JSON.stringify(expected) === JSON.stringify(found) ? [] : [{ line, expected, found }];
  });
  expect(differences.slice(0, 3)).toEqual([]);
  return rows.filter((row) => row[UNPARSED_COLUMN] !== null).length;
}

test('hostile lines', async () => {
  expect(await expectAgreement(HOSTILE_LINES)).toBe(9);
});

test('thousands of lines with characters dropped, doubled, swapped and moved', async () => {
  const mutated = mutatedLines([...generateLines({ lines: 300 }), ...HOSTILE_LINES], 10_000);
  expect(await expectAgreement(mutated)).toBeGreaterThan(500);
});

(existsSync(PUBLIC_SAMPLES) ? test : test.skip)('lines that others published', async () => {
  const files = readdirSync(PUBLIC_SAMPLES).filter((name) => name.endsWith('.log'));
  const lines = files.flatMap((name) => readFileSync(join(PUBLIC_SAMPLES, name), 'utf8').split('\n').filter(Boolean));
  expect(await expectAgreement(lines)).toBe(0);
});

test('a line of a million quotes takes no time worth speaking of', () => {
  const started = performance.now();
  pattern.exec(`${'"'.repeat(1_000_000)}`);
  pattern.exec(GOOD_LINE.replace('curl/8.4.0', '" "'.repeat(60_000)));
  expect(performance.now() - started).toBeLessThan(2_000);
});
