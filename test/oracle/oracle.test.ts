import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Hit, hits, objectHits } from './hit.ts';
import { LOG_SECTIONS } from './log-sections.ts';
import { LOGS, told } from './logs.ts';
import { type Cell, type Reported, type Row, reported } from './product.ts';
import { Random } from './random.ts';
import { STORAGE_SECTIONS } from './storage-sections.ts';
import { NEEDS, WEB_SECTIONS } from './web-sections.ts';
import { WITHOUT_COUNT, WITHOUT_LOGS, WITHOUT_ORACLE } from './without-oracle.ts';

/*
 * Every figure of a report, counted again by plain code that shares nothing with the product: logs are made by chance,
 * written in each format, reported, and what the files of the report hold must be what was made. Other logs at each run;
 * SEED=… repeats one.
 */

const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32));
const HITS = 900;
const ROOT = join(import.meta.dirname, '..', '..');
const SECTIONS = { storage: STORAGE_SECTIONS, web: WEB_SECTIONS, log: LOG_SECTIONS };

const folder = mkdtempSync(join(tmpdir(), 'logtally-oracle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
process.stderr.write(`oracle: SEED=${SEED} repeats this run\n`);

test('every section has an oracle or a reason for having none', () => {
  const sections = globSync('sql/sections/*.sql', { cwd: ROOT }).map((file) => basename(file, '.sql'));
  const counted = new Set(Object.values(SECTIONS).flatMap(Object.keys));
  expect(sections.filter((id) => !counted.has(id) && !Object.hasOwn(WITHOUT_ORACLE, id))).toEqual([]);
  expect(Object.keys(WITHOUT_ORACLE).filter((id) => counted.has(id) || !sections.includes(id))).toEqual([]);
});

test('the oracle shares nothing with the product', () => {
  const files = globSync('test/oracle/*.ts', { cwd: ROOT });
  const imported = files.flatMap((file) => [
    ...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']*)'/g),
  ]);
  const outside = imported.map(([, path = '']) => path).filter((path) => !path.startsWith('./'));
  // The only part that is not the oracle's own starts the program as a process.
  expect([...new Set(outside)]).toEqual(['../cli/command.ts']);
});

test('every built-in format is counted or has a reason for not being so', () => {
  const formats = globSync('sql/formats/*.sql', { cwd: ROOT }).map((file) => basename(file, '.sql'));
  expect(formats.filter((id) => !Object.hasOwn(LOGS, id) && !Object.hasOwn(WITHOUT_LOGS, id)).sort()).toEqual([]);
});

describe.each(Object.keys(LOGS))('a report of %s', (format) => {
  const log = LOGS[format] ?? Object.values(LOGS)[0];
  if (!log) throw new Error('no log is written');
  const made = (log.kind === 'storage' ? objectHits : hits)(new Random(SEED), HITS);
  const seen: Hit[] = made.map((hit) => told(hit, log));
  let report: Reported;

  beforeAll(async () => {
    const file = join(folder, `${format}.log`);
    writeFileSync(file, `${[...(log.header ?? []), ...made.map(log.write)].join('\n')}\n`);
    report = await reported(file, format, join(folder, format));
  });

  test('has a row for each line', () => {
    expect(report.sources).toMatchObject([{ lines: HITS, parsed: HITS, rejected: 0, duplicates: 0 }]);
  });

  test('has no section that is not counted', () => {
    // Of lines that are no requests, sections about requests have nothing to count.
    const counted = { ...SECTIONS[log.kind], ...(log.kind === 'log' ? WEB_SECTIONS : {}) };
    const unknown = [...report.sections.keys()].filter((id) => !Object.hasOwn(counted, id));
    expect(unknown.filter((id) => !Object.hasOwn(WITHOUT_ORACLE, id))).toEqual([]);
  });

  test.each(Object.keys(SECTIONS[log.kind]))('answers %s as counted by hand', (id) => {
    const counted = (SECTIONS[log.kind] as typeof WEB_SECTIONS)[id]?.(seen) ?? [];
    const rows = report.sections.get(id);
    const need = NEEDS[id];
    if (need !== undefined && !log.tells.includes(need)) {
      expect(rows).toBeUndefined();
      return;
    }
    if (!rows) throw new Error(`the report has no section ${id}`);
    const estimated = report.estimated.get(id) ?? new Set();
    const isCounted = (name: string) => !estimated.has(name) && !Object.hasOwn(WITHOUT_COUNT, name);
    const exact = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([name]) => isCounted(name)));
    expect(sorted(rows.map(exact))).toEqual(sorted(counted.map(exact)));
  });
});

/** Rows in an order that does not depend on them, figures to twelve digits: sums of fractions differ in the last ones. */
function sorted(rows: readonly Row[]): string[] {
  const cell = (value: Cell) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value);
  return rows
    .map((row) =>
      JSON.stringify(
        Object.fromEntries(
          Object.entries(row)
            .sort()
            .map(([name, value]) => [name, cell(value)]),
        ),
      ),
    )
    .sort();
}
