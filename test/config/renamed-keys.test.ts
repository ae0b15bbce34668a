import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Config, ConfigError, parseConfig } from '../../lib/config/config.ts';

const FILE = '/etc/logtally.yaml';
const MINIMAL = 'sources: { web: {} }\nreports: { monthly: {} }\n';
const OWNER = '{ Acme: { accounts: ["444455556666"] } }';

/** The config in a text, and the hints on its old names. */
function parse(text: string): { config: Config; hints: string[] } {
  const hints: string[] = [];
  const config = parseConfig(text, FILE, {
    section_ids: ['overview', 'by-day', 'owners'],
    onHint: (hint) => hints.push(hint),
  });
  return { config, hints };
}

/** The message of the refusal. */
function refusal(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

/** Does what the hints say: writes the new name at each place. */
function followed(text: string, hints: readonly string[]): string {
  const lines = text.split('\n');
  for (const hint of hints.toReversed()) {
    const [, line, column, to = ''] =
      /^[^:]+:(\d+):(\d+): .* is now called (\S+) \(since \d+\.\d+\.\d+\); rename it/.exec(hint) ?? [];
    const at = Number(line) - 1;
    const [before, after] = [lines[at]?.slice(0, Number(column) - 1), lines[at]?.slice(Number(column) - 1)];
    lines[at] = `${before}${after?.replace(/^[\w-]+/, to)}`;
  }
  return lines.join('\n');
}

describe('a configuration of version 0.1.0', () => {
  const text = readFileSync(join(import.meta.dirname, '../fixtures/config/0.1.0.yaml'), 'utf8');
  const { config, hints } = parse(text);

  test('means what it meant', () => {
    expect(config.owners).toEqual({
      analytics: {
        requesters: ['arn:aws:iam::111122223333:role/etl-*'],
        accounts: ['444455556666'],
        addresses: [],
        prefixes: [],
      },
      acme: {
        requesters: [],
        accounts: [],
        addresses: ['192.0.2.0/24', '2001:db8::/32'],
        prefixes: ['example-downloads/customers/example/'],
      },
    });
    expect(config).toMatchObject({
      time_zone: 'UTC',
      sources: {
        website: {
          format: 's3-access',
          folder: '/etc/samples/s3-access',
          buckets: ['example-website', 'example-downloads'],
        },
      },
      reports: { 'website-monthly': { sections: ['overview', 'by-day', 'owners'], privacy: { client_ip: 'hash' } } },
      formats: [{ id: 'own', title: 'Own' }],
      mail: { from: 'reports@example.com', link_days: 30 },
      limits: { memory: '2GB', threads: 2 },
      prices: { get_per_1000: 0.0004 },
      stack: { name: 'Logtally', database: 'logtally', results_days: 400, alarm_email: 'ops@example.com' },
    });
  });

  test('is the same configuration, without hints, after following the hints', () => {
    expect(hints).toEqual([
      `${FILE}:23:34: reports.website-monthly.sections[2]: teams is now called owners (since 0.2.0); rename it before the old name stops working`,
      `${FILE}:30:1: names: is now called owners (since 0.2.0); rename it before the old name stops working`,
      `${FILE}:50:5: formats.own.rest: is now called trailing_fields (since 0.2.0); rename it before the old name stops working`,
    ]);
    expect(parse(followed(text, hints))).toEqual({ config, hints: [] });
  });
});

test('a mistake below an old name is reported at its place in the file', () => {
  expect(refusal(`${MINIMAL}names: { Acme: {} }`)).toBe(
    `${FILE}:3:16: names.Acme: owns nothing; give requesters, accounts, addresses or prefixes`,
  );
});

test('an old name is refused if the new one is there too', () => {
  expect(refusal(`${MINIMAL}names: ${OWNER}\nowners: ${OWNER}`)).toBe(
    `${FILE}:3:1: names: is the old name of owners, which is given too; keep owners alone`,
  );
});

test('the same word elsewhere is not an old name', () => {
  const { config, hints } = parse(`${MINIMAL}owners: { names: { accounts: ["444455556666"] } }`);
  expect([Object.keys(config.owners), hints]).toEqual([['names'], []]);
});
