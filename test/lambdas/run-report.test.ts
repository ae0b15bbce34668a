import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import PostalMime from 'postal-mime';
import { handleReport } from '../../lambdas/handle-report.ts';
import { report } from '../../lib/cli/report.ts';
import { type Config, parseConfig, reportOf } from '../../lib/config/config.ts';
import type { EditionRecord, SectionRecord } from '../../lib/model/edition.ts';
import type { ReportRun } from '../../lib/report/run-report.ts';
import { localFlow } from '../../lib/run/local-flow.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { s3Store } from '../../lib/store/s3.ts';
import { readTable } from '../../lib/tables/read-table.ts';
import { type Cloud, startCloud, WEBSITE } from './cloud.ts';

/*
The whole job as it runs in AWS, over the wire: real SDK clients against an S3, an Athena and an SES of this machine. The
Athena one answers from a DuckDB that reads the very objects, through the pattern of the deployed table.
*/

const DAYS = ['2026-10-10', '2026-10-11', '2026-10-12', '2026-10-13'];
const DATE_RANGE = ['2026-10-12', '2026-10-13'];

const CONFIG = `
sources: ${WEBSITE}reports:
  website: { title: Website }
  partners: { privacy: { client_ip: hash, query: scrub, salt_parameter: /logtally/salt } }
owners:
  cdn: { requesters: ["svc:cloudfront.amazonaws.com"] }
  acme: { addresses: [198.51.100.0/24], prefixes: [example-website/assets/] }
mail: { from: reports@example.com, recipients: [team@example.com] }
`;

const SECRET = 'what nobody outside knows';

const folder = mkdtempSync(join(tmpdir(), 'logtally-run-'));
const config: Config = parseConfig(CONFIG, join(folder, 'logtally.yaml'), {
  section_ids: loadSections().map(({ id }) => id),
});

let cloud: Cloud;

beforeEach(async () => {
  cloud = await startCloud(DAYS);
});
afterEach(() => cloud.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(
  run_id: string,
  options: { report?: string; remove_original_logs?: boolean; select_all?: boolean } = {},
): Promise<ReportRun> {
  const ports = cloud.ports(config, run_id, { secrets: { '/logtally/salt': SECRET } });
  const event = { report: 'website', date_range: DATE_RANGE, email: true, ...options };
  return handleReport(localFlow(2), ports, event, run_id);
}

function edition(report = 'website'): EditionRecord {
  return JSON.parse(cloud.result(`editions/${report}/2026-10-12_2026-10-13/edition.json`).toString());
}

/** The edition that the same job writes on this machine. */
async function onALaptop(name: string): Promise<EditionRecord> {
  const path = join(folder, 'logtally.yaml');
  writeFileSync(path, CONFIG);
  process.env.LOGTALLY_SALT = SECRET;
  const write = process.stdout.write;
  process.stdout.write = () => true;
  try {
    await report([], { config: path, report: name, dateRange: DATE_RANGE, out: join(folder, 'out') });
  } finally {
    process.stdout.write = write;
  }
  return JSON.parse(readFileSync(join(folder, 'out', name, '2026-10-12_2026-10-13', 'edition.json'), 'utf8'));
}

describe('a run in AWS', () => {
  let local: EditionRecord;

  beforeAll(async () => {
    local = await onALaptop('website');
  });

  test('writes the same rows as on a laptop', async () => {
    await run('run-1');
    const inAws = edition();
    expect(inAws.engine).toBe('athena');
    expect(inAws.sources).toEqual(local.sources);
    expect(inAws.headline).toEqual(local.headline);
    expect(inAws.headline_before).toEqual(local.headline_before);
    expect(local.findings.length).toBeGreaterThan(0);
    expect(inAws.findings).toEqual(local.findings);
    for (const section of local.sections) {
      expect({ id: section.id, files: inAws.sections.find(({ id }) => id === section.id)?.files }).toEqual({
        id: section.id,
        files: section.files,
      });
    }
    expect(inAws.bytes_scanned).toBeGreaterThan(0);
    expect(inAws.cost_usd).toBeGreaterThan(0);
  });

  test('is refused a mail if the stack has no sender, before anything is read', async () => {
    const { mailer: _none, ...ports } = cloud.ports(config, 'run-1');
    const event = { report: 'website', date_range: DATE_RANGE, email: true };
    await expect(handleReport(localFlow(2), ports, event, 'run-1')).rejects.toThrow(/^email: .*mail\.from/);
    expect(cloud.athena.queries).toEqual([]);
  });

  test('attaches the page to the mail if the configuration wants no links', async () => {
    const mail = config.mail && { ...config.mail, links: 'none' as const };
    const ports = cloud.ports({ ...config, mail }, 'run-1');
    const event = { report: 'website', date_range: DATE_RANGE, email: true };
    await handleReport(localFlow(2), ports, event, 'run-1');
    const { html = '', text = '', attachments } = await PostalMime.parse(cloud.ses.inbox[0]?.raw ?? '');
    const prefix = 'editions/website/2026-10-12_2026-10-13/';
    expect(html).not.toContain('href=');
    expect(text).toContain(`Parquet and CSV are in s3://results/${prefix}`);
    const page = attachments.find(({ filename }) => filename === 'report.html');
    expect(Buffer.from(page?.content as ArrayBuffer).equals(cloud.result(`${prefix}report.html`))).toBe(true);
    // SES accepts 10 MB.
    expect(cloud.ses.inbox[0]?.raw.length).toBeLessThan(5e6);
  });

  test('sends one mail and writes one edition if the event arrives twice', async () => {
    const first = await run('run-1');
    const second = await run('run-2');
    expect([first.mail, first.outcome, first.record.revision]).toEqual(['sent', 'published', 1]);
    expect([second.mail, second.outcome, second.record.revision]).toEqual(['sent before', 'up_to_date', 1]);
    expect(cloud.ses.inbox).toHaveLength(1);
  });

  test('reads raw lines only once, and leaves no result files of Athena and no staged files', async () => {
    await run('run-1');
    const unloads = () => cloud.athena.queries.filter(({ sql }) => sql.startsWith('UNLOAD')).length;
    expect(unloads()).toBe(DAYS.length);
    await run('run-2');
    expect(unloads()).toBe(DAYS.length);
    expect([...cloud.s3.objects.keys()].filter((key) => /^results\/(athena|staging)\//.test(key))).toEqual([]);
  });

  test('writes every request once with the fields of its raw line, as many as it counts', async () => {
    await run('run-1', { select_all: true });
    const { requests = [], sources } = edition();
    expect(requests.map(({ id, rows, note }) => [id, rows, note])).toEqual([
      ['requests', sources[0]?.parsed, undefined],
    ]);
    const prefix = 'editions/website/2026-10-12_2026-10-13';
    const [head = '', first = ''] = gunzipSync(cloud.result(`${prefix}/requests.csv.gz`))
      .toString()
      .split('\n');
    expect(head).toMatch(/source,time,bucketowner,bucket_name,requestdatetime,remoteip/);
    expect(first).toMatch(/^website,2026-10-12T00:\d\d:\d\d\.\d+Z,.*,12\/Oct\/2026:00:\d\d:\d\d \+0000,/);
    const columns = requests[0]?.columns ?? [];
    const table = await readTable(cloudEditions(), 'website/2026-10-12_2026-10-13/requests.parquet', columns);
    expect(total(table.getChild('bytessent'))).toBe(BigInt(edition().headline.bytes_sent ?? 0));
  });

  test('publishes late lines as a new revision', async () => {
    await run('run-1');
    const late = [...cloud.s3.objects.entries()].find(([key]) => key.includes('/2026/10/13/'));
    const line = `${'a'.repeat(64)} example-website [13/Oct/2026:12:00:00 +0000] 192.0.2.77 - LATE0000EXAMPLE REST.GET.OBJECT late.txt "GET /late.txt HTTP/1.1" 200 - 5 5 7 6 "-" "curl/8" -\n`;
    const key = `${late?.[0].slice(0, late[0].lastIndexOf('/'))}/2026-10-13-00-00-00-FFFFFFFFFFFFFFFF`;
    cloud.s3.objects.set(key, { body: Buffer.from(line), etag: '"late"', last_modified: new Date(0) });
    const before = edition();
    const again = await run('run-2');
    expect(again.record.revision).toBe(2);
    expect(edition().sources[0]).toMatchObject({ lines: (before.sources[0]?.lines ?? 0) + 1, late: 1 });
    expect(cloud.ses.inbox).toHaveLength(2);
  });

  test('runs a query again if Athena says that its failure is retryable, and counts nothing twice', async () => {
    cloud.athena.endNext({ state: 'FAILED', reason: 'GENERIC_INTERNAL_ERROR', retryable: true });
    await run('run-1');
    expect(edition().sources).toEqual(local.sources);
  });

  test('ends with the reason of a query that is not retryable, and the next run completes', async () => {
    cloud.athena.endNext({ state: 'CANCELLED', reason: 'Bytes scanned limit was exceeded' });
    await expect(run('run-1')).rejects.toThrow('Bytes scanned limit was exceeded');
    expect(cloud.ses.inbox).toHaveLength(0);
    await run('run-2');
    expect(edition().sources).toEqual(local.sources);
  });

  test('removes only originals of the period, after they are counted', async () => {
    const raw = () => [...cloud.s3.objects.keys()].filter((key) => key.startsWith('example-logs/'));
    const days = (keys: string[]) => new Set(keys.map((key) => key.match(/\d{4}\/\d\d\/\d\d/)?.[0]));
    const { removed_originals } = await run('run-1', { remove_original_logs: true });
    expect(removed_originals).toBeGreaterThanOrEqual(4);
    expect(days(raw())).toEqual(new Set(['2026/10/10', '2026/10/11']));
    await run('run-2');
    const [source] = edition().sources;
    expect(source?.gone?.files).toBe(removed_originals);
    expect(edition().sources).toEqual(local.sources.map((counted) => ({ ...counted, gone: source?.gone })));
  });
});

describe('a report that shows no address and no query string', () => {
  test('writes the same rows as a laptop with the same secret, grouped by owner', async () => {
    const local = await onALaptop('partners');
    await run('run-1', { report: 'partners' });
    const inAws = edition('partners');
    // The rows of every request name the object that held them, here in S3 and there in a folder.
    const digests = ({ sections }: EditionRecord) => sections.map(({ id, files }) => [id, files]);
    expect(digests(inAws)).toEqual(digests(local));
    expect([inAws.findings, inAws.owners, inAws.privacy]).toEqual([local.findings, local.owners, local.privacy]);
    const owners = await readTable(
      cloudEditions(),
      'partners/2026-10-12_2026-10-13/owners.parquet',
      sectionOf(inAws, 'owners').columns,
    );
    expect(
      owners
        .toArray()
        .map(({ owner }) => owner)
        .sort(),
    ).toEqual(['acme', 'cdn', 'without an owner']);
  });

  test('leaves no owner, secret or raw value outside the lake', async () => {
    await run('run-1', { report: 'partners', select_all: true });
    expect([...cloud.s3.objects.keys()].filter((key) => key.startsWith('results/lake/owners/'))).toEqual([]);
    expect(cloud.athena.queries.filter(({ sql }) => sql.includes(SECRET))).toEqual([]);
    for (const { sql } of cloud.athena.queries) expect(sql).not.toMatch(/acme|198\.51\.100/);
  });

  test('fails before any query if the secret is missing', async () => {
    const report = reportOf(config, 'partners');
    report.privacy.salt_parameter = '/another';
    try {
      await expect(run('run-1', { report: 'partners' })).rejects.toThrow(/SSM parameter \/another/);
      expect(cloud.athena.queries).toEqual([]);
    } finally {
      report.privacy.salt_parameter = '/logtally/salt';
    }
  });
});

function cloudEditions() {
  return s3Store({ client: cloud.s3.client(), bucket: 'results', prefix: 'editions/' });
}

function total(figures: Iterable<bigint | null> | null): bigint {
  return [...(figures ?? [])].reduce<bigint>((sum, figure) => sum + (figure ?? 0n), 0n);
}

function sectionOf(record: EditionRecord, id: string): SectionRecord {
  const section = record.sections.find((one) => one.id === id);
  if (!section) throw new Error(`the edition has no section ${id}`);
  return section;
}
