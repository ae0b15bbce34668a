import { globSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { editorSchema } from '../../lib/config/schema.ts';
import { REQUEST_COLUMNS } from '../../lib/model/request-columns.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { copyProgram, run, type Shown } from './program.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-program-'));
  folders.push(folder);
  return folder;
}

describe('the catalogue is the only place that knows a section', () => {
  test("no TypeScript outside of it contains a section's id", () => {
    // These words mean a column of the lake or a key of the configuration.
    const schema = editorSchema([]) as { properties: Record<string, object> };
    const source = JSON.stringify(schema.properties.sources);
    const keys = [...Object.keys(schema.properties), ...[...source.matchAll(/"(\w+)":\{/g)].map(([, key]) => key)];
    const ordinary = new Set([...REQUEST_COLUMNS.map(({ name }) => name), ...keys]);
    const ids = new Set(loadSections().flatMap(({ id }) => (ordinary.has(id) ? [] : id)));
    const files = globSync(['lib/**/*.ts', 'lambdas/**/*.ts', 'bin/**/*.ts'], { cwd: ROOT });
    const found = files
      .filter((file) => !file.startsWith(join('lib', 'sections')) && !file.endsWith('page-script.ts'))
      .flatMap((file) => {
        const code = readFileSync(join(ROOT, file), 'utf8').replaceAll(/\/\*.*?\*\/|(?<!:)\/\/[^\n]*/gs, '');
        const literals = [...code.matchAll(/'([a-z0-9-]+)'|"([a-z0-9-]+)"|`([a-z0-9-]+)`/g)];
        return literals
          .map((literal) => literal.slice(1).find(Boolean) ?? '')
          .flatMap((id) => (ids.has(id) ? `${file}: ${id}` : []));
      });
    expect(files.length).toBeGreaterThan(200);
    expect(found).toEqual([]);
  });

  test('one new file appears on the page, in the mail, on the terminal and in an analysis', async () => {
    const folder = newFolder();
    writeFileSync(
      join(copyProgram(folder), 'sections', 'busy-paths.sql'),
      `/*
title: Busy paths
description: Which paths got the most requests, and how many of these failed.
group: Errors
order: 5
charts:
  - { kind: bars, title: Failed requests, x: path, y: [errors] }
mail:
  table: { labels: [path], figures: [requests, errors] }
terminal: bars
columns:
  path: { type: varchar, title: Path }
*/
SELECT
  path,
  {{requests}} AS requests,
  {{errors}} AS errors
FROM requests
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS LAST
LIMIT 10
`,
    );
    const { page, mail, terminal, analysis, files } = await run(folder);
    expect(files).toEqual(expect.arrayContaining(['busy-paths.parquet', 'busy-paths.csv.gz']));
    expect(page).toContain('<section id="busy-paths">');
    expect(page).toContain('id="busy-paths-chart-1"');
    expect(page).toContain('<bdi>/api/orders</bdi>');
    expect(mail.html).toContain('Busy paths');
    expect(mail.text).toContain('BUSY PATHS (3 OF 3)\n- /\n  Requests 160, Errors 34');
    expect(terminal).toMatch(/^Busy paths {2}requests\n {2}\/ +\d+ +█/m);
    expect(analysis.sections['busy-paths']?.rows[0]).toEqual({ path: '/', requests: 160, errors: 34 });
  });

  test('sections with other ids work the same', async () => {
    const [as_is, renamed] = [newFolder(), newFolder()];
    copyProgram(as_is);
    const sections = join(copyProgram(renamed), 'sections');
    for (const name of readdirSync(sections)) renameSync(join(sections, name), join(sections, `other-${name}`));
    const plain = ({ page, mail, terminal }: Shown) =>
      [page, mail.html, mail.text, terminal].map((text) =>
        text
          .replaceAll('other-', '')
          .replaceAll(/took [^;]+;/g, 'took some time;')
          .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?|logtally-program-\w+/g, ''),
      );
    const [expected, found] = [plain(await run(as_is)), plain(await run(renamed))];
    expect(found).toEqual(expected);
    // Findings of every kind that reads a section: days, changes, ranks or errors.
    expect(expected[0]).toContain('stands out with');
    expect(expected[0]).toContain('New endpoint /new.html');
    expect(expected[0]).toContain('Status 503 appeared');
  });
});
