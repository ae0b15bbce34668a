import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../../lib/config/config.ts';
import { openDuckdb } from '../../../lib/engine/duckdb/duckdb.ts';
import { refreshDuckdbLake } from '../../../lib/lake/duckdb/refresh.ts';
import { readStretches } from '../../../lib/lake/duckdb/stretch-pool.ts';
import { STRETCH_BYTES, stretchesOf } from '../../../lib/lake/duckdb/stretches.ts';
import { listManifests } from '../../../lib/lake/manifest.ts';
import { localFlow } from '../../../lib/run/local-flow.ts';
import { findRawFiles } from '../../../lib/sources/raw-files.ts';
import type { Source } from '../../../lib/sources/source.ts';
import { folderStore } from '../../../lib/store/folder.ts';
import { logLine, writeLog } from './raw-log.ts';

const CONFIG = parseConfig('sources: { web: {} }\nreports: { web: {} }\n', '/logtally.yaml', {
  section_ids: ['overview'],
});
const web = CONFIG.sources.web as Source;
const DAYS = ['2026-10-05', '2026-10-06'];

// A name that DuckDB would take for a glob.
const folder = mkdtempSync(join(tmpdir(), 'logtally-[threads]-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Long agents, so that few lines fill several stretches. */
const AGENTS = Array.from({ length: 9 }, (_, index) => `agent-${index}${'x'.repeat(1500)}`);
const LINES = 60_000;
/** More than a stretch in one compressed file, which is read in several parts. */
const PACKED_LINES = 25_000;
const REJECTS = ['garbage', 'more garbage [05/Oct/2026:10:00:00'];

beforeAll(() => {
  const lines = Array.from({ length: LINES }, (_, index) => {
    const id = `R${index % (LINES - 7)}`;
    const day = DAYS[Math.floor((index * DAYS.length) / LINES)];
    const line = logLine(`${day} 10:00:0${index % 7}`, id, `k${index % 99}.txt`, AGENTS[index % AGENTS.length]);
    // Parts of downloads, many of them at the same second.
    return index % 5 === 0 ? line.replace('" 200 - 10 10 ', '" 206 - 3 10 ') : line;
  });
  // The last seven have the request ids of the first seven, and two of them are the same lines.
  lines.splice(LINES - 2, 2, ...lines.slice(0, 2));
  lines.splice(LINES / 2, 0, ...REJECTS);
  writeLog(join(folder, 'logs', 'large.log'), lines);
  const packed = Array.from({ length: PACKED_LINES }, (_, index) =>
    logLine('2026-10-05 12:00:00', `P${index}`, 'packed.txt', AGENTS[index % AGENTS.length]),
  );
  writeLog(join(folder, 'logs', 'packed.log.gz'), [...packed, 'garbage']);
  writeLog(join(folder, 'logs', 'small.log'), [logLine('2026-10-06 11:00:00', 'S1'), 'garbage']);
  writeLog(join(folder, 'logs', 'small.log.gz'), [logLine('2026-10-06 11:00:00', 'S2'), 'garbage']);
});

/** Fills a lake; returns digests of its files, what the manifests count, and the rejects. */
async function filled(threads: number) {
  const lake = join(folder, `lake-${threads}`);
  mkdirSync(lake);
  const duckdb = await openDuckdb({ memory: '1GB', threads, temp_folder: join(folder, `temporary-${threads}`) });
  const percents: number[] = [];
  const onReading = (percent: number) => percents.push(percent);
  try {
    const store = folderStore(lake);
    const options = { duckdb, folder: lake, store, late_days: 2, retention: 'keep' as const, onReading };
    await refreshDuckdbLake(options, localFlow(2), web, await findRawFiles([join(folder, 'logs')]), DAYS);
    const files = readdirSync(lake, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.parquet'));
    const digests = files.sort().map((name) => [name, digest(join(lake, name))]);
    const figures = (await listManifests(store, 'web')).map((made) => [
      ...[made.day, made.lines, made.parsed, made.duplicates, made.rejected],
    ]);
    const stored = lake.replaceAll('[', '[[]');
    const downloads = await duckdb.run(
      `SELECT download, count(*) FROM read_parquet('${stored}/requests/source=web/day=*/*.parquet') GROUP BY 1 ORDER BY 1`,
    );
    const rejects = await duckdb.run(
      `SELECT log_object, line_number, line FROM read_parquet('${stored}/rejected/source=web/day=*/*.parquet') ORDER BY ALL`,
    );
    const valuesOf = (rows: Record<string, unknown>[]) => rows.map((row) => Object.values(row));
    return {
      ...{ digests, figures, downloads: valuesOf(downloads), rejects: valuesOf(rejects), percents },
      left: readdirSync(lake),
    };
  } finally {
    duckdb.close();
  }
}

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

describe('a log that several threads read', () => {
  let one: Awaited<ReturnType<typeof filled>>;
  beforeAll(async () => {
    one = await filled(1);
  });

  test('is larger than two stretches', () => {
    expect(statSync(join(folder, 'logs', 'large.log')).size).toBeGreaterThan(2 * STRETCH_BYTES);
  });

  test('becomes the same files as with one', async () => {
    const three = await filled(3);
    expect(three.digests).toHaveLength(4);
    expect(three.digests).toEqual(one.digests);
    expect(three.figures).toEqual(one.figures);
  });

  test('counts each line once, and numbers rejects from the start of their file', () => {
    expect(one.figures).toEqual([
      ['2026-10-05', 55_004, 55_000, 2, 2],
      ['2026-10-06', 30_003, 30_000, 0, 3],
    ]);
    expect(one.rejects).toEqual([
      ['large.log', 30_001n, 'garbage'],
      ['large.log', 30_002n, 'more garbage [05/Oct/2026:10:00:00'],
      ['packed.log.gz', 25_001n, 'garbage'],
      ['small.log', 2n, 'garbage'],
      ['small.log.gz', 2n, 'garbage'],
    ]);
  });

  test('combines the parts of downloads of a day, and leaves all others', () => {
    expect(one.downloads).toEqual([
      ['part', 11_802n],
      ['parts', 198n],
      ['whole', 73_000n],
    ]);
  });

  test('shows its progress, and leaves nothing but the lake', () => {
    expect(one.percents.length).toBeGreaterThan(2);
    expect(one.percents).toEqual([...one.percents].sort((a, b) => a - b));
    expect(one.percents.at(-1)).toBe(100);
    expect(one.left.sort()).toEqual(['manifests', 'rejected', 'requests']);
  });
});

test('an error of a thread is thrown', async () => {
  const stretches = stretchesOf(await findRawFiles([join(folder, 'logs')]), web.definition);
  const read = async () => {
    const broken = { ...web.definition, fields: undefined as never };
    for await (const _ of readStretches({ format: broken, rule: 'event_time' }, stretches, 2));
  };
  await expect(read()).rejects.toThrow('undefined');
});
