import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ReportRun, runReport } from '../../lambdas/run-report.ts';
import { report } from '../../lib/cli/report.ts';
import { type Config, parseConfig, reportOf } from '../../lib/config.ts';
import type { EditionRecord, SectionRecord } from '../../lib/edition.ts';
import { athenaEngine } from '../../lib/engine/athena.ts';
import { formatOf } from '../../lib/formats/formats.ts';
import { localFlow } from '../../lib/local-flow.ts';
import { sesMailer } from '../../lib/mail/ses.ts';
import { NAMES_COLUMNS, NAMES_PARTITION } from '../../lib/names/names-table.ts';
import { dateRange } from '../../lib/period.ts';
import { LAKE_PARTITIONS, REJECTED_COLUMNS, REQUEST_COLUMNS } from '../../lib/requests.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { s3Store } from '../../lib/store/s3.ts';
import { readTable } from '../../lib/write/read-table.ts';
import { type AthenaServer, startAthenaServer } from '../servers/athena.ts';
import { lakeTable, rawTable } from '../servers/athena-tables.ts';
import { type S3Server, startS3Server } from '../servers/s3.ts';
import { startSes } from '../servers/ses.ts';

/*
The whole job as it runs in AWS, over the wire: real SDK clients against an S3, an Athena and an SES of this machine. The
Athena one answers from a DuckDB that reads the very objects, through the pattern of the deployed table.
*/

const SAMPLE = join(import.meta.dirname, '..', '..', 'samples', 's3-access');
const DAYS = ['2026-10-10', '2026-10-11', '2026-10-12', '2026-10-13'];
const PERIOD = dateRange('2026-10-12', '2026-10-13');

const CONFIG = `
sources:
  website:
    location: s3://example-logs/s3-access/
    accounts: ["111122223333"]
    regions: [eu-central-1]
    buckets: [example-website, example-downloads]
    folder: ${SAMPLE}
    remove_original_logs: true
reports:
  website: { title: Website }
  partners: { privacy: { client_ip: hash, query: scrub, salt_parameter: /logtally/salt } }
names:
  cdn: { requesters: ["svc:cloudfront.amazonaws.com"] }
  acme: { addresses: [198.51.100.0/24], prefixes: [example-website/assets/] }
mail: { from: reports@example.com, recipients: [team@example.com] }
`;

const SECRET = 'what nobody outside knows';

const folder = mkdtempSync(join(tmpdir(), 'logtally-run-'));
const config: Config = parseConfig(CONFIG, join(folder, 'logtally.yaml'), {
  section_ids: loadSections().map(({ id }) => id),
});

let s3: S3Server;
let athena: AthenaServer;
let ses: Awaited<ReturnType<typeof startSes>>;

beforeEach(async () => {
  s3 = await startS3Server();
  ses = await startSes();
  athena = await startAthenaServer({
    s3,
    workgroup: 'reports',
    database: 'logtally',
    output_location: 's3://results/athena/',
  });
  for (const day of DAYS) putDay(day);
  athena.addTable(
    rawTable(
      'raw_website',
      formatOf('s3-access'),
      's3://example-logs/s3-access/',
      /s3-access\/[^/]+\/[^/]+\/[^/]+\/(?<timestamp>\d{4}\/\d\d\/\d\d)\//,
    ),
  );
  athena.addTable(lakeTable('requests', REQUEST_COLUMNS, LAKE_PARTITIONS, 's3://results/lake/requests/'));
  athena.addTable(lakeTable('names', NAMES_COLUMNS, [NAMES_PARTITION], 's3://results/lake/names/'));
  athena.addTable(lakeTable('rejected', REJECTED_COLUMNS, LAKE_PARTITIONS, 's3://results/lake/rejected/'));
});

afterEach(async () => {
  await athena.close();
  await ses.close();
  await s3.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function putDay(day: string): void {
  for (const bucket of ['example-website', 'example-downloads']) {
    const below = join('111122223333', 'eu-central-1', bucket, ...day.split('-'));
    for (const name of readdirSync(join(SAMPLE, below))) {
      const body = readFileSync(join(SAMPLE, below, name));
      s3.objects.set(`example-logs/s3-access/${below}/${name}`, {
        body,
        etag: `"${body.length}"`,
        last_modified: new Date(0),
      });
    }
  }
}

function run(
  run_id: string,
  options: { report?: string; remove_original_logs?: boolean; select_all?: boolean } = {},
): Promise<ReportRun> {
  const client = s3.client();
  const engine = athenaEngine({ client: athena.client(), s3: client, workgroup: 'reports', database: 'logtally' });
  const report = reportOf(config, options.report ?? 'website');
  return runReport(
    localFlow(2),
    {
      s3: client,
      engine,
      database: 'logtally',
      results_bucket: 'results',
      secret: async (parameter) => (parameter === '/logtally/salt' ? SECRET : undefined),
      mail: {
        mailer: sesMailer({
          client: {
            endpoint: ses.endpoint,
            region: 'eu-central-1',
            credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
          },
        }),
        link: async (key) => `https://links.example.com/${encodeURIComponent(key)}`,
      },
    },
    config,
    {
      report,
      period: PERIOD,
      select_all: options.select_all ?? false,
      email: true,
      remove_meta: true,
      remove_original_logs: options.remove_original_logs ?? false,
      started_at: '2026-11-03T06:00:00.000Z',
      run_id,
    },
  );
}

function object(key: string): Buffer {
  const found = s3.objects.get(`results/${key}`);
  if (!found)
    throw new Error(
      `${key} is missing among ${[...s3.objects.keys()].filter((name) => name.startsWith('results/')).join(' ')}`,
    );
  return found.body;
}

function edition(report = 'website'): EditionRecord {
  return JSON.parse(object(`editions/${report}/2026-10-12_2026-10-13/edition.json`).toString());
}

/** The edition that the same job writes on this machine. */
async function onALaptop(name: string): Promise<EditionRecord> {
  const path = join(folder, 'logtally.yaml');
  writeFileSync(path, CONFIG);
  process.env.LOGTALLY_SALT = SECRET;
  const write = process.stdout.write;
  process.stdout.write = () => true;
  try {
    const dateRange = [PERIOD.from, PERIOD.to];
    await report({ config: path, report: name, dateRange, out: join(folder, 'out') });
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

  test('writes the very rows that the same job writes on a laptop', async () => {
    await run('run-1');
    const cloud = edition();
    expect(cloud.engine).toBe('athena');
    expect(cloud.sources).toEqual(local.sources);
    expect(cloud.headline).toEqual(local.headline);
    expect(cloud.headline_before).toEqual(local.headline_before);
    expect(local.findings.length).toBeGreaterThan(0);
    expect(cloud.findings).toEqual(local.findings);
    for (const section of local.sections) {
      expect({ id: section.id, files: cloud.sections.find(({ id }) => id === section.id)?.files }).toEqual({
        id: section.id,
        files: section.files,
      });
    }
    expect(cloud.bytes_scanned).toBeGreaterThan(0);
    expect(cloud.cost_usd).toBeGreaterThan(0);
  });

  test('sends one mail and writes one edition when the event comes twice', async () => {
    const first = await run('run-1');
    const second = await run('run-2');
    expect([first.mail, first.changed, first.revision]).toEqual(['sent', true, 1]);
    expect([second.mail, second.changed, second.revision]).toEqual(['sent before', false, 1]);
    expect(ses.inbox).toHaveLength(1);
  });

  test('reads raw lines only once, and leaves no result file of Athena and nothing staged', async () => {
    await run('run-1');
    const unloads = () => athena.queries.filter(({ sql }) => sql.startsWith('UNLOAD')).length;
    expect(unloads()).toBe(DAYS.length);
    await run('run-2');
    expect(unloads()).toBe(DAYS.length);
    expect([...s3.objects.keys()].filter((key) => /^results\/(athena|staging)\//.test(key))).toEqual([]);
  });

  test('writes every request once with the fields of its raw line, and no more or fewer than it counts', async () => {
    await run('run-1', { select_all: true });
    const { requests = [], sources } = edition();
    expect(requests.map(({ id, rows, note }) => [id, rows, note])).toEqual([
      ['requests', sources[0]?.parsed, undefined],
    ]);
    const prefix = 'editions/website/2026-10-12_2026-10-13';
    const [head = '', first = ''] = gunzipSync(object(`${prefix}/requests.csv.gz`))
      .toString()
      .split('\n');
    expect(head).toMatch(/source,time,bucketowner,bucket_name,requestdatetime,remoteip/);
    expect(first).toMatch(/^website,2026-10-12T00:\d\d:\d\d\.\d+Z,.*,12\/Oct\/2026:00:\d\d:\d\d \+0000,/);
    const columns = requests[0]?.columns ?? [];
    const table = await readTable(cloudEditions(), 'website/2026-10-12_2026-10-13/requests.parquet', columns);
    expect(total(table.getChild('bytessent'))).toBe(BigInt(edition().headline.bytes_sent ?? 0));
  });

  test('takes late lines in as a new revision', async () => {
    await run('run-1');
    const late = [...s3.objects.entries()].find(([key]) => key.includes('/2026/10/13/'));
    const line = `${'a'.repeat(64)} example-website [13/Oct/2026:12:00:00 +0000] 192.0.2.77 - LATE0000EXAMPLE REST.GET.OBJECT late.txt "GET /late.txt HTTP/1.1" 200 - 5 5 7 6 "-" "curl/8" -\n`;
    const key = `${late?.[0].slice(0, late[0].lastIndexOf('/'))}/2026-10-13-00-00-00-FFFFFFFFFFFFFFFF`;
    s3.objects.set(key, { body: Buffer.from(line), etag: '"late"', last_modified: new Date(0) });
    const before = edition();
    const again = await run('run-2');
    expect(again.revision).toBe(2);
    expect(edition().sources[0]?.lines).toBe((before.sources[0]?.lines ?? 0) + 1);
    expect(ses.inbox).toHaveLength(2);
  });

  test('tries a query again that failed by no fault of its own, and counts nothing twice', async () => {
    athena.endNext({ state: 'FAILED', reason: 'GENERIC_INTERNAL_ERROR', retryable: true });
    await run('run-1');
    expect(edition().sources).toEqual(local.sources);
  });

  test('a query that fails for good ends the run with its reason, and the next run completes', async () => {
    athena.endNext({ state: 'CANCELLED', reason: 'Bytes scanned limit was exceeded' });
    await expect(run('run-1')).rejects.toThrow('Bytes scanned limit was exceeded');
    expect(ses.inbox).toHaveLength(0);
    await run('run-2');
    expect(edition().sources).toEqual(local.sources);
  });

  test('removes the originals of the period only, once they are counted', async () => {
    const raw = () => [...s3.objects.keys()].filter((key) => key.startsWith('example-logs/'));
    const days = (keys: string[]) => new Set(keys.map((key) => key.match(/\d{4}\/\d\d\/\d\d/)?.[0]));
    const { removed_originals } = await run('run-1', { remove_original_logs: true });
    expect(removed_originals).toBeGreaterThanOrEqual(4);
    expect(days(raw())).toEqual(new Set(['2026/10/10', '2026/10/11']));
    await run('run-2');
    expect(edition().sources).toEqual(local.sources);
  });
});

describe('a report that shows no address and no query string', () => {
  test('writes the rows of a laptop with the same secret, grouped by name', async () => {
    const local = await onALaptop('partners');
    await run('run-1', { report: 'partners' });
    const cloud = edition('partners');
    // The rows of every request name the object that held them, here in S3 and there in a folder.
    const digests = ({ sections }: EditionRecord) => sections.map(({ id, files }) => [id, files]);
    expect(digests(cloud)).toEqual(digests(local));
    expect([cloud.findings, cloud.names, cloud.privacy]).toEqual([local.findings, local.names, local.privacy]);
    const teams = await readTable(
      cloudEditions(),
      'partners/2026-10-12_2026-10-13/teams.parquet',
      sectionOf(cloud, 'teams').columns,
    );
    expect(
      teams
        .toArray()
        .map(({ team }) => team)
        .sort(),
    ).toEqual(['acme', 'cdn', 'without a name']);
  });

  test('leaves no name, secret or raw value outside the lake', async () => {
    await run('run-1', { report: 'partners', select_all: true });
    expect([...s3.objects.keys()].filter((key) => key.startsWith('results/lake/names/'))).toEqual([]);
    expect(athena.queries.filter(({ sql }) => sql.includes(SECRET))).toEqual([]);
    for (const { sql } of athena.queries) expect(sql).not.toMatch(/acme|198\.51\.100/);
  });

  test('fails before any query when the secret is missing', async () => {
    const report = reportOf(config, 'partners');
    report.privacy.salt_parameter = '/another';
    try {
      await expect(run('run-1', { report: 'partners' })).rejects.toThrow(/SSM parameter \/another/);
      expect(athena.queries).toEqual([]);
    } finally {
      report.privacy.salt_parameter = '/logtally/salt';
    }
  });
});

function cloudEditions() {
  return s3Store({ client: s3.client(), bucket: 'results', prefix: 'editions/' });
}

function total(figures: Iterable<bigint | null> | null): bigint {
  return [...(figures ?? [])].reduce<bigint>((sum, figure) => sum + (figure ?? 0n), 0n);
}

function sectionOf(record: EditionRecord, id: string): SectionRecord {
  const section = record.sections.find((one) => one.id === id);
  if (!section) throw new Error(`the edition has no section ${id}`);
  return section;
}
