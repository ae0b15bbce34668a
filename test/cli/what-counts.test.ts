import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { EditionRecord } from '../../lib/model/edition.ts';
import { logtally } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'logtally-what-counts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reports October 2026 from files with these lines: what the terminal, the page and the mail say, and the record. */
async function report(name: string, files: Readonly<Record<string, readonly string[]>>) {
  const [logs, out] = [join(folder, name), join(folder, `${name}-out`)];
  mkdirSync(logs);
  for (const [file, lines] of Object.entries(files)) writeFileSync(join(logs, file), `${lines.join('\n')}\n`);
  const period = ['--date-range', '2026-10-01', '2026-10-31'];
  const { code, stdout, stderr } = await logtally(['report', '--input', logs, '--out', out, ...period]);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  const edition = join(out, 'report', '2026-10-01_2026-10-31');
  const read = (file: string) => readFileSync(join(edition, file), 'utf8');
  const record: EditionRecord = JSON.parse(read('edition.json'));
  return { terminal: stdout.replace(/\s+/g, ' '), page: read('report.html'), mail: read('mail.eml'), record };
}

test('an error log beside an access log is counted apart and shown under Messages', async () => {
  const { terminal, page, record } = await report('nginx', {
    'access.log': [
      '192.0.2.1 - - [06/Oct/2026:00:00:01 +0000] "GET /a HTTP/1.1" 200 100 "-" "curl/8.11.1" 0.125',
      '192.0.2.2 - - [06/Oct/2026:00:00:02 +0000] "GET /b HTTP/1.1" 404 100 "-" "curl/8.11.1" 0.250',
    ],
    'error.log': [
      '2026/10/06 00:00:02 [error] 31#31: *1 open() "/srv/b" failed (2: No such file or directory), client: 192.0.2.2, server: shop.example.com, request: "GET /b HTTP/1.1", host: "shop.example.com"',
      '2026/10/06 00:00:03 [notice] 31#31: signal process started',
      '2026/10/06 00:00:04 [notice] 31#31: signal process started',
    ],
  });
  expect(record.headline).toMatchObject({ requests: 2, lines: 5, clients: 2, error_percent: 50 });
  expect(record.sources).toMatchObject([{ lines: 5, parsed: 5, requests: 2, not_requests: { message: 3 } }]);
  expect(record.sections.map(({ id, rows }) => [id, rows])).toEqual(
    expect.arrayContaining([
      ['messages', 2],
      ['levels', 2],
      ['non-requests', 1],
      ['top-endpoints', 2],
    ]),
  );
  expect(terminal).toContain('5 lines: 2 requests, 3 lines that are not requests (3 message), 0 duplicates');
  expect(page).toContain('Not in these figures: 3 lines that are not requests');
  // DuckDB estimates nothing.
  expect(terminal + page).not.toContain('≈');
});

test('a value that no line contains is unknown, and similar keys are named', async () => {
  const line = (second: number, status: number) =>
    `{"time":"2026-10-06T00:00:0${second}Z","remote_addr":"192.0.2.${second}","method":"GET","uri":"/a","reply_state_code":${status},"reply_size":612}`;
  const { terminal, page, mail, record } = await report('json', { 'app.log': [line(1, 200), line(2, 503)] });
  expect(record.headline).toMatchObject({ requests: 2, error_percent: null, errors_5xx: null, bytes_sent: null });
  expect(record.sources).toMatchObject([
    {
      unmapped: [
        { column: 'status', key: 'reply_state_code' },
        { column: 'bytes_sent', key: 'reply_size' },
      ],
    },
  ]);
  expect(record.findings).toEqual([]);
  expect(record.sections.map(({ id }) => id)).not.toContain('status-codes');
  expect(terminal).toContain('Error rate unknown Sent to clients unknown');
  expect(terminal).toContain('no request has a status; the key reply_state_code, which is not mapped, looks like it');
  expect(page).toMatch(/<dt>Error rate<\/dt>\s*<dd class="value" title="unknown">unknown<\/dd>/);
  expect(page).toContain('the key reply_state_code, which is not mapped');
  expect(mail).toContain('unknown');
  expect(terminal + mail).not.toMatch(/\b0%|\b0 B\b/);
});

test('a report over syslog alone counts lines', async () => {
  const { terminal, page, record } = await report('syslog', {
    'messages.log': [
      '<165>1 2026-10-05T00:00:38Z host.example.com shop 8710 - - order accepted',
      '<165>1 2026-10-06T00:00:38Z host.example.com shop 8710 - - order accepted',
    ],
  });
  expect(record.headline).toMatchObject({ requests: 0, lines: 2, error_percent: null, bytes_sent: null });
  expect(record.sections.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['lines-by-day', 'lines-by-hour', 'levels', 'applications', 'messages']),
  );
  expect(terminal).toContain('Lines 2');
  expect(terminal).not.toContain('Error rate');
  expect(page).not.toContain('Not in these figures: 2 lines');
});
