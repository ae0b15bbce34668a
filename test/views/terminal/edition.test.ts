import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { textWidth } from '../../../lib/views/terminal/cell.ts';
import { editionLines } from '../../../lib/views/terminal/edition.ts';
import { hostileText, sampleEdition } from '../../editions.ts';

const WIDE = { width: 100, color: false };

describe('an edition at a glance', () => {
  const lines = editionLines(sampleEdition(), WIDE);

  test('starts with title and period, and the figures with their changes', () => {
    expect(lines.slice(0, 5)).toEqual([
      'Who reads our data, October 2026',
      '2026-10-01 to 2026-10-31',
      '',
      '  Requests               2,345,001  ▲ 12.3% (+257,347)',
      '  Error rate                 0.99%  ▲ +0.41 points',
    ]);
  });

  test('draws a sparkline of the days, with the largest value', () => {
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}Requests {4}[▁-█·]{31} {2}most [\d,]+ on 2026-10-\d\d$/));
  });

  test('lists the findings, with their figures', () => {
    expect(lines).toContain('  ▲ Server errors (5xx) rose from 0 to 211.');
  });

  test('shows the first of the top tables as bars, the largest the longest', () => {
    const at = lines.indexOf('Top requesters  requests');
    const bars = lines.slice(at + 1, at + 6);
    expect(bars[0]).toMatch(/port\/i-0abc1234def567890 {2}1,234,567 {2}█{24}$/);
    expect(bars).toHaveLength(5);
    const lengths = bars.map((line) => line.match(/█*/g)?.join('').length ?? 0);
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
  });

  test('shows the owner of a requester or an address with its value', () => {
    const owners = { requester: { anonymous: 'Everybody' }, client_ip: { '192.0.2.17': 'Office' } };
    const named = editionLines(sampleEdition(30, undefined, { owners }), WIDE).join('\n');
    expect(named).toContain('  Everybody (anonymous) ');
    expect(named).toContain('  Office (192.0.2.17) ');
  });

  test('of a web server shows endpoints and their errors, and no figure that its log lacks', () => {
    const lacking = { bytes_received: 0, requesters: 0, median_ms: null, p95_ms: null };
    const { headline, headline_before } = sampleEdition().record;
    const changes = {
      headline: { ...headline, ...lacking },
      headline_before: { ...headline_before, ...lacking },
    };
    const web = editionLines(sampleEdition(30, undefined, changes, ['web']), WIDE);
    expect(web).toContain('Top endpoints  requests');
    expect(web).toContainEqual(expect.stringMatching(/^Error-prone endpoints /));
    const text = web.join('\n');
    expect(text).not.toContain('Received from clients');
    expect(text).not.toContain('Median time');
    expect(text).toContain('Sent to clients');
  });

  test('without a previous period shows no change, and without requests says only that', () => {
    const first = editionLines(sampleEdition(30, undefined, { headline_before: { requests: 0 } }), WIDE);
    expect(first).toContain('  Requests               2,345,001');
    expect(editionLines(sampleEdition(0), WIDE)).toEqual([
      'Who reads our data, October 2026',
      '2026-10-01 to 2026-10-31',
      '',
      'No request was logged from 2026-10-01 to 2026-10-31.',
    ]);
  });

  test('of a report with few sections shows their rows', () => {
    const { record, tables } = sampleEdition();
    const sections = record.sections.filter(({ id }) => id === 'status');
    expect(editionLines({ record: { ...record, sections }, tables }, WIDE)).toContain('What moved');
  });
});

describe('hostile and odd logs', () => {
  test.each([40, 57, 80, 120])(
    'the lines stay within %d columns, and nothing in them acts on the terminal',
    (width) => {
      const title = 'A title that is much longer than any terminal is wide '.repeat(4);
      const edition = sampleEdition(30, hostileText, { title });
      const [plain, colored] = [false, true].map((color) => editionLines(edition, { width, color }).join('\n'));
      for (const line of plain?.split('\n') ?? [])
        expect({ line, fits: textWidth(line) <= width }).toMatchObject({ fits: true });
      expect(plain?.replaceAll('\n', '')).not.toMatch(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/u);
      expect(stripVTControlCharacters(colored ?? '')).toBe(plain);
    },
  );
});
