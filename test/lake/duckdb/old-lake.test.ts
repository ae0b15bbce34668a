import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Duckdb, openDuckdb } from '../../../lib/engine/duckdb/duckdb.ts';
import { openLake } from '../../../lib/lake/duckdb/views.ts';
import { readManifest } from '../../../lib/lake/manifest.ts';
import { REQUEST_COLUMNS } from '../../../lib/model/request-columns.ts';
import { folderStore } from '../../../lib/store/folder.ts';
import { logtally } from '../../cli/command.ts';
import { logLine, writeLog } from './raw-log.ts';

const OLD_LAKE = join(import.meta.dirname, '..', '..', 'fixtures', 'lakes', 'without-acl-required');

let folder: string;
let lake: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-old-lake-'));
  lake = join(folder, 'lake');
  cpSync(OLD_LAKE, lake, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a lake written before `requests` had the column acl_required', () => {
  let duckdb: Duckdb;

  beforeEach(async () => {
    duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder: join(folder, 'temporary') });
  });

  afterEach(() => duckdb.close());

  test('reads the column as NULL of its type if no file has it', async () => {
    await openLake(duckdb, lake, 'logtally', ['web'], ['2026-10-05', '2026-10-06']);
    expect(
      await duckdb.run(
        'SELECT day, request_id, copies, acl_required FROM logtally.requests ORDER BY day, time, request_id',
      ),
    ).toEqual([
      { day: '2026-10-05', request_id: 'R1', copies: 1n, acl_required: null },
      { day: '2026-10-05', request_id: 'R2', copies: 2n, acl_required: null },
      { day: '2026-10-05', request_id: 'R3', copies: 1n, acl_required: null },
      { day: '2026-10-06', request_id: 'R4', copies: 1n, acl_required: null },
    ]);
    const described = await duckdb.run('DESCRIBE logtally.requests');
    expect(described.map(({ column_name }) => column_name)).toEqual([
      ...REQUEST_COLUMNS.map(({ name }) => name),
      'source',
      'day',
    ]);
    expect(described.find(({ column_name }) => column_name === 'acl_required')).toMatchObject({
      column_type: 'VARCHAR',
    });
    expect(await duckdb.run('SELECT line_number, line FROM logtally.rejected')).toEqual([
      { line_number: 4n, line: 'no log line at all' },
    ]);
  });

  test('reads the column as NULL in old days and as stored in newer ones, whichever comes first', async () => {
    const stored = join(lake, 'requests/source=web');
    for (const day of ['2026-10-04', '2026-10-07']) {
      cpSync(join(stored, 'day=2026-10-06'), join(stored, `day=${day}`), { recursive: true });
      await duckdb.run(
        `COPY (SELECT *, 'Yes' AS acl_required FROM read_parquet('${stored}/day=2026-10-06/*.parquet', hive_partitioning = false))
         TO '${stored}/day=${day}/part-0.parquet' (FORMAT parquet)`,
      );
    }
    await openLake(duckdb, lake, 'logtally', ['web'], ['2026-10-04', '2026-10-05', '2026-10-06', '2026-10-07']);
    expect(
      await duckdb.run(
        'SELECT day, acl_required, count(*) AS requests FROM logtally.requests GROUP BY ALL ORDER BY day',
      ),
    ).toEqual([
      { day: '2026-10-04', acl_required: 'Yes', requests: 1n },
      { day: '2026-10-05', acl_required: null, requests: 3n },
      { day: '2026-10-06', acl_required: null, requests: 1n },
      { day: '2026-10-07', acl_required: 'Yes', requests: 1n },
    ]);
  });

  test('has lake version 1', async () => {
    expect(await readManifest(folderStore(lake), 'web', '2026-10-05')).toMatchObject({ lake_version: 1, parsed: 3 });
  });
});

describe('a report over an old lake whose raw logs have expired', () => {
  function report(...days: [string, string]) {
    writeLog(join(folder, 'logs/111122223333/eu-central-1/example-website/2026/10/07/2026-10-07-00-00-00-CCCC'), [
      logLine('2026-10-07 05:00:00', 'R5'),
    ]);
    const config = join(folder, 'logtally.yaml');
    const settings = {
      sources: { web: { folder: join(folder, 'logs') } },
      reports: { web: { title: 'Web' } },
      lake: { folder: lake },
      out: join(folder, 'out'),
    };
    writeFileSync(config, JSON.stringify(settings));
    return logtally(['report', '--config', config, '--date-range', ...days, '--json']);
  }

  test.each([
    ['only of old days', '2026-10-05', '2026-10-06', 4],
    ['of an old day and a new one', '2026-10-06', '2026-10-07', 2],
  ])('%s counts every request', async (_of, from, to, requests) => {
    const { code, stdout, stderr } = await report(from, to);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout).edition.headline).toMatchObject({ requests });
  });

  test('is refused, with the way out, if a newer program wrote one of the days', async () => {
    const manifest = join(lake, 'manifests/source=web/day=2026-10-05.json');
    writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')), lake_version: 999 }));
    const { code, stdout, stderr } = await report('2026-10-05', '2026-10-06');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(
      `${lake}/manifests/source=web/day=2026-10-05.json was written by a newer Logtally (lake version 999, this one reads up to 1)`,
    );
    expect(stderr).toContain('update Logtally, or choose another lake: lake.folder');
  });
});
