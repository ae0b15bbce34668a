import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../lib/config/config.ts';
import { type Duckdb, openDuckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { duckdbReader } from '../../lib/formats/duckdb/reader.ts';
import type { Format } from '../../lib/formats/format.ts';
import { FORMATS } from '../../lib/formats/formats.ts';
import { mappingSql } from '../../lib/formats/mapping.ts';
import { applies } from '../../lib/sections/applies.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { sqlString } from '../../lib/sql/sql-string.ts';

const DOCUMENT = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'formats.md'), 'utf8');

let duckdb: Duckdb;
beforeAll(async () => {
  duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder: join(tmpdir(), `logtally-docs-${process.pid}`) });
});
afterAll(() => duckdb.close());

async function requestsOf(format: Format, log: string) {
  const values = log.split('\n').map((line) => `(${sqlString(line)}, 'a.log')`);
  const lines = `(SELECT * FROM (VALUES ${values.join(', ')}) AS lines (line, log_object))`;
  return duckdb.run(mappingSql(format, `(${duckdbReader(format, lines, "'2026-10-06'")})`));
}

describe('docs/formats.md', () => {
  test.each(FORMATS)('shows a line of $id that is a request', async (format) => {
    expect(DOCUMENT).toContain(`| \`${format.id}\` |`);
    const [, lines = ''] = DOCUMENT.match(new RegExp(`### ${format.id}\\n\`\`\`\\n([^\`]*)\\n\`\`\``)) ?? [];
    const [request] = await requestsOf(format, lines);
    expect(request?.line).toBeNull();
    expect(JSON.stringify(request?.time)).toMatch(/^"2026-10-06T/);
  });

  test('says how many sections each kind of source has', () => {
    const count = (kind: Format['kind']) => loadSections().filter((section) => applies(section, kind)).length;
    expect(DOCUMENT).toContain(`| storage (${count('storage')}) |`);
    expect(DOCUMENT).toContain(`| CDN, web (${count('web')}), load balancer (${count('load-balancer')}) |`);
    expect(count('cdn')).toBe(count('web'));
    expect(DOCUMENT).toContain(`| log lines (${count('log')}) |`);
  });

  test('describes formats of the user that work unchanged', async () => {
    const [, yaml = ''] = DOCUMENT.match(/```yaml\n([\s\S]*?)```/) ?? [];
    const { formats } = parseConfig(yaml, '/logtally.yaml', { section_ids: loadSections().map(({ id }) => id) });
    const [, line = ''] = DOCUMENT.match(/A line of `shop` is `([^`]+)`/) ?? [];
    const [shop, orders] = formats as [Format, Format];
    expect((await requestsOf(shop, line))[0]).toMatchObject({
      path: '/orders',
      query: 'page=2',
      status: 200,
      duration_ms: 12.5,
    });
    const order = {
      at: '2026-10-06T00:00:38Z',
      from: { address: '192.0.2.1' },
      resource: '/a',
      code: 201,
      timings: { total: 3 },
    };
    expect((await requestsOf(orders, JSON.stringify(order)))[0]).toMatchObject({
      client_ip: '192.0.2.1',
      path: '/a',
      status: 201,
      duration_ms: 3,
    });
  });
});
