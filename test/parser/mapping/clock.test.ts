import { describe, expect, test } from '@jest/globals';
import { type Format, hasFieldColumns } from '../../../lib/formats/format.ts';
import { formatOf } from '../../../lib/formats/formats.ts';
import { kindExpression } from '../../../lib/formats/pattern.ts';
import { compileMapping } from '../../../lib/parser/mapping/mapping.ts';
import { takeClock } from '../../../lib/parser/scan/clock.ts';
import { mappedRow, type RawRow, rawBatches } from './raw-rows.ts';

/* A scanner writes a time as that of midnight and keeps its clock apart. That must not change what the mapping makes of it. */

const DAYS = ['06/Oct/2026', '29/Feb/2024', '29/Feb/2023', '06/oct/2026'];
const ISO_DAYS = ['2026-10-06', '2026/10/06', '2023-02-29'];
const HTTP_DAYS = ['Tue, 06 Oct 2026', 'Wed, 29 Feb 2023'];
const CLOCKS = ['00:00:00', '13:45:59', '23:59:59', '23:59:60', '24:00:00'];
const FRACTIONS = ['', '.1', '.125', '.123456789', ',5', ',125'];
const ZONES = ['', 'Z', ' +0000', ' -0930', '+01:00', '+0530', '-08', ' GMT', ' +02'];

const TEXTS = [
  ...DAYS.flatMap((day) => [`${day}:`, `${day} `]),
  ...ISO_DAYS.flatMap((day) => [`${day}T`, `${day} `]),
  ...HTTP_DAYS.map((day) => `${day} `),
]
  .flatMap((day) => CLOCKS.map((clock) => day + clock))
  .flatMap((moment) => FRACTIONS.map((fraction) => moment + fraction))
  .flatMap((moment) => ZONES.map((zone) => moment + zone));

/** One of each mapping: of S3, of web logs, and of times that may lack the year. */
const IDS = ['s3-access', 's3-json', 'nginx', 'syslog'];

describe.each(IDS)('%s', (id) => {
  test('a time is that of its midnight and its clock', () => {
    const format = formatOf(id);
    const mapping = compileMapping(format);
    const column = mapping.clock_column as string;
    const mapped = (rows: readonly RawRow[]) => {
      const { batch, chunk } = rawBatches(format)(rows);
      mapping.clear();
      const result = mapping.map(batch, chunk, { log_object: 'a.log', file_day: '2026-10-07' });
      return rows.map((_, row) => mappedRow(result, row));
    };
    const row = (text: string, clock_ms: number) => ({
      texts: { [column]: text },
      line: 'a line',
      unfit: false,
      clock_ms,
    });
    const taken = TEXTS.filter((text) => mayHold(format, text)).flatMap((text) => {
      const found = takeClock(text, column);
      return found ? [{ text, ...found }] : [];
    });
    expect(taken.length).toBeGreaterThan(5);
    const whole = mapped(taken.map(({ text }) => row(text, 0)));
    const apart = mapped(taken.map(({ midnight, clock_ms }) => row(midnight, clock_ms)));
    const differences = taken.flatMap(({ text }, index) =>
      JSON.stringify(whole[index]) === JSON.stringify(apart[index])
        ? []
        : [{ text, whole: shown(whole[index]), apart: shown(apart[index]) }],
    );
    expect(differences.slice(0, 3)).toEqual([]);
  });
});

/** A raw table of fields has only times of its kind. */
function mayHold(format: Format, text: string): boolean {
  return !hasFieldColumns(format) || new RegExp(`^${kindExpression('bracketed_time')}$`).test(`[${text}]`);
}

function shown(row: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
