import { describe, expect, test } from '@jest/globals';
import { APPROXIMATION, loadSections, parseSection } from '../../lib/sections/catalogue.ts';
import { loadColumns } from '../../lib/sections/columns.ts';
import { SECTION_GROUPS } from '../../lib/sections/section.ts';
import { readSectionFile } from '../../lib/sections/section-file.ts';
import { listSql, readSql } from '../../lib/sql/sql-files.ts';

const HEADER = `title: Methods
description: Which methods were used.
group: Traffic
order: 7
`;
const SELECT = 'SELECT method, {{requests}} AS requests FROM requests GROUP BY 1 ORDER BY 1 NULLS LAST';

describe('the catalogue', () => {
  test('starts with the headline, is sorted by group, and has each place in a group once', () => {
    const sections = loadSections();
    expect(sections[0]?.headline).toBe(true);
    const places = sections.map(({ group, order }) => SECTION_GROUPS.indexOf(group) * 1000 + order);
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
  });

  test('has one headline', () => {
    expect(loadSections().filter(({ headline }) => headline)).toHaveLength(1);
  });

  test('has a different title for each section', () => {
    const titles = loadSections().map(({ title }) => title);
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
  });

  test('describes no column that no section returns', () => {
    const returned = new Set(loadSections().flatMap(({ columns }) => columns.map(({ name }) => name)));
    expect([...loadColumns().keys()].filter((name) => !returned.has(name))).toEqual([]);
  });

  test('does not repeat the dictionary of columns in headers', () => {
    const repeated = listSql('sections').flatMap((file) => {
      const columns = readSectionFile(readSql(`sections/${file}`)).header.columns ?? {};
      return Object.entries(columns).flatMap(([name, changes]) => {
        const known: Record<string, unknown> = { ...loadColumns().get(name) };
        const same = Object.entries(changes).filter(([key, value]) => known[key] === value);
        return same.map(([key]) => `${file}: ${name}.${key}`);
      });
    });
    expect(repeated).toEqual([]);
  });
});

describe('a section file', () => {
  test('becomes a section, with measures replaced by their SQL', () => {
    expect(parseSection('methods', file(HEADER, SELECT))).toEqual({
      id: 'methods',
      title: 'Methods',
      description: 'Which methods were used.',
      group: 'Traffic',
      order: 7,
      columns: [
        { name: 'method', type: 'varchar', title: 'Method' },
        { name: 'requests', type: 'bigint', title: 'Requests', unit: 'count' },
      ],
      sql: SELECT.replace('{{requests}}', 'count(*)'),
    });
  });

  test('may describe its own columns, and override the dictionary', () => {
    const header = `${HEADER}columns:\n  method: { title: Verb }\n  share: { type: double, title: Share, unit: percent }\n`;
    const { columns } = parseSection('methods', file(header, 'SELECT method, 1E0 AS share FROM requests'));
    expect(columns).toEqual([
      { name: 'method', type: 'varchar', title: 'Verb' },
      { name: 'share', type: 'double', title: 'Share', unit: 'percent' },
    ]);
  });

  test.each([
    [HEADER, APPROXIMATION],
    [`${HEADER}note: The first 100.\n`, `The first 100. ${APPROXIMATION}`],
  ])('with an approximate column states the error bound', (header, note) => {
    const select = 'SELECT method, {{p95_ms}} AS p95_ms FROM requests GROUP BY 1';
    expect(parseSection('methods', file(header, select)).note).toBe(note);
  });

  test("with a template has the template's SQL and header, and its own keys replace those of the header", () => {
    const header = `template: user-agents
parameters: { key: browser, condition: "kind = 'bot'" }
title: Crawlers
description: Which crawlers came.
order: 1
columns:
  browser: { title: Crawler }
`;
    const section = parseSection('crawlers', file(header, ''));
    expect(section).toMatchObject({ group: 'Who and what', requires: ['user_agent'], title: 'Crawlers' });
    expect(section.charts).toEqual([{ kind: 'bars', title: 'Requests', x: ['browser'], y: ['requests'] }]);
    expect(section.columns[0]).toEqual({ name: 'browser', type: 'varchar', title: 'Crawler' });
    expect(section.sql).toContain("WHERE kind = 'bot'");
  });
});

describe('a section file is refused for', () => {
  const refused: [why: string, text: string, message: RegExp][] = [
    ['no header', SELECT, /block comment/],
    ['a header that is no YAML', file('title: [\n', SELECT), /Flow sequence/],
    ['a header without keys', file('Methods\n', SELECT), /mapping of keys/],
    ['an unknown key', file(`${HEADER}colour: red\n`, SELECT), /colour/],
    ['an unknown type', file(`${HEADER}columns:\n  method: { type: number }\n`, SELECT), /type/s],
    ['no description', file(HEADER.replace(/description.*\n/, ''), SELECT), /description/s],
    [
      'a column that nobody describes',
      file(HEADER, SELECT.replace('AS requests', 'AS hits_per_day')),
      /hits_per_day is not in sql\/columns\.yaml; describe it in the header/,
    ],
    [
      'a description of a column that the SELECT does not return',
      file(`${HEADER}columns:\n  verb: { type: varchar, title: Verb }\n`, SELECT),
      /describes the column verb, which the SELECT does not return/,
    ],
    [
      'a chart of a column that the SELECT does not return',
      file(`${HEADER}charts:\n  - { kind: bars, title: Bytes, x: method, y: [bytes_sent] }\n`, SELECT),
      /chart "Bytes" names the column bytes_sent/,
    ],
    [
      'a mail table of such a column',
      file(`${HEADER}mail:\n  table: { labels: [method], figures: [errors] }\n`, SELECT),
      /mail names the column errors/,
    ],
    [
      'findings without what they read',
      file(`${HEADER}insights: days\n`, SELECT),
      /insights: days names the column day/,
    ],
    ['ranks of nothing', file(`${HEADER}insights: ranks\n`, SELECT), /changes and ranks need the columns/],
    [
      'a template that does not exist',
      file(`${HEADER}template: nothing\n`, ''),
      /there is no template nothing in sql\/templates/,
    ],
    ['a path as a template', file(`${HEADER}template: ../sections/status\n`, ''), /template/],
    [
      'a parameter that the template does not have',
      file(`${HEADER}template: user-agents\nparameters: { colour: red }\n`, ''),
      /has no parameter colour/,
    ],
    ['a template and a SELECT', file(`${HEADER}template: user-agents\n`, SELECT), /must not have a SELECT/],
  ];
  test.each(refused)('%s', (_why, text, message) => {
    expect(() => parseSection('methods', text)).toThrow(message);
  });
});

function file(header: string, sql: string): string {
  return `/*\n${header}*/\n${sql}\n`;
}
