import { describe, expect, test } from '@jest/globals';
import { loadSections, parseSection } from '../../lib/sections/catalogue.ts';

const METADATA = `title: Methods
description: Which methods were used.
group: Traffic
order: 7
columns:
  method: { type: varchar, title: Method }
  requests: { type: bigint, title: Requests, unit: count }
`;
const SELECT = 'SELECT method, count(*) AS requests FROM requests GROUP BY 1 ORDER BY 1 NULLS LAST';

describe('the catalogue', () => {
  test('leads with the overview and keeps the order of the files', () => {
    const sections = loadSections();
    expect(sections[0]?.id).toBe('overview');
    const orders = sections.map(({ order }) => order);
    expect(orders).toEqual(orders.toSorted((a, b) => a - b));
    expect(new Set(orders).size).toBe(orders.length);
  });

  test('keeps each group together', () => {
    const groups = loadSections().map(({ group }) => group);
    const starts = groups.filter((group, index) => group !== groups[index - 1]);
    expect(starts).toEqual([...new Set(groups)]);
  });

  test('titles each section so that it is told from the others', () => {
    const titles = loadSections().map(({ title }) => title);
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([]);
  });

  test('reads a file into a section', () => {
    expect(parseSection('methods.sql', `/*\n${METADATA}*/\n${SELECT}\n`)).toEqual({
      id: 'methods',
      title: 'Methods',
      description: 'Which methods were used.',
      group: 'Traffic',
      order: 7,
      columns: [
        { name: 'method', type: 'varchar', title: 'Method' },
        { name: 'requests', type: 'bigint', title: 'Requests', unit: 'count' },
      ],
      sql: SELECT,
    });
  });
});

describe('a section file is refused, by its name', () => {
  const refused: [why: string, name: string, text: string, message: RegExp][] = [
    ['another name', 'TopTen.sql', file(METADATA, SELECT), /TopTen\.sql.*kebab-case/],
    ['no header', 'methods.sql', SELECT, /methods\.sql.*block comment/],
    ['a header that is no YAML', 'methods.sql', file('title: [', SELECT), /methods\.sql/],
    ['an unknown key', 'methods.sql', file(`${METADATA}colour: red\n`, SELECT), /methods\.sql.*colour/s],
    ['an unknown type', 'methods.sql', file(METADATA.replace('bigint', 'number'), SELECT), /methods\.sql.*type/s],
    ['no question', 'methods.sql', file(METADATA.replace(/description.*\n/, ''), SELECT), /methods\.sql.*description/s],
    [
      'a column that the SELECT lacks',
      'methods.sql',
      file(METADATA, SELECT.replace('AS requests', 'AS lines')),
      /declares the columns method, requests but selects method, lines/,
    ],
    [
      'columns in another order',
      'methods.sql',
      file(METADATA, 'SELECT count(*) AS requests, method FROM requests GROUP BY 2'),
      /selects requests, method/,
    ],
    [
      'an approximate column without its bound',
      'methods.sql',
      file(METADATA.replace('unit: count', 'approximate: true'), SELECT),
      /a note must state the bound/,
    ],
  ];
  test.each(refused)('%s', (_why, name, text, message) => {
    expect(() => parseSection(name, text)).toThrow(message);
  });
});

function file(metadata: string, sql: string): string {
  return `/*\n${metadata}*/\n${sql}\n`;
}
