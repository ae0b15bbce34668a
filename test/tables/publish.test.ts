import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { folderStore } from '../../lib/store/folder.ts';
import { s3Store } from '../../lib/store/s3.ts';
import { publishTable } from '../../lib/tables/publish.ts';
import { readTable } from '../../lib/tables/read-table.ts';
import { type S3Server, startS3Server } from '../servers/s3.ts';
import { batchesOf, columns, rows } from './every-type.ts';

const many = Array.from({ length: 10_000 }, (_, row) => rows[row % rows.length] as unknown[]);

describe('a published table', () => {
  let folder: string;
  let server: S3Server;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'logtally-publish-'));
    server = await startS3Server();
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
    await server.close();
  });

  test('is a Parquet and a CSV file, recorded with size and digest', async () => {
    const published = await publishTable(folderStore(folder), 'r/', 'top', columns, batchesOf(columns, many, 999));
    expect(published.rows).toBe(10_000);
    expect(published.files.map(({ name }) => name)).toEqual(['top.parquet', 'top.csv.gz']);
    for (const { name, size_bytes, sha256 } of published.files) {
      const bytes = await readFile(join(folder, 'r', name));
      expect(bytes.length).toBe(size_bytes);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
    expect(gunzipSync(await readFile(join(folder, 'r/top.csv.gz'))).toString()).toMatch(/^text,flag,.*\nplain,true,1,/);
  });

  test('has the same bytes in a folder and in S3, and when written again', async () => {
    const stores = [folderStore(folder), s3Store({ client: server.client(), bucket: 'results', prefix: 'e/' })];
    const published = [];
    for (const store of [...stores, ...stores]) {
      published.push(await publishTable(store, '', 'top', columns, batchesOf(columns, many)));
    }
    for (const again of published) expect(again).toEqual(published[0]);
    expect(server.objects.get('results/e/top.parquet')?.content_type).toBe('application/vnd.apache.parquet');
    expect(server.objects.get('results/e/top.csv.gz')?.content_type).toBe('application/gzip');
  });

  test('is read back with its types', async () => {
    const store = folderStore(folder);
    await publishTable(store, '', 'top', columns, batchesOf(columns, rows));
    const table = await readTable(store, 'top.parquet', columns);
    const values = columns.map(({ name }) => table.getChild(name)?.toJSON());
    const expected = columns.map(({ type }, index) =>
      rows.map((row) =>
        row[index] !== null && (type === 'timestamp' || type === 'date') ? Date.parse(text(row[index])) : row[index],
      ),
    );
    expect(values).toEqual(expected);
    expect(table.schema.fields.map(({ metadata }) => metadata.get('title'))).toEqual(columns.map(({ title }) => title));
  });

  test('has its columns without rows', async () => {
    const store = folderStore(folder);
    expect((await publishTable(store, '', 'none', columns, batchesOf(columns, []))).rows).toBe(0);
    const table = await readTable(store, 'none.parquet', columns);
    expect([table.numRows, table.numCols]).toEqual([0, columns.length]);
  });

  test('is an error that names the file if it is missing, damaged or lacks a column', async () => {
    const store = folderStore(folder);
    await publishTable(store, '', 'top', columns, batchesOf(columns, rows));
    const other = [...columns, { name: 'added', type: 'bigint' as const, title: 'Added' }];
    await store.put('damaged.parquet', 'no Parquet');
    await expect(readTable(store, 'none.parquet', columns)).rejects.toThrow(`${folder}/none.parquet is missing`);
    await expect(readTable(store, 'damaged.parquet', columns)).rejects.toThrow(
      `${folder}/damaged.parquet cannot be read`,
    );
    await expect(readTable(store, 'top.parquet', other)).rejects.toThrow(/top\.parquet cannot be read: .*added/);
  });

  test('stays as it was if reading the new rows fails', async () => {
    const store = folderStore(folder);
    const before = await publishTable(store, '', 'top', columns, batchesOf(columns, rows));
    async function* broken() {
      yield* batchesOf(columns, many);
      throw new Error('the query broke');
    }
    await expect(publishTable(store, '', 'top', columns, broken())).rejects.toThrow('the query broke');
    expect((await readdir(folder)).sort()).toEqual(['top.csv.gz', 'top.parquet']);
    expect(await publishTable(store, '', 'top', columns, batchesOf(columns, rows))).toEqual(before);
  });

  test.each(['top.parquet', 'top.csv.gz'])('fails as a whole when %s cannot be written', async (name) => {
    const store = folderStore(folder);
    await store.put(`${name}/in-the-way`, 'x');
    const publishing = publishTable(store, '', 'top', columns, batchesOf(columns, many));
    await expect(publishing).rejects.toThrow(`${name}: there is a folder where the file should be`);
    expect(((await readdir(folder)) as string[]).filter((file) => file.startsWith('.'))).toEqual([]);
  });

  test('ends at once when S3 refuses, and says what is not allowed', async () => {
    const store = s3Store({ client: server.client(), bucket: 'results', prefix: '' });
    server.fail('AccessDenied', 10, 'PutObject');
    const publishing = publishTable(store, '', 'top', columns, batchesOf(columns, many));
    await expect(publishing).rejects.toThrow(/s3:\/\/results\/top\.\S+: PutObject: access denied/);
  });
});

function text(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
