import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { REJECTED_COLUMNS, REQUEST_COLUMNS, type RequestColumn } from '../../lib/model/request-columns.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'lake.md'), 'utf8');

/** The rows of the first table below a heading. */
function rowsBelow(heading: string): string[] {
  const [, below = ''] = page.split(`${heading}\n`);
  const [table = ''] = /(?:^\|.*\n)+/m.exec(below) ?? [];
  return table.trimEnd().split('\n').slice(2);
}

test.each<[string, readonly RequestColumn[]]>([
  ['## Columns of `requests`', REQUEST_COLUMNS],
  ['## Columns of `rejected`', REJECTED_COLUMNS],
])('docs/lake.md, %s, lists every column in its order, with type and meaning', (heading, columns) => {
  const rows = columns.map(({ name, type, description }) => `| \`${name}\` | ${type} | ${description} |`);
  expect(rowsBelow(heading)).toEqual(rows);
});
