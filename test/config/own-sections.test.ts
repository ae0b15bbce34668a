import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Config, parseConfig } from '../../lib/config/config.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';

const folder = mkdtempSync(join(tmpdir(), 'logtally-own-sections-'));
const mine = join(folder, 'mine');
beforeEach(() => {
  rmSync(mine, { recursive: true, force: true });
  mkdirSync(mine);
});
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = `title: Slow paths
description: Which paths are slow.
columns:
  path: { type: varchar, title: Path }
`;
const SELECT = `SELECT
  path,
  {{slow_requests}} AS slow_requests
FROM requests
GROUP BY 1
ORDER BY 2 DESC, 1 NULLS LAST
LIMIT 20
`;

function write(name: string, header = HEADER, sql = SELECT): void {
  writeFileSync(join(mine, name), `/*\n${header}*/\n${sql}`);
}

function parse(sections: string, reports = '{ m: {} }'): Config {
  const text = `sources: { web: { format: nginx } }\nreports: ${reports}\nsections: ${sections}\n`;
  return parseConfig(text, join(folder, 'logtally.yaml'), { section_ids: loadSections().map(({ id }) => id) });
}

/** The message, with the folder of the test left out. */
function errorOf(sections = './mine/*.sql', reports?: string): string {
  try {
    parse(sections, reports);
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '');
  }
  throw new Error('the sections are accepted');
}

describe('sections of the user', () => {
  test('are read with their SQL, so that their files are not needed where the config is used', () => {
    write('slow-paths.sql');
    const { sections, reports } = JSON.parse(JSON.stringify(parse('./mine/*.sql')));
    expect(sections).toMatchObject([
      {
        id: 'slow-paths',
        group: 'Own sections',
        columns: [
          { name: 'path', type: 'varchar', title: 'Path' },
          { name: 'slow_requests', type: 'bigint', title: 'Slow requests', unit: 'count' },
        ],
        sql: SELECT.trim().replace(
          '{{slow_requests}}',
          'CASE WHEN count(duration_ms) > 0 THEN count(*) FILTER (WHERE is_slow) END',
        ),
      },
    ]);
    expect(reports.m.sections).toContain('slow-paths');
  });

  test.each([
    ['a file', './mine/a.sql', ['a']],
    ['files and folders', '[./mine/b.sql, ./more/*.sql]', ['b', 'c']],
    ['nothing', '[]', []],
  ])('are those of %s', (_, sections, ids) => {
    mkdirSync(join(folder, 'more'), { recursive: true });
    write('a.sql');
    write('b.sql');
    write('../more/c.sql');
    expect(parse(sections).sections.map(({ id }) => id)).toEqual(ids);
  });

  test('can be named by a report, and have to fit its sources', () => {
    write('slow-paths.sql', `${HEADER}applies_to: [storage]\n`);
    expect(errorOf('./mine/*.sql', '{ m: { sections: [slow-paths] } }')).toContain(
      'reports.m.sections[0]: slow-paths needs storage logs, and the report reads web logs',
    );
    expect(parse('./mine/*.sql', '{ m: { sections: [overview] } }').reports.m?.sections).toEqual(['overview']);
    expect(errorOf('[]', '{ m: { sections: [slow-paths] } }')).toContain('cannot be "slow-paths"');
  });

  test('may use a template of ours', () => {
    write(
      'crawlers.sql',
      'template: user-agents\nparameters: { key: browser, condition: "kind = \'bot\'" }\ntitle: Crawlers\ndescription: Which came.\n',
      '',
    );
    expect(parse('./mine/*.sql').sections[0]?.sql).toContain("WHERE kind = 'bot'");
  });
});

describe('a section of the user is refused, with its file, its line and what to do, for', () => {
  test.each([
    [
      'its name',
      'SlowPaths.sql',
      HEADER,
      SELECT,
      'mine/SlowPaths.sql:1:1: the name of a section file is lower-case words',
    ],
    [
      'the id of one of ours',
      'overview.sql',
      HEADER,
      SELECT,
      'mine/overview.sql:1:1: there is a section overview already; rename the file',
    ],
    [
      'the name of another file',
      'report.sql',
      HEADER,
      SELECT,
      'mine/report.sql:1:1: an edition has another file report',
    ],
    ['YAML', 'a.sql', 'title: [\n', SELECT, 'mine/a.sql:3:1: is not YAML'],
    ['an unknown key', 'a.sql', `${HEADER}colour: red\n`, SELECT, 'mine/a.sql:6:1: colour: is not a known key'],
    ['the headline', 'a.sql', `${HEADER}headline: true\n`, SELECT, 'mine/a.sql:6:1: headline: is not a known key'],
    ['a missing title', 'a.sql', 'description: What.\n', SELECT, 'title: is missing'],
    [
      'an unknown group',
      'a.sql',
      `${HEADER}group: Traffick\n`,
      SELECT,
      'mine/a.sql:6:8: group: cannot be "Traffick"; did you mean Traffic?',
    ],
    [
      'an unknown type',
      'a.sql',
      HEADER.replace('varchar', 'text'),
      SELECT,
      'mine/a.sql:5:17: columns.path.type: cannot be "text"',
    ],
    [
      'ranks of nothing',
      'a.sql',
      `${HEADER}insights: ranks\n`,
      SELECT,
      'entity: is missing: changes and ranks need the columns',
    ],
    [
      'a column that nobody describes',
      'a.sql',
      HEADER,
      SELECT.replace('AS slow_requests', 'AS slow_ones'),
      'mine/a.sql:7:1: the column slow_ones is not in sql/columns.yaml; describe it in the header',
    ],
    [
      'a chart of another column',
      'a.sql',
      `${HEADER}charts:\n  - { kind: bars, title: Errors, x: path, y: [errors] }\n`,
      SELECT,
      'its chart "Errors" names the column errors, which the SELECT does not return',
    ],
    [
      'a table',
      'a.sql',
      HEADER,
      SELECT.replace('FROM requests', 'FROM logtally.owners'),
      'mine/a.sql:10:1: reads logtally.owners; a section may read requests',
    ],
    [
      'a second statement',
      'a.sql',
      HEADER,
      `${SELECT.trim()};\n`,
      'mine/a.sql:13:1: a section is one SELECT; remove the semicolon',
    ],
    [
      'a measure',
      'a.sql',
      HEADER,
      SELECT.replace('{{slow_requests}}', '{{slow_request}}'),
      'mine/a.sql:9:1: {{slow_request}} is not a measure or a setting; did you mean {{slow_requests}}?',
    ],
    ['no LIMIT', 'a.sql', HEADER, SELECT.replace('LIMIT 20\n', ''), 'mine/a.sql:12:1: ends without a LIMIT'],
  ])('%s', (_, name, header, sql, message) => {
    write(name, header, sql);
    expect(errorOf()).toContain(message);
  });

  test('no header', () => {
    writeFileSync(join(mine, 'a.sql'), SELECT);
    expect(errorOf()).toBe('mine/a.sql:1:1: it must start with a block comment that holds its header');
  });

  test('everything that is wrong with it at once', () => {
    write('a.sql', `${HEADER}colour: red\n`, SELECT.replace('20', '0.5').replace('FROM requests', 'FROM secrets'));
    expect(
      errorOf()
        .split('\n')
        .map((line) => line.split(': ')[0]),
    ).toEqual(['mine/a.sql:6:1', 'mine/a.sql:11:1', 'mine/a.sql:14:1']);
  });

  test.each([
    ['./mine/none.sql', 'logtally.yaml:3:11: sections: ./mine/none.sql leads to no section file'],
    ['[./mine/*.sql]', 'logtally.yaml:3:12: sections[0]: ./mine/*.sql leads to no section file'],
    ['7', 'logtally.yaml:3:11: sections: '],
  ])('the path %s', (sections, message) => {
    expect(errorOf(sections)).toContain(message);
  });
});
