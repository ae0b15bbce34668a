import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { handleReport } from '../../lambdas/handle-report.ts';
import { parseConfig } from '../../lib/config/config.ts';
import { localFlow } from '../../lib/run/local-flow.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { logLine } from '../lake/duckdb/raw-log.ts';
import { type Cloud, startCloud, WEBSITE } from './cloud.ts';

/* Objects of a day that expire in S3 while others arrive, over real SDK clients. */

const FOLDER = 'example-logs/s3-access/111122223333/eu-central-1/example-website/2026/10/12/2026-10-12-00-00-00-';
const config = parseConfig(`sources: ${WEBSITE}reports: { website: {} }\n`, '/logtally.yaml', {
  section_ids: loadSections().map(({ id }) => id),
});

let cloud: Cloud;
beforeEach(async () => {
  cloud = await startCloud([]);
});
afterEach(() => cloud.close());

function deliver(name: string, lines: readonly string[]): void {
  const body = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  cloud.s3.objects.set(`${FOLDER}${name}`, { body, etag: `"${name}-${body.length}"`, last_modified: new Date(0) });
}

const line = (id: string) => logLine('2026-10-12 10:00:00', id);

/** Lines, requests, duplicates and rejects of the day, and the objects that are gone. */
async function counted(run_id: string) {
  const event = { report: 'website', date_range: ['2026-10-12', '2026-10-13'] };
  const { record } = await handleReport(localFlow(2), cloud.ports(config, run_id), event, run_id);
  const [source] = record.sources;
  return [source?.lines, source?.parsed, source?.duplicates, source?.rejected, source?.gone?.log_objects];
}

test('a day keeps the rows of an object that expired, and gains those of a late one', async () => {
  deliver('AAAA', [line('R1'), line('R2'), 'garbage']);
  deliver('BBBB', [line('R2'), line('R3')]);
  expect(await counted('run-1')).toEqual([5, 3, 1, 1, undefined]);
  cloud.s3.objects.delete(`${FOLDER}AAAA`);
  const gone = [`s3://${FOLDER}AAAA`];
  expect(await counted('run-2')).toEqual([5, 3, 1, 1, gone]);
  deliver('CCCC', [line('R1'), line('R4'), 'more garbage']);
  expect(await counted('run-3')).toEqual([8, 4, 2, 2, gone]);
  expect(await counted('run-4')).toEqual([8, 4, 2, 2, gone]);
  cloud.s3.objects.delete(`${FOLDER}BBBB`);
  cloud.s3.objects.delete(`${FOLDER}CCCC`);
  deliver('DDDD', [line('R5')]);
  expect(await counted('run-5')).toEqual([9, 5, 2, 2, expect.anything()]);
});
