import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportClients } from '../../lambdas/report-clients.ts';
import { reportPorts } from '../../lambdas/report-ports.ts';
import type { Config } from '../../lib/config/config.ts';
import { sesMailer } from '../../lib/delivery/ses.ts';
import { athenaEngine } from '../../lib/engine/athena/athena.ts';
import { formatOf } from '../../lib/formats/formats.ts';
import { LAKE_PARTITIONS, REJECTED_COLUMNS, REQUEST_COLUMNS } from '../../lib/model/request-columns.ts';
import { OWNERS_COLUMNS, OWNERS_PARTITION } from '../../lib/owners/table.ts';
import type { ReportPorts } from '../../lib/report/ports.ts';
import type { Clock } from '../../lib/run/clock.ts';
import { type AthenaServer, startAthenaServer } from '../servers/athena.ts';
import { serverFiles } from '../servers/athena-files.ts';
import { lakeTable, rawTable } from '../servers/athena-tables.ts';
import { type S3Server, startS3Server } from '../servers/s3.ts';
import { startSes } from '../servers/ses.ts';

/** The bundled sample, which has date-based keys. */
export const SAMPLE = join(import.meta.dirname, '..', '..', 'samples', 's3-access');

/** The source over it, as a config names it. */
export const WEBSITE = `
  website:
    location: s3://example-logs/s3-access/
    accounts: ["111122223333"]
    regions: [eu-central-1]
    buckets: [example-website, example-downloads]
    folder: ${SAMPLE}
    remove_original_logs: true
`;

const NOW = Date.UTC(2026, 10, 3, 6);

/** An S3, an Athena and an SES on this machine, with the stack's tables and some days of the sample in S3. */
export interface Cloud {
  s3: S3Server;
  athena: AthenaServer;
  ses: Awaited<ReturnType<typeof startSes>>;
  /** The ports of a deployed function, over real SDK clients; its clock shows 3 November 2026, 06:00 UTC by default. */
  ports(config: Config, run_id: string, options?: PortsOptions): ReportPorts;
  /** An object of the results bucket. */
  result(key: string): Buffer;
  close(): Promise<void>;
}

export interface PortsOptions {
  /** Values of SSM parameters. */
  secrets?: Readonly<Record<string, string>>;
  clock?: Clock | undefined;
}

export async function startCloud(days: readonly string[]): Promise<Cloud> {
  const s3 = await startS3Server();
  const ses = await startSes();
  const athena = await startAthenaServer({
    files: serverFiles(s3),
    workgroup: 'reports',
    database: 'logtally',
    output_location: 's3://results/athena/',
  });
  for (const day of days) putDay(s3, day);
  athena.addTable(
    rawTable(
      'raw_website',
      formatOf('s3-access'),
      's3://example-logs/s3-access/',
      /s3-access\/[^/]+\/[^/]+\/[^/]+\/(?<timestamp>\d{4}\/\d\d\/\d\d)\//,
    ),
  );
  athena.addTable(lakeTable('requests', REQUEST_COLUMNS, LAKE_PARTITIONS, 's3://results/lake/requests/'));
  athena.addTable(lakeTable('owners', OWNERS_COLUMNS, [OWNERS_PARTITION], 's3://results/lake/owners/'));
  athena.addTable(lakeTable('rejected', REJECTED_COLUMNS, LAKE_PARTITIONS, 's3://results/lake/rejected/'));

  return {
    s3,
    athena,
    ses,
    ports: (config, run_id, { secrets = {}, clock = () => NOW } = {}) => {
      const client = s3.client();
      const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
      const clients: ReportClients = {
        s3: client,
        engine: () => athenaEngine({ client: athena.client(), s3: client, workgroup: 'reports', database: 'logtally' }),
        database: 'logtally',
        results_bucket: 'results',
        secret: async (parameter) => secrets[parameter],
        mail: {
          mailer: sesMailer({ client: { endpoint: ses.endpoint, region: 'eu-central-1', credentials } }),
          link: async (key) => `https://links.example.com/${encodeURIComponent(key)}`,
        },
      };
      return reportPorts(config, clients, clock, run_id);
    },
    result(key) {
      const found = s3.objects.get(`results/${key}`);
      if (found) return found.body;
      const there = [...s3.objects.keys()].filter((name) => name.startsWith('results/'));
      throw new Error(`${key} is missing among ${there.join(' ')}`);
    },
    async close() {
      await athena.close();
      await ses.close();
      await s3.close();
    },
  };
}

function putDay(s3: S3Server, day: string): void {
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
