import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { handleReport } from '../../lambdas/handle-report.ts';
import { partitionCreated } from '../../lambdas/partition-objects.ts';
import { report } from '../../lib/cli/report.ts';
import { parseConfig } from '../../lib/config/config.ts';
import type { DayManifest } from '../../lib/lake/manifest.ts';
import type { EditionRecord } from '../../lib/model/edition.ts';
import { dateRange } from '../../lib/model/period.ts';
import { rawTableName } from '../../lib/model/table-names.ts';
import { localFlow } from '../../lib/run/local-flow.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { dayPattern, readLocation } from '../../lib/sources/layout.ts';
import { partitionPrefixes } from '../../lib/sources/partition.ts';
import { s3Store } from '../../lib/store/s3.ts';
import { s3Location } from '../../lib/store/s3-location.ts';
import { logLine } from '../lake/duckdb/raw-log.ts';
import { rawTable } from '../servers/athena-tables.ts';
import { type Cloud, startCloud } from './cloud.ts';

/*
Logs whose folders and names show the day of delivery, not that of the event: reports in AWS and on a laptop hold each line
once, on the day of its time. Real SDK clients against an S3 and an Athena of this machine, as in run-report.test.ts.
*/

const PERIOD = dateRange('2026-10-06', '2026-10-07');
const DAYS = ['2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07'];

const folder = mkdtempSync(join(tmpdir(), 'logtally-layouts-'));
const lists = 'accounts: ["111122223333"], regions: [eu-central-1]';
const CONFIG = `
sources:
  cdn: { format: fastly, location: "s3://cdn-logs/", folder: cdn }
  edge: { format: cloudfront, layout: hive, location: "s3://edge-logs/v2/", folder: edge }
  balancer: { format: alb, location: "s3://balancer-logs/", ${lists}, folder: balancer }
  bucket: { partition_date_source: delivery_time, location: "s3://bucket-logs/", ${lists}, buckets: [web], folder: bucket }
reports: { all: {} }
`;
const path = join(folder, 'logtally.yaml');
writeFileSync(path, CONFIG);
const config = parseConfig(CONFIG, path, { section_ids: loadSections().map(({ id }) => id) });

function fastly(time: string, url: string): string {
  const at = new Date(`${time}Z`);
  return `<134>${at.toISOString().replace('.000', '')} cache-fra-0001 s3logs[1]: 192.0.2.1 "-" "-" ${at.toUTCString()} "GET ${url}" 200 100 "-" "curl/8" hit`;
}

function cloudfront(time: string, id: string): string {
  const [date, clock] = time.split('T');
  return `${date}\t${clock}\tFRA2\t182\t192.0.2.10\tGET\td111111abcdef8.cloudfront.net\t/a\t200\t-\tcurl/8\t-\t-\tHit\t${id}==\tshop.example.com\thttps\t217\t0.251\t-\tTLSv1.3\tTLS_AES_128_GCM_SHA256\tHit\tHTTP/2.0`;
}

function alb(time: string, url: string): string {
  return `https ${time}.000000Z app/example/50dc6c495c0c9188 192.0.2.1:2817 10.0.0.1:80 0.003 0.102 0.001 200 200 205 361 "GET https://shop.example.com:443${url} HTTP/1.1" "curl/8" - - arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/example/73e2d6bc24d8a067 "-" "-" "-" 0 ${time}.000000Z "forward" "-" "-"`;
}

const s3 = (time: string, id: string) => logLine(time.replace('T', ' '), id);
const dated = (day: string) => day.replaceAll('-', '/');
const hive = (day: string) => day.replace(/^(.*)-(.*)-(.*)$/, 'year=$1/month=$2/day=$3');

/** Each source's lines, where they are written and how its objects are named; dates are of the day of delivery. */
const SOURCES = {
  cdn: {
    line: fastly,
    key: (day: string, name: string) => `shop/${day}T00:00:00.000--${name}.log.gz`,
  },
  edge: {
    line: cloudfront,
    key: (day: string, name: string) => `${hive(day)}/hour=00/E2EXAMPLE12345.${day}-00.${name}.gz`,
  },
  balancer: {
    line: alb,
    key: (day: string, name: string) =>
      `AWSLogs/111122223333/elasticloadbalancing/eu-central-1/${dated(day)}/x_${day.replaceAll('-', '')}T0000Z_${name}.log.gz`,
  },
  bucket: {
    line: s3,
    key: (day: string, name: string) => `111122223333/eu-central-1/web/${dated(day)}/${day}-00-00-00-${name}.gz`,
  },
};
type Name = keyof typeof SOURCES;
const NAMES = Object.keys(SOURCES) as Name[];

/** What is delivered by day: lines before and after midnight, late ones, ones that fit nothing. */
function deliveries({ line }: (typeof SOURCES)[Name]): [day: string, name: string, lines: string[]][] {
  return [
    ['2026-10-04', 'AA', [line('2026-10-04T12:00:00', '/1')]],
    // A file that is named for the hour it began in.
    ['2026-10-05', 'AB', [line('2026-10-05T23:59:59', '/2'), line('2026-10-06T00:00:00', '/3')]],
    ['2026-10-06', 'AC', [line('2026-10-05T23:59:58', '/4'), line('2026-10-06T00:00:01', '/5'), 'fits nothing']],
    ['2026-10-07', 'AD', [line('2026-10-06T23:59:59', '/6'), line('2026-10-07T00:00:00', '/7')]],
    ['2026-10-08', 'AE', [line('2026-10-07T23:59:59', '/8'), line('2026-10-08T00:00:00', '/9'), 'fits nothing']],
    ['2026-10-10', 'AF', [line('2026-10-07T12:00:00', '/late')]],
  ];
}

let cloud: Cloud;
let arrived: string[] = [];

/** Puts an object where the service would, and into the folder of the laptop. */
function deliver(name: Name, day: string, id: string, lines: string[]): void {
  const { key: keyOf } = SOURCES[name];
  const key = keyOf(day, id);
  const { bucket, prefix } = s3Location(config.sources[name] ?? { name });
  const body = gzipSync(lines.map((line) => `${line}\n`).join(''));
  const last_modified = new Date(`${day}T00:05:00Z`);
  cloud.s3.objects.set(`${bucket}/${prefix}${key}`, { body, etag: `"${key}"`, last_modified });
  const file = join(folder, name, key);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, body);
  if (name === 'cdn') arrived.push(prefix + key);
}

/** What EventBridge brings to the function, each event twice. */
async function fileArrived(): Promise<void> {
  const source = config.sources.cdn;
  if (!source) throw new Error('there is no source cdn');
  const bucket = s3Store({ client: cloud.s3.client(), bucket: 'cdn-logs', prefix: '' });
  const bodies = arrived.map((key) => JSON.stringify({ detail: { object: { key } } }));
  const Records = bodies.map((body, index) => ({ messageId: String(index), body }));
  arrived = [];
  for (const event of [{ Records }, { Records }] as SQSEvent[]) {
    const response = await partitionCreated(event, { bucket, prefixes: partitionPrefixes(source), onEvent() {} });
    expect(response).toEqual({ batchItemFailures: [] });
  }
}

async function inAws(run_id: string): Promise<EditionRecord> {
  const event = { date_range: [PERIOD.from, PERIOD.to], select_all: true };
  await handleReport(localFlow(2), cloud.ports(config, run_id), event, run_id);
  return JSON.parse(cloud.result(`editions/all/2026-10-06_2026-10-07/edition.json`).toString());
}

async function onALaptop(): Promise<EditionRecord> {
  const write = process.stdout.write;
  process.stdout.write = () => true;
  try {
    await report([], { config: path, dateRange: [PERIOD.from, PERIOD.to], out: join(folder, 'out'), selectAll: true });
  } finally {
    process.stdout.write = write;
  }
  return JSON.parse(readFileSync(join(folder, 'out', 'all', '2026-10-06_2026-10-07', 'edition.json'), 'utf8'));
}

/** What the lake in S3 holds of a source, by day: requests and rejected lines. */
function held(name: Name): [string, number, number][] {
  return DAYS.map((day) => {
    const manifest: DayManifest = JSON.parse(cloud.result(`lake/manifests/source=${name}/day=${day}.json`).toString());
    return [day, manifest.parsed, manifest.rejected];
  });
}

function expectSame(aws: EditionRecord, local: EditionRecord): void {
  expect(aws.sources).toEqual(local.sources);
  expect([aws.headline, aws.headline_before]).toEqual([local.headline, local.headline_before]);
  const digests = ({ sections }: EditionRecord) => sections.map(({ id, files }) => [id, files]);
  expect(digests(aws)).toEqual(digests(local));
  const requests = (edition: EditionRecord) => edition.requests?.map(({ id, rows, note }) => [id, rows, note]);
  expect(requests(aws)).toEqual(requests(local));
}

beforeAll(async () => {
  cloud = await startCloud([]);
  for (const name of NAMES) {
    const source = config.sources[name];
    if (!source) throw new Error(`there is no source ${name}`);
    const { bucket, prefix } = readLocation(source);
    const location = `s3://${bucket}/${prefix}`;
    const projection = new RegExp(`^${location}${dayPattern(source).replace('(', '(?<timestamp>')}`);
    cloud.athena.addTable(rawTable(rawTableName(name), source.definition, location, projection));
    for (const delivery of deliveries(SOURCES[name])) deliver(name, ...delivery);
  }
  await fileArrived();
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a report of logs in folders by delivery time', () => {
  test('counts each line once, on the day of its time, as on a laptop', async () => {
    const aws = await inAws('run-1');
    for (const name of NAMES) {
      expect([name, ...held(name)]).toEqual([
        name,
        ['2026-10-04', 1, 0],
        ['2026-10-05', 2, 0],
        ['2026-10-06', 3, 1],
        ['2026-10-07', 3, 0],
      ]);
    }
    expectSame(aws, await onALaptop());
    expect(aws.headline.requests).toBe(24);
  });

  test('reads its days with one query per source, and not again while nothing is new', async () => {
    const unloads = () => cloud.athena.queries.filter(({ sql }) => sql.startsWith('UNLOAD'));
    expect(unloads()).toHaveLength(NAMES.length);
    await inAws('run-2');
    expect(unloads()).toHaveLength(NAMES.length);
    expect([...cloud.s3.objects.keys()].filter((key) => /^results\/(athena|staging)\//.test(key))).toEqual([]);
  });

  test('counts what arrives later, once', async () => {
    for (const name of NAMES) {
      deliver(name, '2026-10-09', 'AG', [SOURCES[name].line('2026-10-07T23:00:00', '/later')]);
    }
    await fileArrived();
    const aws = await inAws('run-3');
    expect(aws.revision).toBe(2);
    for (const name of NAMES) expect(held(name).at(-1)).toEqual(['2026-10-07', 4, 0]);
    expectSame(aws, await onALaptop());
  });
});
