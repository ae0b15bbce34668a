import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { claimMail, isMailSent, recordSentMail, releaseMail } from '../../lib/report/mail-claim.ts';
import { folderStore } from '../../lib/store/folder.ts';
import { readJson } from '../../lib/store/json.ts';
import type { Store } from '../../lib/store/store.ts';

const SIX = Date.UTC(2026, 10, 3, 6);
const MINUTE = 60_000;
const KEY = 'web/2026-10/mail-1.json';

let folder: string;
let editions: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logtally-claim-'));
  editions = folderStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The claim of a run, with the clock so many minutes after six. */
const of = (run_id: string, minutes = 0) => ({ editions, key: KEY, run_id, clock: () => SIX + minutes * MINUTE });

test('one of several runs gets the mail, and gets it again when it retries', async () => {
  const claimed = await Promise.all(['a', 'b', 'c'].map((run_id) => claimMail(of(run_id))));
  expect(claimed.filter(Boolean)).toHaveLength(1);
  const owner = ['a', 'b', 'c'][claimed.indexOf(true)] ?? '';
  expect(await claimMail(of(owner, 30))).toBe(true);
});

test('a claim of a run that never sent lasts an hour', async () => {
  expect(await claimMail(of('a'))).toBe(true);
  expect(await claimMail(of('b', 59))).toBe(false);
  expect(await claimMail(of('b', 60))).toBe(true);
});

test('a mail that was sent is never claimed again', async () => {
  await claimMail(of('a'));
  expect(await isMailSent(of('a'))).toBe(false);
  await recordSentMail(of('a', 1), '<id@example.com>');
  expect(await isMailSent(of('b', 600))).toBe(true);
  expect(await claimMail(of('b', 600))).toBe(false);
  expect(await claimMail(of('a', 600))).toBe(false);
  expect(await readJson(editions, KEY)).toEqual({
    run_id: 'a',
    claimed_at: '2026-11-03T06:00:00.000Z',
    sent_at: '2026-11-03T06:01:00.000Z',
    message_id: '<id@example.com>',
  });
});

test('a claim that is given up is free at once', async () => {
  await claimMail(of('a'));
  await releaseMail(of('a'));
  expect(await claimMail(of('b'))).toBe(true);
});
