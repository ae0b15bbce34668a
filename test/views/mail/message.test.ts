import { describe, expect, test } from '@jest/globals';
import { PNG } from 'pngjs';
import PostalMime from 'postal-mime';
import { SOURCE_KINDS } from '../../../lib/formats/format.ts';
import type { Edition } from '../../../lib/model/edition.ts';
import { composeMail, type MailOptions } from '../../../lib/views/mail/message.ts';
import { HOSTILE_TEXTS, hostileText, sampleEdition } from '../../editions.ts';

const link = (name: string) => `https://links.example.com/e/${'t'.repeat(200)}/${name}?a=1&b=2`;
const OPTIONS: MailOptions = {
  access: { link },
  from: 'reports@example.com',
  to: ['a@example.com', 'b@example.org'],
  reply_to: 'ops@example.com',
  subject_prefix: '[Logtally]',
};

async function read(edition: Edition, options: Partial<MailOptions> = {}) {
  const raw = await composeMail(edition, { ...OPTIONS, ...options });
  const {
    subject,
    html = '',
    text = '',
    headers,
    to,
    from,
    replyTo,
    messageId,
    date,
    attachments,
  } = await PostalMime.parse(raw);
  return { raw, subject, html, text, headers, to, from, replyTo, messageId, date, attachments };
}

describe('a mail', () => {
  const edition = sampleEdition();

  test('has sender, recipients, date and subject', async () => {
    const mail = await read(edition);
    expect(mail.subject).toBe(
      '[Logtally] Who reads our data, October 2026: 14 October 2026 stands out with 412,345 requests',
    );
    expect(mail.from).toMatchObject({ name: 'Logtally', address: 'reports@example.com' });
    expect(mail.to?.map(({ address }) => address)).toEqual(['a@example.com', 'b@example.org']);
    expect(mail.replyTo?.map(({ address }) => address)).toEqual(['ops@example.com']);
    expect(mail.date).toBe('2026-11-03T06:00:12.000Z');
    expect(mail.headers.find(({ key }) => key === 'content-type')?.value).toMatch(/^multipart\/alternative/);
    expect(mail.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
  });

  test('has the same bytes for the same edition, and another Message-ID per revision', async () => {
    const [once, twice] = [await read(edition), await read(edition)];
    expect(Buffer.from(twice.raw).equals(once.raw)).toBe(true);
    const revised = await read(sampleEdition(30, undefined, { revision: 2 }));
    expect(revised.messageId).not.toBe(once.messageId);
    expect(revised.messageId).toMatch(/^<[0-9a-f]{40}@example\.com>$/);
    expect(revised.subject).toMatch(/\(revision 2\)$/);
  });

  test('has the same facts in HTML and in plain text', async () => {
    const { html, text } = await read(edition);
    const said = html.replaceAll('&#39;', "'");
    for (const fact of [
      '2,345,001',
      '▲ 12.3% (+257,347)',
      '▲ +0.41 points',
      '7.81 EiB',
      '8 new',
      '7 fallen',
      '231,481 → 308,642 requests',
      'arn:aws:iam::111122223333:user/maria.lopez',
      'reports/Überblick 2026/Zusammenfassung – Q3.pdf',
      'Block public access',
      'Status 503 (SlowDown) appeared: 211 requests, none in the period before.',
      'October 2026: most 1,234,567, Thu, 1 October 2026. September 2026: most 987,654, Tue, 1 September 2026.',
      '2,345,678 lines: 2,345,001 requests, 612 duplicates, 65 rejected (<0.01%)',
      'Log delivery is best effort',
      'Amazon Athena scanned 1.46 GiB for $0.00784 in 41.3 s.',
    ]) {
      expect(text).toContain(fact);
      expect(said).toContain(fact.replace('<', '&lt;'));
    }
  });

  test('without links has the page as an attachment, and says where the files are', async () => {
    const page = '<!doctype html>\n<p>Größe: 5 “é”</p>\n';
    const folder = 's3://example-results/editions/website/2026-10-01_2026-10-31/';
    const { html, text, attachments } = await read(edition, { access: { page, folder } });
    expect(html).not.toMatch(/<a |href|https?:/);
    expect(text).not.toMatch(/https?:/);
    for (const body of [html, text]) {
      expect(body).toContain('The whole report is attached: report.html');
      expect(body).toContain(folder);
    }
    const attached = attachments.filter(({ disposition }) => disposition === 'attachment');
    expect(attached.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([['report.html', 'text/html']]);
    expect(Buffer.from(attached[0]?.content as ArrayBuffer).toString()).toBe(page);
  });

  test('links to the page, to edition.json and to every file', async () => {
    const requests = {
      id: 'requests',
      title: 'Every request',
      description: 'All.',
      columns: [],
      rows: 9,
      files: [{ name: 'requests.csv.gz', size_bytes: 5, sha256: '' }],
    };
    const { html, text } = await read(sampleEdition(3, undefined, { requests: [requests] }));
    const files = [...edition.record.sections, requests].flatMap(({ files }) => files.map(({ name }) => name));
    expect(files.length).toBeGreaterThan(40);
    for (const name of ['report.html', 'edition.json', ...files]) {
      expect(text).toContain(link(name));
      expect(html).toContain(`href="${link(name).replace('&', '&amp;')}"`);
    }
  });

  test('loads nothing from elsewhere', async () => {
    const { html } = await read(edition);
    expect(html).not.toMatch(/<script|<link|url\(|@import/i);
    expect([...html.matchAll(/src="([^"]*)"/g)].every(([, source]) => source?.startsWith('cid:'))).toBe(true);
  });

  test('attaches light and dark pictures of the main findings, each with a description in words', async () => {
    const { html, text, attachments } = await read(edition);
    const names = attachments.map(({ filename }) => filename);
    expect(names.slice(0, 2)).toEqual(['by-day-chart-1.png', 'by-day-chart-1-dark.png']);
    expect(names).toHaveLength(8);
    expect(names).toEqual(expect.arrayContaining(['requester-changes-chart-1.png', 'status-chart-1.png']));
    for (const { contentId = '', content, disposition, mimeType } of attachments) {
      expect(html.split(`src="cid:${contentId.replace(/[<>]/g, '')}"`)).toHaveLength(2);
      expect([disposition, mimeType]).toEqual(['inline', 'image/png']);
      const { width, height } = PNG.sync.read(Buffer.from(content as ArrayBuffer));
      expect(width).toBe(1100);
      expect(height).toBeGreaterThan(400);
    }
    for (const [, alt = ''] of html.matchAll(/<img [^>]*alt="([^"]*)"/g))
      expect(text).toContain(alt.replaceAll('&#39;', "'"));
  });

  test('has three pictures without findings, and none without lines', async () => {
    expect((await read(sampleEdition(30, undefined, { findings: [] }))).attachments).toHaveLength(6);
    expect((await read(sampleEdition(0))).attachments).toEqual([]);
  });

  test('has in its subject the total that changed most, or the requests', async () => {
    const risen = edition.record.findings.map((finding) => ({
      ...finding,
      kind: 'risen' as const,
      headline_figure: 'error_percent',
    }));
    const { subject } = await read(sampleEdition(30, undefined, { findings: risen.slice(1) }));
    expect(subject).toBe('[Logtally] Who reads our data, October 2026: Error rate 0.99%, ▲ +0.41 points');
    const quiet = await read(sampleEdition(30, undefined, { findings: [] }));
    expect(quiet.subject).toBe('[Logtally] Who reads our data, October 2026: 2,345,001 requests, ▲ 12.3% (+257,347)');
  });

  test('stays under the 102 kB of HTML that Gmail shows, and under 500 kB in all, with long links', async () => {
    const { raw, html } = await read(edition);
    expect(Buffer.byteLength(html)).toBeLessThan(85_000);
    expect(raw.length).toBeLessThan(500_000);
    const every = await read(sampleEdition(30, undefined, {}, SOURCE_KINDS));
    expect(Buffer.byteLength(every.html)).toBeLessThan(102_000);
    expect(every.raw.length).toBeLessThan(500_000);
    expect(every.html).toContain('/hours.csv.gz?');
    expect(every.html).not.toContain('/hours.parquet?');
    expect(every.text).toContain('/hours.parquet?');
  });

  test('shows the names of owners with the values they belong to', async () => {
    const partner = 'arn:aws:iam::444455556666:user/partner-sync';
    const { html, text } = await read(
      sampleEdition(30, undefined, { owners: { requester: { [partner]: 'Partners <1>' } } }),
    );
    expect(html).toMatch(
      /<bdi class="text"[^>]*>Partners &lt;1&gt;<\/bdi><bdi class="muted"[^>]*>arn:aws:iam::444455556666:user/,
    );
    expect(html).toContain(`Partners &lt;1&gt; (${partner})`);
    expect(text).toContain(`- Partners <1> | ${partner}\n`);
    expect(text).toContain(`- Partners <1> (${partner}): `);
  });

  test('lists endpoints for a web server', async () => {
    const { text } = await read(sampleEdition(30, undefined, {}, ['web']));
    for (const title of ['TOP ENDPOINTS (5 OF 30)', 'ERROR-PRONE ENDPOINTS (5 OF 30)', 'WHAT CHANGED: ENDPOINTS'])
      expect(text).toContain(title);
    expect(text).not.toContain('TOP REQUESTERS');
  });

  test('lists each safeguard once', async () => {
    const { text } = await read(edition);
    const readiness = text.slice(text.indexOf('SECURITY READINESS'), text.indexOf('DATA QUALITY'));
    expect(readiness.match(/^- /gm)).toHaveLength(4);
  });
});

describe('without lines', () => {
  test('in the period: the mail says so', async () => {
    const { subject, text, html } = await read(sampleEdition(0));
    expect(subject).toBe('[Logtally] Who reads our data, October 2026: no requests');
    expect(text).toContain('Nothing in this period.');
    expect(text + html).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  test('in the previous period: nothing is compared', async () => {
    const { subject, text } = await read(
      sampleEdition(30, undefined, { headline_before: { requests: 0 }, findings: [] }),
    );
    expect(subject).toMatch(/2,345,001 requests, no lines before$/);
    expect(text).not.toContain('WHAT CHANGED');
    expect(text).not.toContain('▲');
  });
});

describe('hostile text', () => {
  const edition = sampleEdition(130, hostileText, { title: `${HOSTILE_TEXTS.join(' ')}`, report: 'x"><script>' });

  test('stays visible text, and within the size that mail programs show', async () => {
    const { raw, html, text } = await read(edition);
    expect(html).not.toMatch(/<script|<img src=x|<!--|\son\w+="/i);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('invoice[U+202E]fdp.exe');
    expect(text).toContain('nul[U+0000]bel[U+0007]escape[U+001B][31m[U+000D][U+000A]Bcc: victim@example.com');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
    expect(text + html).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e]/);
    expect(raw.length).toBeLessThan(500_000);
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
    expect(
      Math.max(
        ...Buffer.from(raw)
          .toString('latin1')
          .split('\r\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(999);
  });

  test('cannot add a header', async () => {
    const usual = (await read(sampleEdition())).headers.map(({ key }) => key);
    const title = 'Title\r\nBcc: victim@example.com\r\n\r\nbody\u0000';
    const mail = await read(sampleEdition(1, undefined, { title }), { subject_prefix: '[x]\nX-Injected: 1' });
    expect(mail.headers.map(({ key }) => key)).toEqual(usual);
    expect(mail.subject).toContain('[x][U+000A]X-Injected: 1 Title[U+000D][U+000A]Bcc: victim@example.com');
  });

  test.each([
    { from: 'reports@example.com\r\nBcc: victim@example.com' },
    { from: 'nobody' },
    { to: ['a@example.com', 'b@example.org>\nRCPT TO:<victim@example.com'] },
    { to: ['a@example.com,victim@example.com'] },
    { reply_to: 'ops@example.com\u0000' },
  ])('is refused as an address: %j', async (options) => {
    await expect(composeMail(edition, { ...OPTIONS, ...options })).rejects.toThrow('is not a mail address');
  });
});
