import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readLines } from '../../lib/sources/line-reader.ts';

const MIB = 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'logtally-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ALL = (_length_bytes: number, _number: number): boolean => true;

/** The lines of a file with these contents, as `number:text`. */
async function linesOf(
  contents: string | Buffer,
  { name = 'access.log', wanted = ALL }: { name?: string; wanted?: typeof ALL } = {},
): Promise<string[]> {
  const path = join(folder, name);
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(contents) : contents);
  const lines: string[] = [];
  for await (const { number, text } of readLines(path, wanted)) lines.push(`${number}:${text}`);
  return lines;
}

test.each([
  ['LF', 'a\nb\n', ['1:a', '2:b']],
  ['CRLF', 'a\r\nb\r\n', ['1:a', '2:b']],
  ['CR', 'a\rb\r', ['1:a', '2:b']],
  ['a mixture, with empty lines', 'a\n\r\r\n\n\rb', ['1:a', '2:', '3:', '4:', '5:', '6:b']],
  ['nothing at the end', 'a\nb', ['1:a', '2:b']],
  ['no byte at all', '', []],
])('lines may end with %s', async (_ending, contents, lines) => {
  expect(await linesOf(contents)).toEqual(lines);
  expect(await linesOf(contents, { name: 'access.log.gz' })).toEqual(lines);
});

describe('a file of several chunks', () => {
  test.each([-2, -1, 0, 1])('has the same lines if a CRLF is %i bytes from the start of the second', async (offset) => {
    const first = 'a'.repeat(MIB + offset);
    expect(await linesOf(`${first}\r\nb\r\nc`)).toEqual([`1:${first}`, '2:b', '3:c']);
  });

  test('may split a character', async () => {
    const first = `${'a'.repeat(MIB - 1)}ü`;
    expect(await linesOf(`${first}\nb`)).toEqual([`1:${first}`, '2:b']);
  });
});

test('of a line above 16 MiB the start and the size are kept, and the next one is whole', async () => {
  expect(await linesOf(`${'a'.repeat(18 * MIB)}\nb`)).toEqual([`1:${'a'.repeat(1000)}… (${18 * MIB} bytes)`, '2:b']);
});

test('bytes that are not UTF-8 become U+FFFD', async () => {
  expect(await linesOf(Buffer.from([0x61, 0xff, 0x0a, 0x62]))).toEqual(['1:a\ufffd', '2:b']);
});

test('lines are picked by length and number', async () => {
  const wanted = (length_bytes: number, number: number) => length_bytes === 2 || number === 4;
  expect(await linesOf('a\nbb\nü\nd\ne', { wanted })).toEqual(['2:bb', '3:ü', '4:d']);
});

test('a gzip file that is cut off is read up to the cut', async () => {
  const path = join(folder, 'broken.log.gz');
  writeFileSync(path, gzipSync('a\nb\n').subarray(0, -6));
  const lines: string[] = [];
  for await (const { text } of readLines(path, ALL)) lines.push(text);
  expect(lines).toEqual(['a', 'b']);
});
