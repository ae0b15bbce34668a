import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../../lib/config/config.ts';
import { type Duckdb, openDuckdb } from '../../../lib/engine/duckdb/duckdb.ts';
import { refreshDuckdbLake } from '../../../lib/lake/duckdb/refresh.ts';
import { listManifests } from '../../../lib/lake/manifest.ts';
import { localFlow } from '../../../lib/run/local-flow.ts';
import { findRawFiles } from '../../../lib/sources/raw-files.ts';
import type { Source } from '../../../lib/sources/source.ts';
import { folderStore } from '../../../lib/store/folder.ts';
import { logLine } from './raw-log.ts';

const CONFIG = parseConfig('sources: { web: {} }\nreports: { web: {} }\n', '/logtally.yaml', {
  section_ids: ['overview'],
});

let folder: string;
let duckdb: Duckdb;

beforeEach(async () => {
  // The folders of logs and lake have names that DuckDB would take for globs.
  folder = mkdtempSync(join(tmpdir(), 'logtally-[odd]-'));
  duckdb = await openDuckdb({ memory: '1GB', threads: 2, temp_folder: join(folder, 'temporary') });
});

afterEach(() => {
  duckdb.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Lines of the logs, each with a request id of its own. */
function lines(name: string, count: number): string {
  return Array.from({ length: count }, (_, n) => `${logLine('2026-10-05 10:00:00', `${name}${n}`)}\n`).join('');
}

/** Files of the logs by name: what was read of each, and what is said of them. */
async function read(files: Record<string, string | Buffer>) {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, 'logs', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  const lake = join(folder, 'lake');
  mkdirSync(lake, { recursive: true });
  const store = folderStore(lake);
  const unreadable: Record<string, string> = {};
  const onUnreadable = (name: string, reason: string) => {
    unreadable[name] = reason;
  };
  await refreshDuckdbLake(
    { duckdb, folder: lake, store, late_days: 2, retention: 'mirror', onUnreadable },
    localFlow(2),
    CONFIG.sources.web as Source,
    await findRawFiles([join(folder, 'logs')]),
    ['2026-10-05'],
  );
  const rows = await duckdb.run(
    `SELECT log_object, count(*) AS rows FROM read_parquet('${lake.replaceAll('[', '[[]')}/requests/source=web/day=*/*.parquet') GROUP BY ALL ORDER BY ALL`,
  );
  const rejected = (await listManifests(store, 'web')).reduce((sum, manifest) => sum + manifest.rejected, 0);
  const requests = Object.fromEntries(rows.map(({ log_object, rows }) => [String(log_object), Number(rows)]));
  return { requests, rejected, unreadable, lake };
}

test('files whose names are globs are read by their names', async () => {
  const names = [
    'a[1].log',
    'a1.log',
    's*r.log',
    'star.log',
    'q?.log',
    'qx.log',
    'b{1,2}.log',
    'back\\[x].log',
    "o'c.log",
  ];
  const { requests } = await read(Object.fromEntries(names.map((name, index) => [name, lines(name, index + 1)])));
  expect(requests).toEqual(Object.fromEntries(names.map((name, index) => [name, index + 1])));
});

test('compressed files are read with any name, and so are plain files named .gz', async () => {
  const { requests, unreadable } = await read({
    'a.log.gz': gzipSync(lines('a', 3)),
    'b.log': gzipSync(lines('b', 4)),
    'c.log.gz': lines('c', 5),
    'd.log.zst': zstdCompressSync(lines('d', 6)),
    'e.GZ': zstdCompressSync(lines('e', 7)),
    'f.zst': lines('f', 8),
    'g.gz': '',
  });
  expect(requests).toEqual({ 'a.log.gz': 3, 'b.log': 4, 'c.log.gz': 5, 'd.log.zst': 6, 'e.GZ': 7, 'f.zst': 8 });
  expect(unreadable).toEqual({});
});

test('gzip headers may have fields', async () => {
  const plain = gzipSync(lines('a', 3));
  const fields = Buffer.from([6, 0, 0x42, 0x43, 2, 0, 0x12, 0]);
  const withFields = (zipped: Buffer) => {
    const header = Buffer.from(zipped.subarray(0, 10));
    header.writeUInt8(4, 3);
    return Buffer.concat([header, fields, zipped.subarray(10)]);
  };
  const { requests } = await read({
    'a.gz': Buffer.concat([plain, withFields(gzipSync(lines('b', 2)))]),
    'c.gz': withFields(gzipSync(lines('c', 4))),
  });
  expect(requests).toEqual({ 'a.gz': 5, 'c.gz': 4 });
});

test('odd files are read as far as possible, and do not end the run', async () => {
  const cut = gzipSync(lines('cut', 20_000));
  const wrong = gzipSync(lines('wrong', 9));
  wrong.writeUInt8(wrong.readUInt8(wrong.length - 6) ^ 0xff, wrong.length - 6);
  const { requests, rejected, unreadable } = await read({
    'sound.log': lines('sound', 1),
    'padded.gz': Buffer.concat([gzipSync(lines('padded', 2)), Buffer.alloc(512)]),
    'several.gz': Buffer.concat([gzipSync(lines('several', 2)), gzipSync(lines('more', 2))]),
    'text.gz': Buffer.concat([gzipSync(lines('text', 3)), Buffer.from(lines('behind', 3))]),
    'frames.zst': Buffer.concat([zstdCompressSync(lines('frame', 5)), zstdCompressSync(lines('frames', 5))]),
    'nul-head.log': Buffer.concat([Buffer.alloc(5000), Buffer.from(lines('head', 4))]),
    'nul-within.log': Buffer.concat([
      Buffer.from(lines('w', 100)),
      Buffer.alloc(9000),
      Buffer.from(lines('within', 4)),
    ]),
    'nul-many.log': Buffer.concat([
      Buffer.from(lines('m', 100)),
      Buffer.alloc(20_000_000),
      Buffer.from(lines('many', 4)),
    ]),
    'nul-one.log': lines('one', 2).replace('curl', 'cu\0rl'),
    'nul-zipped.gz': gzipSync(Buffer.concat([Buffer.alloc(20_000_000), Buffer.from(lines('zipped', 6))])),
    'wide.log': Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(lines('wide', 7), 'utf16le')]),
    'returns.log': lines('returns', 8).replaceAll('\n', '\r'),
    'mixed.log': lines('mixed', 9).replace('\n', '\r'),
    'end.log': lines('end', 2).trimEnd(),
    'wrong.gz': wrong,
    'garbage.gz': Buffer.concat([gzipSync(lines('garbage', 3)), Buffer.from([1, 2, 3, 4, 0xff, 0xfe])]),
    'cut.gz': cut.subarray(0, cut.length / 2),
    'nothing.log': Buffer.alloc(100),
    'binary.log': Buffer.from([1, 0, 2, 0, 3, 0, 4, 5]),
    'bzip2.log.bz2': Buffer.from('BZh91AY&SY'),
  });
  const { 'cut.gz': ofCut = 0, ...others } = requests;
  expect(others).toEqual({
    ...{ 'sound.log': 1, 'padded.gz': 2, 'several.gz': 4, 'text.gz': 6, 'frames.zst': 10, 'nul-head.log': 4 },
    ...{ 'nul-within.log': 104, 'nul-many.log': 104, 'nul-one.log': 2, 'nul-zipped.gz': 6, 'wide.log': 7 },
    ...{ 'returns.log': 8, 'mixed.log': 9, 'end.log': 2, 'wrong.gz': 9, 'garbage.gz': 3 },
  });
  expect(ofCut).toBeGreaterThan(5000);
  expect(rejected).toBeLessThanOrEqual(1);
  expect(unreadable).toEqual({
    'wrong.gz': expect.stringContaining('checksum'),
    'garbage.gz': expect.stringContaining('goes on'),
    'cut.gz': expect.stringContaining('ends early'),
    'nothing.log': 'holds nothing but NUL bytes',
    'binary.log': 'is binary, not a log',
    'bzip2.log.bz2': 'is compressed with bzip2; unpack it with bunzip2',
  });
});

describe('long lines', () => {
  const long = (name: string, megabytes: number) =>
    `${logLine('2026-10-05 10:00:00', name, 'a.txt', 'x'.repeat(megabytes * 1_000_000))}\n`;

  test('are read up to 16 MB, and rejects with their number above, beside all others', async () => {
    const text = (name: string) =>
      lines(`${name}A`, 3) + long(`${name}B`, 9) + lines(`${name}C`, 2) + long(`${name}D`, 20) + lines(`${name}E`, 2);
    const files = {
      'plain.log': text('plain'),
      'packed.gz': gzipSync(text('packed')),
      'other.zst': zstdCompressSync(text('other')),
    };
    const { requests, rejected, lake } = await read(files);
    expect(requests).toEqual({ 'plain.log': 8, 'packed.gz': 8, 'other.zst': 8 });
    expect(rejected).toBe(3);
    const kept = await duckdb.run(
      `SELECT DISTINCT line_number, reason, length(line) AS length
       FROM read_parquet('${lake.replaceAll('[', '[[]')}/rejected/source=web/day=*/*.parquet')`,
    );
    expect(kept).toEqual([{ line_number: 7n, reason: 'is longer than 16 MB', length: 1018n }]);
  });

  test('that fit any text are rejects, too', async () => {
    const { requests, rejected } = await read({ 'a.log': `${lines('a', 1)}${'x'.repeat(17_000_000)}` });
    expect([requests, rejected]).toEqual([{ 'a.log': 1 }, 1]);
  });
});

test('a linked folder is read once', async () => {
  const other = join(folder, 'other');
  mkdirSync(other);
  writeFileSync(join(other, 'b.log'), lines('b', 2));
  mkdirSync(join(folder, 'logs'));
  symlinkSync(other, join(folder, 'logs', 'link'));
  symlinkSync(other, join(folder, 'logs', 'link-again'));
  expect((await read({ 'a.log': lines('a', 1) })).requests).toEqual({ 'a.log': 1, 'link/b.log': 2 });
});
