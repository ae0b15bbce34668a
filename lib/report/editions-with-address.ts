import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Day } from '../model/period.ts';
import type { Store } from '../store/store.ts';

/** An edition by its report and its first and last day. */
export interface EditionName {
  report: string;
  from: Day;
  to: Day;
}

const EDITION_FILE = /^([^/]+)\/(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)\/([^/]+)$/;

/**
 * The editions that show an address, found by `patterns` (see lib/lake/address-patterns.ts). Every value of an edition is in
 * its CSV files or in `edition.json`; page, mail and Parquet files repeat them.
 */
export async function editionsWithAddress(editions: Store, patterns: readonly string[]): Promise<EditionName[]> {
  const expressions = patterns.map((pattern) => new RegExp(pattern, 'i'));
  const isFound = (text: string) => expressions.some((expression) => expression.test(text));
  const found = new Map<string, EditionName>();
  for await (const { key } of editions.list('')) {
    const [, report = '', from = '', to = '', file = ''] = EDITION_FILE.exec(key) ?? [];
    const name = `${report}/${from}_${to}`;
    if (!/^edition\.json$|\.csv\.gz$/.test(file) || found.has(name)) continue;
    if (await someLine(editions, key, isFound)) found.set(name, { report, from, to });
  }
  return [...found.values()];
}

async function someLine(editions: Store, key: string, isFound: (line: string) => boolean): Promise<boolean> {
  const stored = await editions.read(key);
  const input = key.endsWith('.gz') ? stored.pipe(createGunzip()) : stored;
  try {
    for await (const line of createInterface({ input })) if (isFound(line)) return true;
    return false;
  } finally {
    stored.destroy();
  }
}
