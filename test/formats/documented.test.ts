import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../lib/config/config.ts';
import type { Format } from '../../lib/formats/format.ts';
import { FORMATS } from '../../lib/formats/formats.ts';
import { applies } from '../../lib/sections/applies.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { mapLines } from '../parser/mapped-lines.ts';

const DOCUMENT = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'formats.md'), 'utf8');

describe('docs/formats.md', () => {
  test.each(FORMATS)('shows a line of $id that is a request', (format) => {
    expect(DOCUMENT).toContain(`| \`${format.id}\` |`);
    const [, lines = ''] = DOCUMENT.match(new RegExp(`### ${format.id}\\n\`\`\`\\n([^\`]*)\\n\`\`\``)) ?? [];
    const [request] = mapLines(format, lines.split('\n'));
    expect(request?.line).toBeUndefined();
    expect(JSON.stringify(request?.time)).toMatch(/^"2026-10-06T/);
  });

  test('says how many sections each kind of source has', () => {
    const count = (kind: Format['kind']) => loadSections().filter((section) => applies(section, kind)).length;
    expect(DOCUMENT).toContain(`| storage (${count('storage')}) |`);
    expect(DOCUMENT).toContain(`| CDN, web (${count('web')}), load balancer (${count('load-balancer')}) |`);
    expect(count('cdn')).toBe(count('web'));
    expect(DOCUMENT).toContain(`| log lines (${count('log')}) |`);
  });

  test('describes formats of the user that work unchanged', () => {
    const [, yaml = ''] = DOCUMENT.match(/```yaml\n([\s\S]*?)```/) ?? [];
    const { formats } = parseConfig(yaml, '/logtally.yaml', { section_ids: loadSections().map(({ id }) => id) });
    const [, line = ''] = DOCUMENT.match(/A line of `shop` is `([^`]+)`/) ?? [];
    const [shop, orders] = formats as [Format, Format];
    expect(mapLines(shop, [line])[0]).toMatchObject({
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
    expect(mapLines(orders, [JSON.stringify(order)])[0]).toMatchObject({
      client_ip: '192.0.2.1',
      path: '/a',
      status: 201,
      duration_ms: 3,
    });
  });
});
