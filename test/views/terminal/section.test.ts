import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { Table } from 'apache-arrow';
import type { Column } from '../../../lib/model/columns.ts';
import { recordBatch } from '../../../lib/tables/schema.ts';
import { textWidth } from '../../../lib/views/terminal/cell.ts';
import { terminalSection } from '../../../lib/views/terminal/section.ts';
import { hostileText, sampleEdition, usualText } from '../../editions.ts';

const COLUMNS: Column[] = [
  { name: 'bucket', type: 'varchar', title: 'Bucket' },
  { name: 'object', type: 'varchar', title: 'Object' },
  { name: 'requests', type: 'bigint', title: 'Requests', unit: 'count' },
  { name: 'bytes_sent', type: 'bigint', title: 'Bytes sent', unit: 'bytes' },
];
const SECTION = {
  id: 'top',
  title: 'Top objects',
  description: 'Which objects were asked for most often.',
  columns: COLUMNS,
};

function table(...rows: [string | null, string | null, bigint, bigint][]): Table {
  return new Table([
    recordBatch(
      COLUMNS,
      COLUMNS.map((_, index) => rows.map((row) => row[index])),
    ),
  ]);
}

describe('a section', () => {
  test('is a table with right-aligned figures and a bar per rank', () => {
    const rows = table(
      ['photos', '漢字.jpg', 4000n, 2048n],
      ['photos', 'cat.jpg', 1000n, 5n * 1024n ** 2n],
      [null, '', 1n, 0n],
    );
    expect(terminalSection(SECTION, rows, { width: 60, color: false }).split('\n')).toEqual([
      'Top objects',
      'Which objects were asked for most often.',
      '',
      'Bucket  Object    Requests  Bytes sent',
      'photos  漢字.jpg     4,000       2 KiB  ████████████████████',
      'photos  cat.jpg      1,000       5 MiB  █████',
      '–       (empty)          1         0 B  ▏',
      '',
    ]);
  });

  test('says how much is left out, and where it is', () => {
    const rows = table(
      ...Array.from(
        { length: 12 },
        (_, index) => ['b', `k${index}`, BigInt(99 - index), 0n] as [string, string, bigint, bigint],
      ),
    );
    const text = terminalSection(SECTION, rows, { width: 60, color: false, rows: 5 });
    expect(text).toContain('k4');
    expect(text).not.toContain('k5');
    expect(text).toContain('… 7 more rows in top.csv.gz');
    const narrow = terminalSection(SECTION, table(['a bucket', 'an object', 1n, 1n], ['b', 'c', 1n, 1n]), {
      width: 22,
      color: false,
    });
    expect(narrow).toContain('… 2 more columns in\ntop.csv.gz');
  });

  test('without rows says so, and with one row is a list', () => {
    expect(terminalSection(SECTION, table(), { width: 60, color: false })).toContain('No rows.');
    expect(
      terminalSection(SECTION, table(['photos', 'cat.jpg', 4000n, 2048n]), { width: 60, color: false })
        .split('\n')
        .slice(3, 7),
    ).toEqual(['Bucket      photos', 'Object      cat.jpg', 'Requests    4,000', 'Bytes sent  2 KiB']);
  });

  test('has colours only if they are switched on', () => {
    const rows = table(['a', 'b', 2n, 1n], ['c', 'd', 1n, 1n]);
    const colored = terminalSection(SECTION, rows, { width: 60, color: true });
    expect(colored).toContain('\u001b[');
    expect(stripVTControlCharacters(colored)).toBe(terminalSection(SECTION, rows, { width: 60, color: false }));
  });
});

describe('every section of the catalogue', () => {
  const cases = [usualText, hostileText].flatMap((textOf) =>
    [1, 30].map((rows) => ({ rows, edition: sampleEdition(rows, textOf) })),
  );

  test.each([40, 80, 120])('stays within %d columns for any log', (width) => {
    for (const { edition } of cases) {
      for (const section of edition.record.sections) {
        const drawn = terminalSection(section, edition.tables.get(section.id) ?? table(), { width, color: false });
        for (const line of drawn.split('\n'))
          expect({ id: section.id, line, fits: textWidth(line) <= width }).toMatchObject({ fits: true });
        expect(drawn.replaceAll('\n', '')).not.toMatch(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/u);
      }
    }
  });
});
