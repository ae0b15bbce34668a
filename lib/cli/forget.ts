import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckdb } from '../engine/duckdb/duckdb.ts';
import { addressPatterns } from '../lake/address-patterns.ts';
import { type ForgettingLake, type FoundFile, findAddress, removeAddress } from '../lake/duckdb/forget.ts';
import { editionsWithAddress } from '../report/editions-with-address.ts';
import { type Clock, isoTime, systemClock } from '../run/clock.ts';
import { visibleText } from '../text/visible-text.ts';
import { dateRangeOption } from './date-range-option.ts';
import { type ForgetOptions, forgetPlaces } from './forget-options.ts';
import { type Forgotten, forgottenText } from './forgotten-text.ts';
import { openProgress } from './progress.ts';
import { withLakeLock } from './run-lock.ts';

/**
 * `logtally forget`: finds an address in the lake, and with --yes removes it there. Names the editions and raw logs that
 * have it, and leaves them alone.
 */
export async function forget(address: string, options: ForgetOptions): Promise<void> {
  const patterns = addressPatterns(address);
  const period = dateRangeOption(options.dateRange);
  const { lakes, editions, limits } = forgetPlaces(options);
  const clock = systemClock;
  const is_silent = options.quiet === true || options.json === true;
  const progress = openProgress(process.stderr, clock, { is_silent });
  const temporary = mkdtempSync(join(tmpdir(), 'logtally-forget-'));
  process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));
  const duckdb = await openDuckdb({ ...limits, temp_folder: join(temporary, 'duckdb') });
  try {
    const forgotten: Forgotten = { address, removed: options.yes ?? false, lakes: [], editions: [] };
    for (const store of lakes) {
      const lake: ForgettingLake = { duckdb, store, temporary, patterns };
      const onFile = (key: string, done: number, total: number) =>
        progress.update(store.root, { at: visibleText(key), done, total, unit: 'files' });
      const find = () => findAddress(lake, period, onFile);
      const files = options.yes ? await removeFrom(lake, find, clock) : await find();
      progress.clear();
      forgotten.lakes.push({ root: store.root, files });
    }
    forgotten.editions = await editionsWithAddress(editions, patterns);
    process.stdout.write(options.json ? `${JSON.stringify(forgotten)}\n` : forgottenText(forgotten, options));
  } finally {
    progress.clear();
    duckdb.close();
  }
}

/** Removes the address from the files in which it is found, while no other run works on the lake. */
function removeFrom(lake: ForgettingLake, find: () => Promise<FoundFile[]>, clock: Clock): Promise<FoundFile[]> {
  return withLakeLock(lake.store, randomUUID(), clock, async (flow) => {
    const files = await find();
    for (const file of files) {
      await flow.step(`forget in ${file.key}`, () => removeAddress(lake, file, isoTime(clock)));
    }
    return files;
  });
}
