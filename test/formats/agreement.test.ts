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

const LINE =
  '79a5 example-website [06/Oct/2026:00:00:38 +0000] 192.0.2.3 79a5 3E57427F3EXAMPLE REST.GET.OBJECT a.txt "GET /a.txt HTTP/1.1" 200 - 113 113 7 6 "-" "curl/8.4.0" - HOST= SigV4 ECDHE AuthHeader example.com TLSv1.2 - -';
const changed = (from: string, to: string) => LINE.replace(from, () => to);

const HOSTILE = [
  LINE,
  changed('"GET /a.txt HTTP/1.1"', '"GET /" HTTP/1.1"'),
  changed('"GET /a.txt HTTP/1.1"', '-'),
  changed('"GET /a.txt HTTP/1.1"', '"-"'),
  changed('"GET /a.txt HTTP/1.1"', '"GET /x" 404 - 1 1 1 1 "evil" "evil" - HTTP/1.1"'),
  changed('"curl/8.4.0"', '"curl/8.4.0""'),
  changed('"curl/8.4.0"', '""'),
  changed('"curl/8.4.0"', '"a" "b" "c"'),
  changed('"curl/8.4.0"', '"a\u2028b\tc\u0001😀"'),
  changed('"-" "curl', '"https://example.com/"q"" "curl'),
  changed('HOST=', 'AIDAEXAMPLE HOST='),
  changed('HOST=', 'AIDAEXAMPLE HOST'),
  changed('HOST=', '-'),
  changed('192.0.2.3', '2001:db8::1'),
  changed('+0000', '-0500'),
  changed('+0000]', '+0000]]'),
  changed('06/Oct', '31/Feb'),
  changed('06/Oct', '06/oct'),
  changed('00:00:38', '24:00:00'),
  changed(' 113 113 ', ' 1131131131131131131 113 '),
  changed(' 200 ', ' 2000 '),
  changed('a.txt "', 'a"b.txt "'),
  `${LINE} us-east-1`,
  `${LINE} us-east-1 "more" to come`,
  LINE.replace(/ - HOST=.*/, ''),
  LINE.replace(/ HOST=.*/, ''),
  ` ${LINE}`,
  `${LINE} `,
  changed(' 79a5 3E5', '  3E5'),
  '"""""" """" """"""',
  '      ',
  '-',
  'o b [06/Oct/2026:02:03:04 +0000] - AmazonS3 ID S3.EXPIRE.OBJECT k%20 - - - - 5 - - - - - H=',
  'o b [06/Oct/2026:02:03:04 +0000] - AmazonS3 ID BATCH.DELETE.OBJECT k "-" 204 - - - - - "-" "-" -',
];

test('hostile lines', async () => {
  expect(await expectAgreement(HOSTILE)).toBe(9);
});

test('thousands of lines with characters dropped, doubled, swapped and moved', async () => {
  let state = 7;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
  const good = [...generateLines({ lines: 300 }), ...HOSTILE];
  const alphabet = [...'" -[]=0A\t%\\\u2028😀'];
  const mutated = Array.from({ length: 10_000 }, () => {
    const characters = [...(good[random(good.length)] ?? '')];
    for (let change = 0; change <= random(4); change++) {
      const at = random(characters.length + 1);
      const other = random(characters.length + 1);
      const character = alphabet[random(alphabet.length)] ?? '';
      const kind = random(4);
      if (kind === 0) characters.splice(at, 1);
      else if (kind === 1) characters.splice(at, 0, character);
      else if (kind === 2) characters.splice(at, 1, character);
      else characters.splice(at, 0, ...characters.slice(other, other + random(20)));
    }
    return characters.join('');
  });
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
  pattern.exec(LINE.replace('curl/8.4.0', '" "'.repeat(60_000)));
  expect(performance.now() - started).toBeLessThan(2_000);
});
