import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { handleReport } from '../../lambdas/handle-report.ts';
import { type Config, parseConfig } from '../../lib/config/config.ts';
import { configInAws } from '../../lib/infra/report-function.ts';
import type { EditionRecord } from '../../lib/model/edition.ts';
import { localFlow } from '../../lib/run/local-flow.ts';
import { loadSections } from '../../lib/sections/catalogue.ts';
import { s3Store } from '../../lib/store/s3.ts';
import { readTable } from '../../lib/tables/read-table.ts';
import { rowObjects } from '../../lib/tables/rows.ts';
import { type Cloud, startCloud, WEBSITE } from './cloud.ts';

const folder = mkdtempSync(join(tmpdir(), 'logtally-own-sections-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The config that the function's asset carries, as JSON; the section's file is gone by then. */
function deployedConfig(): Config {
  const file = join(folder, 'hosts-by-status.sql');
  writeFileSync(
    file,
    `/*
title: Hosts by status
description: How each host answered.
mail:
  table: { labels: [host, status_class], figures: [requests] }
*/
SELECT
  host,
  status_class,
  {{requests}} AS requests,
  {{bytes_sent}} AS bytes_sent
FROM requests
GROUP BY 1, 2
ORDER BY 3 DESC, 1 NULLS LAST, 2
LIMIT 50
`,
  );
  const text = `
sources: ${WEBSITE}reports:
  website: { title: Website, sections: [overview, hosts-by-status] }
sections: ./*.sql
mail: { from: reports@example.com, recipients: [team@example.com] }
`;
  const section_ids = loadSections().map(({ id }) => id);
  const config = parseConfig(text, join(folder, 'logtally.yaml'), { section_ids });
  rmSync(file);
  return JSON.parse(JSON.stringify(configInAws(config)));
}

describe("a section of the user's own in AWS", () => {
  let cloud: Cloud;
  beforeEach(async () => {
    cloud = await startCloud(['2026-10-12', '2026-10-13']);
  });
  afterEach(() => cloud.close());

  test('is answered by Athena, published, and shown on the page and in the mail', async () => {
    const config = deployedConfig();
    const event = { report: 'website', date_range: ['2026-10-12', '2026-10-13'], email: true };
    await handleReport(localFlow(2), cloud.ports(config, 'run-1'), event, 'run-1');

    const prefix = 'editions/website/2026-10-12_2026-10-13/';
    const record: EditionRecord = JSON.parse(cloud.result(`${prefix}edition.json`).toString());
    const section = record.sections.find(({ id }) => id === 'hosts-by-status');
    if (!section) throw new Error('the section is missing');
    const store = s3Store({ client: cloud.s3.client(), bucket: 'results', prefix });
    const rows = rowObjects(await readTable(store, 'hosts-by-status.parquet', section.columns), section.columns);
    const total = rows.reduce((sum, row) => sum + Number(row.requests), 0);
    expect(total).toBe(Number(record.headline.requests));
    expect(rows[0]).toMatchObject({ host: expect.stringMatching(/^example-/), status_class: '2xx' });
    expect(cloud.result(`${prefix}report.html`).toString()).toContain('<section id="hosts-by-status">');
    expect(cloud.result(`${prefix}mail.eml`).toString()).toContain('Hosts by status');
  });
});
