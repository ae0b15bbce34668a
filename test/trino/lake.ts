import { cpSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Duckdb, openDuckdb } from '../../lib/engine/duckdb/duckdb.ts';
import { refreshDuckdbLake } from '../../lib/lake/duckdb/refresh.ts';
import { openLake } from '../../lib/lake/duckdb/views.ts';
import { addDays, daysOf, type Period } from '../../lib/model/period.ts';
import { localFlow } from '../../lib/run/local-flow.ts';
import { findRawFiles } from '../../lib/sources/raw-files.ts';
import { folderStore } from '../../lib/store/folder.ts';
import { writeObjects } from '../../samples/generator/delivery.ts';
import { SAMPLE } from '../../samples/generator/entries.ts';
import { openRequests, type RequestRow } from '../sections/database.ts';
import { createDatabase, type Database } from './database.ts';

const SAMPLES = join(import.meta.dirname, '..', '..', 'samples', 's3-access');

/** The whole time of the sample. */
export const SAMPLE_PERIOD: Period = { kind: 'date_range', from: SAMPLE.from, to: SAMPLE.to };

/** A lake that both engines read, and below it the raw logs of the source `sample`. */
export interface Lake {
  trino: Database;
  duckdb: Duckdb;
  /** The folder of the raw logs. */
  raw: string;
}

/**
 * Stores the sample where S3 would deliver it, writes it into the lake as a laptop does, and adds rows of other sources.
 * TRINO_SAMPLE_LINES sets the number of lines, in place of those in samples/. The source `nothing` has no line.
 */
export async function makeLake(name: string, rows: readonly RequestRow[]): Promise<Lake> {
  const located = (source: string) => ({
    location: `s3://example-logs/${source}/`,
    accounts: ['111122223333'],
    regions: ['eu-central-1'],
    buckets: ['example-website', 'example-downloads'],
    since: '2026-01-01',
  });
  const sources = ['sample', 'nothing', ...new Set(rows.map((row) => String(row.source)))];
  const trino = await createDatabase(
    name,
    Object.fromEntries(sources.map((source) => [source, located(source)])),
    addDays(SAMPLE.to, 30),
  );
  const raw = join(trino.buckets, 'example-logs', 'sample');
  const lines = Number(process.env.TRINO_SAMPLE_LINES ?? 0);
  if (lines > 0) writeObjects(raw, { lines });
  else cpSync(SAMPLES, raw, { recursive: true });
  const duckdb = await openDuckdb({
    memory: '2GB',
    threads: 2,
    temp_folder: join(tmpdir(), `logtally-trino-${name}-${process.pid}`),
  });
  mkdirSync(trino.lake, { recursive: true });
  const days = daysOf(SAMPLE_PERIOD);
  const { sample } = trino.sources;
  if (!sample) throw new Error('there is no source sample');
  await refreshDuckdbLake(
    { duckdb, folder: trino.lake, store: folderStore(trino.lake), late_days: 2, retention: 'keep' },
    localFlow(),
    sample,
    await findRawFiles([raw]),
    days,
  );
  await addRows(trino.lake, rows);
  const rowDays = new Set(rows.map((row) => String(row.day)));
  await openLake(duckdb, trino.lake, name, sources, [...days, ...rowDays]);
  return { trino, duckdb, raw };
}

/** The bytes of the files below a folder whose paths contain a text. */
export function bytesBelow(folder: string, part = ''): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes(part))
    .map((name) => statSync(join(folder, name)))
    .reduce((total, file) => total + (file.isFile() ? file.size : 0), 0);
}

/** Writes rows as files of the lake. */
async function addRows(lake: string, rows: readonly RequestRow[]): Promise<void> {
  if (rows.length === 0) return;
  const connection = await openRequests(rows);
  // One thread writes one file per day, which is all that the laptop looks for.
  await connection.run('SET threads = 1');
  await connection.run(
    `COPY logtally.requests TO '${join(lake, 'requests')}'
     (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (source, day), FILENAME_PATTERN 'part-{i}', OVERWRITE_OR_IGNORE)`,
  );
  connection.closeSync();
}
