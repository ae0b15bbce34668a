import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { folderStore } from '../../lib/store/folder.ts';
import { readJson, writeJson } from '../../lib/store/json.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-json-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a value is read as it was written, indented for people', async () => {
  const store = folderStore(folder);
  expect(await writeJson(store, 'a/b.json', { day: '2026-10-05', lines: [1, null] })).toBe(true);
  expect(await readJson(store, 'a/b.json')).toEqual({ day: '2026-10-05', lines: [1, null] });
  expect(readFileSync(join(folder, 'a/b.json'), 'utf8')).toMatch(/^\{\n {2}"day": "2026-10-05",\n/);
});

test('an object that is not there is undefined, and one that is there can be kept', async () => {
  const store = folderStore(folder);
  expect(await readJson(store, 'none.json')).toBeUndefined();
  await writeJson(store, 'a.json', 1);
  expect(await writeJson(store, 'a.json', 2, { if_absent: true })).toBe(false);
  expect(await readJson(store, 'a.json')).toBe(1);
});

test('an object that is not JSON is an error that names it', async () => {
  writeFileSync(join(folder, 'half.json'), '{"day": "2026-');
  await expect(readJson(folderStore(folder), 'half.json')).rejects.toThrow(
    `${folder}/half.json is not JSON; delete it and run the report again`,
  );
});
