import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../lib/config/config.ts';
import { type Duckdb, openDuckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { duckdbRawRelation } from '../../lib/lake/duckdb/raw-relation.ts';
import { rawRequestColumns, rawRequestsStatement } from '../../lib/lake/raw-requests.ts';
import { daysOf, type Period } from '../../lib/model/period.ts';
import { findRawFiles } from '../../lib/sources/raw-files.ts';
import type { Source } from '../../lib/sources/source.ts';
import { FORMAT_FIXTURES } from '../formats/format-fixtures.ts';
import { logLine, writeLog } from './duckdb/raw-log.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'formats');
const folder = mkdtempSync(join(tmpdir(), 'logtally-raw-'));
let duckdb: Duckdb;

beforeAll(async () => {
  duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder: join(folder, 'temporary') });
});
afterAll(() => {
  duckdb.close();
  rmSync(folder, { recursive: true, force: true });
});

function sourceOf(format: string): Source {
  const text = `sources: { web: { format: ${format} } }\nreports: { web: {} }\n`;
  return parseConfig(text, '/logtally.yaml', { section_ids: ['overview'] }).sources.web as Source;
}

async function requestsOf(format: string, paths: readonly string[], period: Pick<Period, 'from' | 'to'>) {
  const source = sourceOf(format);
  const lake = { duckdb, folder: join(folder, 'lake'), late_days: 2, retention: 'keep' as const };
  mkdirSync(lake.folder, { recursive: true });
  const lines = await duckdbRawRelation(
    lake,
    source,
    await findRawFiles(paths),
    daysOf({ kind: 'date_range', ...period }),
  );
  const { sql, parameters } = rawRequestsStatement(source.definition, source.name, lines, {
    kind: 'date_range',
    ...period,
  });
  const rows = await duckdb.run(sql, parameters);
  if (rows[0]) expect(Object.keys(rows[0])).toEqual(rawRequestColumns(source.definition).map(({ name }) => name));
  return rows;
}

describe('the raw fields of requests', () => {
  test('are those of the line: numbers as numbers, a hyphen as NULL, all else as written', async () => {
    const path = join(folder, 's3.log');
    cpSync(join(FIXTURES, 's3-access', 'lines.log'), path);
    const rows = await requestsOf('s3-access', [path], { from: '2026-10-01', to: '2026-10-31' });
    const first = readFileSync(path, 'utf8').split('\n')[0] ?? '';
    const shown = rows.find(({ requestid }) => first.includes(` ${requestid} `));
    expect(shown).toMatchObject({ source: 'web', log_object: path });
    for (const field of ['bucketowner', 'remoteip', 'requester', 'requestdatetime', 'request_uri', 'hostid'])
      expect(first).toContain(String(shown?.[field] ?? '-'));
    expect(typeof shown?.httpstatus).toBe('number');
    expect([shown?.errorcode, shown?.versionid]).toEqual([null, null]);
  });

  test('come once for a request that was delivered twice, and only for the days of the period', async () => {
    const path = join(folder, 'days.log');
    writeLog(path, [
      logLine('2026-10-04 23:59:59', 'R0'),
      logLine('2026-10-05 10:00:00', 'R1'),
      logLine('2026-10-05 10:00:00', 'R1'),
      logLine('2026-10-06 10:00:00', 'R1'),
      'garbage',
    ]);
    const rows = await requestsOf('s3-access', [path], { from: '2026-10-05', to: '2026-10-06' });
    expect(rows.map(({ time, requestid }) => [(time as Date).toISOString().slice(0, 10), requestid])).toEqual([
      ['2026-10-05', 'R1'],
      ['2026-10-06', 'R1'],
    ]);
  });

  test('come once each for versions of an object that one call deleted', async () => {
    const path = join(folder, 'versions.log');
    const deleted = (version: string) =>
      `79a5 example-website [05/Oct/2026:10:00:00 +0000] 192.0.2.3 - R1 BATCH.DELETE.OBJECT a.pdf - 204 - - 10 - - - - ${version} HOST= - - - example.com - -`;
    writeLog(path, [deleted('v1'), deleted('v2'), deleted('v2'), deleted('v3')]);
    const rows = await requestsOf('s3-access', [path], { from: '2026-10-05', to: '2026-10-05' });
    expect(rows.map(({ versionid }) => versionid)).toEqual(['v1', 'v2', 'v3']);
  });

  test('count to the days of their folders where files lie in dated ones', async () => {
    for (const day of ['04', '05']) {
      const lines = [logLine(`2026-10-${day} 10:00:00`, `R${day}`)];
      writeLog(join(folder, 'dated', '2026/10', day, `2026-10-${day}-10-30-00-AAAA`), lines);
    }
    const rows = await requestsOf('s3-access', [join(folder, 'dated')], { from: '2026-10-05', to: '2026-10-05' });
    expect(rows.map(({ requestid }) => requestid)).toEqual(['R05']);
  });

  test.each(FORMAT_FIXTURES)('$name: as many as the fixture has requests', async ({ name, format, path, expected }) => {
    const requests = expected.filter(({ line }) => line === undefined);
    const keys = requests.map((row, index) => (row.request_id ? JSON.stringify(row) : index));
    const copy = join(folder, `${name.replaceAll('/', '-')}.log`);
    cpSync(path, copy);
    const rows = await requestsOf(format.id, [copy], { from: '2000-01-01', to: '2030-12-31' });
    expect(rows).toHaveLength(new Set(keys).size);
  });
});
