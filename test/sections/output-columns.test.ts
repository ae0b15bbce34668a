import { expect, test } from '@jest/globals';
import { outputColumns } from '../../lib/sections/output-columns.ts';

const cases: [sql: string, columns: string[]][] = [
  ['SELECT path FROM requests', ['path']],
  ['SELECT r.path, count(*) AS requests FROM requests AS r', ['path', 'requests']],
  ['SELECT path, (SELECT max(time) FROM requests) AS last_seen FROM requests', ['path', 'last_seen']],
  ['WITH totals AS (SELECT count(*) AS requests FROM requests) SELECT requests AS lines FROM totals', ['lines']],
  ["SELECT ', FROM here' AS text -- , FROM there\n, path FROM requests", ['text', 'path']],
  ['SELECT coalesce(a, b) AS x, p[1] AS y, CASE WHEN c THEN 1 END AS z FROM requests', ['x', 'y', 'z']],
  ['SELECT 1 AS one', ['one']],
];

test.each(cases)('%s', (sql, columns) => {
  expect(outputColumns(sql)).toEqual(columns);
});
