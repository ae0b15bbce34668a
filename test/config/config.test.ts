import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse as parseYaml } from 'yaml';
import {
  type Config,
  ConfigError,
  checkConfig,
  loadConfig,
  loadFormats,
  parseConfig,
  reportOf,
} from '../../lib/config/config.ts';
import { editorSchema } from '../../lib/config/schema.ts';
import { formatOf } from '../../lib/formats/formats.ts';

const SECTION_IDS = ['overview', 'by-day', 'top-objects'];
const ROOT = join(import.meta.dirname, '..', '..');

const parse = (text: string): Config => parseConfig(text, '/etc/logtally.yaml', { section_ids: SECTION_IDS });

/** The lines of the refusal, without the name of the file. */
function refusal(text: string): string[] {
  try {
    parse(text);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n').map((line) => line.replace('/etc/logtally.yaml:', ''));
  }
  throw new Error('the configuration was accepted');
}

/** The example in the repository, with every commented key as a key. */
const EXAMPLE = readFileSync(join(ROOT, 'logtally.yaml'), 'utf8')
  .replace(/^( *)# ((?: *)[a-z_0-9]+:(?: .*)?)$/gm, '$1$2')
  .replace('./my-sections/', join(ROOT, 'test/fixtures/sections/'));

const MINIMAL = 'sources: { web: {} }\nreports: { monthly: {} }\n';

describe('a configuration that a program builds', () => {
  test('is the same as one in a file', () => {
    const value = { sources: { web: {} }, reports: { monthly: {} } };
    expect(checkConfig(value, '/etc/logtally.yaml', { section_ids: SECTION_IDS })).toEqual(parse(MINIMAL));
  });

  test.each([
    [
      { sources: { web: { fromat: 'nginx' } }, reports: { m: {} } },
      'Logs: sources.web.fromat: is not a known key; did you mean format?',
    ],
    [
      undefined,
      'Logs: has no keys; start with sources: { web: { format: nginx, folder: logs } } and reports: { monthly: {} }',
    ],
  ])('is refused by the path of the key: %j', (value, message) => {
    expect(() => checkConfig(value, 'Logs', { section_ids: SECTION_IDS })).toThrow(
      new ConfigError('Logs', [{ key: '', message: message.replace('Logs: ', '') }]),
    );
  });

  test('gets hints on old names', () => {
    const hints: string[] = [];
    const value = { sources: { web: {} }, reports: { m: {} }, names: { Acme: { accounts: ['444455556666'] } } };
    const config = checkConfig(value, 'Logs', { section_ids: SECTION_IDS, onHint: (hint) => hints.push(hint) });
    expect(Object.keys(config.owners)).toEqual(['Acme']);
    expect(hints).toEqual([
      'Logs: names: is now called owners (since 0.2.0); rename it before the old name stops working',
    ]);
  });
});

describe('a configuration', () => {
  test('of one source and one report gets every default', () => {
    expect(parse(MINIMAL)).toEqual({
      path: '/etc/logtally.yaml',
      directory: '/etc',
      time_zone: 'UTC',
      formats: [],
      sources: {
        web: {
          name: 'web',
          format: 's3-access',
          definition: formatOf('s3-access'),
          layout: 'partitioned',
          partition_date_source: 'event_time',
          accounts: [],
          regions: [],
          buckets: [],
          since: '2020-01-01',
          remove_original_logs: false,
          kms_keys: [],
        },
      },
      reports: {
        monthly: {
          name: 'monthly',
          title: 'monthly',
          sources: ['web'],
          frequency: 'monthly',
          schedule: { hour: 6, delay_days: 3 },
          sections: SECTION_IDS,
          select_all: false,
          remove_meta: true,
          privacy: { client_ip: 'keep', query: 'keep', salt_env: 'LOGTALLY_SALT' },
          email: false,
          recipients: [],
        },
      },
      owners: {},
      sections: [],
      lake: { folder: '/etc/logtally-out/lake' },
      out: '/etc/logtally-out',
      limits: { memory: '2GB', threads: null, scan_gb_per_query: 100, concurrent_queries: 5, late_days: 2 },
      prices: { athena_per_tb: 5, s3_region: 'us-east-1' },
      slow_ms: 1000,
      stack: {
        name: 'Logtally',
        database: 'logtally',
        tags: {},
        termination_protection: false,
        results_days: 400,
        log_days: 90,
        links_concurrency: 10,
        first_report: true,
      },
    });
  });

  test('gives each source the usual layout of its kind by default', () => {
    const config = parse(`
sources:
  bucket: {}
  balancer: { format: elb }
  edge: { format: cloudfront }
  web: { format: nginx, layout: dated }
  own: { format: mine }
formats: { mine: { title: Mine, kind: load-balancer, json: { time: t } } }
reports: { all: {} }
`);
    expect(Object.values(config.sources).map(({ name, layout }) => `${name} ${layout}`)).toEqual([
      'bucket partitioned',
      'balancer load-balancer',
      'edge flat',
      'web dated',
      'own load-balancer',
    ]);
  });

  test('overrides the defaults', () => {
    const config = parse(`
time_zone: Europe/Berlin
sources:
  web:
    location: s3://example-logs/s3/
    folder: logs
    partition_date_source: delivery_time
    accounts: ["012345678901"]
    regions: [eu-central-1, us-gov-west-1]
    buckets: [example-website]
    since: 2024-02-29
  cdn: { folder: /var/log/cdn, layout: flat, location: s3://example-logs/ }
reports:
  weekly: { title: Website, sources: [web], frequency: weekly, sections: [top-objects, overview] }
  quarterly: { frequency: quarterly, schedule: off, email: false }
  late: { schedule: { hour: 0, delay_days: 28 }, recipients: [web@example.com] }
mail: { from: reports@example.com, recipients: [team@example.com] }
lake: { folder: /data/lake }
limits: { threads: 2, memory: 1.5GiB }
`);
    expect(config.sources.web).toMatchObject({
      folder: '/etc/logs',
      accounts: ['012345678901'],
      regions: ['eu-central-1', 'us-gov-west-1'],
      since: '2024-02-29',
    });
    expect(config.sources.cdn?.folder).toBe('/var/log/cdn');
    expect(config.lake.folder).toBe('/data/lake');
    expect(config.limits).toMatchObject({ threads: 2, memory: '1.5GiB' });
    expect(config.mail).toEqual({
      from: 'reports@example.com',
      reply_to: 'reports@example.com',
      recipients: ['team@example.com'],
      subject_prefix: '[Logtally]',
      identity: 'create',
      links: 'signed',
      link_days: 30,
    });
    expect(config.reports.weekly).toMatchObject({
      sources: ['web'],
      sections: ['top-objects', 'overview'],
      schedule: { hour: 6, delay_days: 2 },
      email: true,
      recipients: ['team@example.com'],
    });
    expect(config.reports.quarterly).toMatchObject({ sources: ['web', 'cdn'], schedule: null, email: false });
    expect(config.reports.late).toMatchObject({
      schedule: { hour: 0, delay_days: 28 },
      recipients: ['web@example.com'],
    });
  });

  test('names the database after the stack, unless it says otherwise', () => {
    expect(parse(`${MINIMAL}stack: { name: Access-Reports }`).stack.database).toBe('access_reports');
    expect(parse(`${MINIMAL}stack: { name: Access-Reports, database: logs }`).stack.database).toBe('logs');
  });

  test('may link into the S3 console for as long as it likes', () => {
    const mail = 'mail: { from: a@example.com, recipients: [b@example.com], links: console }';
    expect(parse(`${MINIMAL}${mail}\nstack: { results_days: 7 }`).mail?.links).toBe('console');
  });

  test('defines owners, and what a report may show', () => {
    const config = parseConfig(
      `
sources: { web: {} }
reports:
  open: {}
  cut: { sections: [owners], privacy: { client_ip: hash, query: scrub, salt_parameter: /logtally/salt } }
owners:
  "Acme & Söhne": { addresses: ["192.0.2.0/24", "2001:db8::/32", 198.51.100.4], prefixes: [data/acme/, data/] }
  Data: { requesters: ["arn:aws:iam::111122223333:role/etl-*"], accounts: ["444455556666"] }
`,
      '/etc/logtally.yaml',
      { section_ids: ['overview', 'owners'] },
    );
    expect(config.owners['Acme & Söhne']).toEqual({
      requesters: [],
      accounts: [],
      addresses: ['192.0.2.0/24', '2001:db8::/32', '198.51.100.4'],
      prefixes: ['data/acme/', 'data/'],
    });
    expect(config.reports.open?.sections).toEqual(['overview', 'owners']);
    expect(config.reports.cut?.privacy).toEqual({
      client_ip: 'hash',
      query: 'scrub',
      salt_env: 'LOGTALLY_SALT',
      salt_parameter: '/logtally/salt',
    });
  });

  test('without owners leaves out the section Owners', () => {
    const { reports } = parseConfig(MINIMAL, '/etc/logtally.yaml', { section_ids: ['overview', 'owners'] });
    expect(reports.monthly?.sections).toEqual(['overview']);
  });

  test('is plain JSON', () => {
    const config = parse(MINIMAL);
    expect(JSON.parse(JSON.stringify(config))).toStrictEqual(config);
  });

  test('may share values through YAML aliases', () => {
    const { sources } = parse(`
sources:
  a: { buckets: &shared [example-a, example-b] }
  b: { buckets: *shared }
reports: { m: {} }`);
    expect(sources.b?.buckets).toEqual(['example-a', 'example-b']);
  });

  test('finds the report to run: by name, or the only one', () => {
    const one = parse(MINIMAL);
    expect(reportOf(one).name).toBe('monthly');
    expect(reportOf(one, 'monthly').name).toBe('monthly');
    expect(() => reportOf(one, 'montly')).toThrow('unknown report "montly"; did you mean monthly?');
    expect(() => reportOf(one, 'constructor')).toThrow('unknown report "constructor"');
    const two = parse('sources: { web: {} }\nreports: { a: {}, b: {} }');
    expect(() => reportOf(two)).toThrow('several reports; name one of a, b');
  });
});

describe('the formats of a configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-formats-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const formats = (text: string) => {
    const path = join(folder, 'logtally.yaml');
    writeFileSync(path, text);
    return loadFormats(path, { section_ids: SECTION_IDS }).map(({ id }) => id);
  };
  const SHOP = 'formats:\n  shop: { title: Shop, patterns: ["(?<time>[^|]+)[|](?<message>.*)"] }\n';

  test('may stand alone, or beside sources and reports', () => {
    expect(formats(SHOP)).toEqual(['shop']);
    expect(formats(MINIMAL + SHOP)).toEqual(['shop']);
    expect(formats(MINIMAL)).toEqual([]);
  });

  test.each([
    [SHOP.replace('title: Shop', 'tilte: Shop'), '2:11: formats.shop.tilte: is not a known key; did you mean title?'],
    [`${SHOP}slow_ms: 0`, '3:10: slow_ms: must be a number'],
    [`${SHOP}sources: { web: {} }`, '1:1: reports: is missing'],
    ['out: here', '1:1: sources: is missing'],
    ['', '1:1: has no keys'],
    ['- formats', '1:1: must be a mapping of keys'],
  ])('are checked as in any other file: %j', (text, message) => {
    expect(() => formats(text)).toThrow(`${join(folder, 'logtally.yaml')}:${message}`);
  });
});

describe('a mistake is refused with its line, column and key, and what to do:', () => {
  test.each<[string, string, string]>([
    ['unknown key', `${MINIMAL}colour: red`, '3:1: colour: is not a known key; choose one of time_zone, sources'],
    [
      'mistyped key',
      'sources: { web: {} }\nreports:\n  m:\n    frequncy: weekly',
      '4:5: reports.m.frequncy: is not a known key; did you mean frequency?',
    ],
    [
      'mistyped value',
      'sources: { web: {} }\nreports:\n  m:\n    frequency: montly',
      '4:16: reports.m.frequency: cannot be "montly"; did you mean monthly?',
    ],
    ['no reports', 'sources:\n  web: {}', '1:1: reports: is missing. Reports to write'],
    ['no source', 'sources: {}\nreports: { m: {} }', '1:10: sources: is empty; name at least one source'],
    ['key without a value', `${MINIMAL}prices:`, '3:8: prices: has no value.'],
    [
      'unknown source',
      'sources: { web: {}, cdn: {} }\nreports:\n  m: { sources: [wbe] }',
      '3:18: reports.m.sources[0]: cannot be "wbe"; did you mean web?',
    ],
    [
      'unknown section',
      'sources: { web: {} }\nreports:\n  m:\n    sections:\n      - overview\n      - weather',
      '6:9: reports.m.sections[1]: cannot be "weather"; choose one of overview, by-day, top-objects',
    ],
    [
      'section that is no list',
      'sources: { a: {} }\nreports: { m: { sections: overview } }',
      'write all, or a list of overview',
    ],
    ['unknown format', 'sources: { a: { format: s3 } }\nreports: { m: {} }', '1:25: sources.a.format: cannot be "s3"'],
    ['source named twice', 'sources: { a: {} }\nreports: { m: { sources: [a, a] } }', 'lists a value twice'],
    ['bad name', 'sources: { Web_1: {} }\nreports: { m: {} }', '1:12: sources.Web_1: "Web_1" is not a name; use'],
    [
      'an origin of itself',
      'sources: { a: { origin_of: a } }\nreports: { m: {} }',
      'sources.a.origin_of: names the source itself',
    ],
    [
      'an origin of an origin',
      'sources: { a: { origin_of: b }, b: { origin_of: c }, c: {} }\nreports: { m: {} }',
      'names b, which is an origin as well',
    ],
    ['an origin of nothing', 'sources: { a: { origin_of: cdm }, cdn: {} }\nreports: { m: {} }', 'sources.a.origin_of'],
    [
      'bad address',
      `${MINIMAL}mail: { from: ops@example, recipients: [a@example.com] }`,
      '3:15: mail.from: "ops@example" is not an e-mail address',
    ],
    [
      'header in an address',
      `${MINIMAL}mail: { from: "a@example.com\\r\\nBcc: b@example.com", recipients: [a@example.com] }`,
      '3:15: mail.from: "a@example.com\\r\\nBcc: b@example.com" is not an e-mail address',
    ],
    [
      'header in a subject',
      `${MINIMAL}mail: { from: a@example.com, recipients: [a@example.com], subject_prefix: "a\\nb" }`,
      '"a\\nb" is not a title',
    ],
    [
      'a date that does not exist',
      'sources: { a: { since: 2026-02-30 } }\nreports: { m: {} }',
      '"2026-02-30" is not a date',
    ],
    ['account without quotes', 'sources: { a: { accounts: [111122223333] } }\nreports: { m: {} }', 'put it in quotes'],
    [
      'short account',
      'sources: { a: { accounts: ["1"] } }\nreports: { m: {} }',
      '"1" is not an AWS account; write its 12',
    ],
    ['owner of nothing', `${MINIMAL}owners: { Acme: {} }`, '3:17: owners.Acme: owns nothing; give requesters'],
    ['owner of everything', `${MINIMAL}owners: { Acme: { requesters: ["*"] } }`, '"*" is not a requester'],
    ['network too long', `${MINIMAL}owners: { Acme: { addresses: [192.0.2.0/33] } }`, 'write it like 192.0.2.0/24'],
    ['host as a network', `${MINIMAL}owners: { Acme: { addresses: [example.com] } }`, 'is not an address or network'],
    ['prefix without a slash', `${MINIMAL}owners: { Acme: { prefixes: [data/acme] } }`, 'with a slash at the end'],
    [
      'privacy that is none',
      'sources: { a: {} }\nreports: { m: { privacy: { client_ip: truncated } } }',
      'cannot be "truncated"; did you mean truncate?',
    ],
    [
      'secret in the config',
      'sources: { a: {} }\nreports: { m: { privacy: { salt_env: my secret } } }',
      'is not the name of an environment variable',
    ],
    ['unknown zone', `${MINIMAL}time_zone: Europe/Atlantis`, '3:12: time_zone: "Europe/Atlantis" is not a time zone'],
    ['zone in lower case', `${MINIMAL}time_zone: europe/berlin`, 'did you mean Europe/Berlin?'],
    ['offset as a zone', `${MINIMAL}time_zone: "+02:00"`, 'use an IANA name such as Europe/Berlin'],
    ['yes for true', 'sources: { a: {} }\nreports: { m: { select_all: yes } }', 'must be true or false, not "yes"'],
    [
      'delay beyond the week',
      'sources: { a: {} }\nreports: { m: { frequency: weekly, schedule: { delay_days: 8 } } }',
      '2:60: reports.m.schedule.delay_days: must be at most 7 for a weekly report, not 8',
    ],
    ['schedule that is neither', 'sources: { a: {} }\nreports: { m: { schedule: on } }', 'write off, or an hour'],
    [
      'mail without a sender',
      'sources: { a: {} }\nreports: { m: { email: true } }',
      '2:24: reports.m.email: needs a sender',
    ],
    ['mail to nobody', `${MINIMAL}mail: { from: a@example.com }`, '2:12: reports.monthly.email: has no recipient'],
    [
      'links that outlive their files',
      `${MINIMAL}mail: { from: a@example.com, recipients: [b@example.com], link_days: 31 }\nstack: { results_days: 30 }`,
      '3:70: mail.link_days: the files are deleted after 30 days',
    ],
    [
      'lake without the previous period',
      `${MINIMAL}stack: { lake_days: 60 }`,
      '3:21: stack.lake_days: must be at least 92, because monthly compares two monthly periods',
    ],
    ['days that CloudWatch does not offer', `${MINIMAL}stack: { log_days: 10 }`, '3:20: stack.log_days: cannot be 10'],
    ['unknown Region', `${MINIMAL}stack: { region: Frankfurt }`, '"Frankfurt" is not an AWS Region'],
    ['alias of a key', `${MINIMAL}stack: { encryption_key: alias/logs }`, '"alias/logs" is not the ARN of a KMS key'],
    ['stack name too long for a function', `${MINIMAL}stack: { name: ${'a'.repeat(58)} }`, 'up to 56 letters, digits'],
    ['list instead of keys', '- sources', '1:1: must be a mapping of keys, not ["sources"]'],
    ['empty file', '', '1:1: has no keys'],
    ['only comments', '# sources:\n', '1:1: has no keys'],
    [
      'duplicate key',
      'sources: { a: {} }\nreports: { m: {} }\nsources: { b: {} }',
      '3:1: the same key is given above; keep one of them',
    ],
    ['text that is not YAML', 'sources: [\nreports: }', 'is not YAML: '],
    ['second document', `${MINIMAL}---\n${MINIMAL}`, '3:1: a second document starts here'],
    ['tag', `${MINIMAL}out: !!js/function x`, '3:6: YAML tags are not supported'],
    ['unknown alias', `${MINIMAL}out: *nothing`, '3:6: there is no &nothing'],
    ['alias within itself', `${MINIMAL}out: &a [*a]`, '3:10: *a is used within itself'],
    ['key of the prototype', `${MINIMAL}__proto__: { slow_ms: 1 }`, '3:1: __proto__: cannot be a key'],
    [
      'source of the prototype',
      'sources: { a: {}, __proto__: {} }\nreports: { m: {} }',
      '1:19: __proto__: cannot be a key',
    ],
  ])('%s', (_, text, expected) => {
    expect(refusal(text)).toEqual([expect.stringContaining(expected)]);
  });

  test.each([
    ['limits', 'threads', 'a whole number from 1 to 256'],
    ['limits', 'scan_gb_per_query', 'a number from 0.01 to 1000000'],
    ['limits', 'concurrent_queries', 'a whole number from 1 to 100'],
    ['limits', 'late_days', 'a whole number from 0 to 30'],
    ['limits', 'memory', 'a size from 512MB to 64TB, written like 2GB'],
    ['prices', 'athena_per_tb', 'a number from 0 to 1000'],
    ['prices', 'put_per_1000', 'a number from 0 to 1000'],
    ['prices', 'get_per_1000', 'a number from 0 to 1000'],
    ['prices', 'transfer_out_per_gb', 'a number from 0 to 1000'],
    ['stack', 'results_days', 'a whole number from 1 to 3650'],
    ['stack', 'links_concurrency', 'a whole number from 1 to 1000'],
    ['mail', 'link_days', 'a whole number from 1 to 365'],
    ['', 'slow_ms', 'a number from 0.001 to 86400000'],
  ])('a number of %s %s outside its range', (group, key, range) => {
    for (const [written, shown = written] of [
      ['-1'],
      ['1e99', '1e+99'],
      ['-1e999', '-Infinity'],
      ['.inf', 'Infinity'],
      ['.nan', 'NaN'],
      ['"5"'],
      ['true'],
      ['[1]'],
    ] as const) {
      const entry = group === '' ? `${key}: ${written}` : `${group}: { ${key}: ${written} }`;
      const sender =
        group === 'mail' ? entry.replace('{', '{ from: a@example.com, recipients: [b@example.com],') : entry;
      const place = `3:${sender.indexOf(key) + key.length + 3}`;
      const path = group === '' ? key : `${group}.${key}`;
      expect(refusal(MINIMAL + sender)).toEqual([`${place}: ${path}: must be ${range}, not ${shown}`]);
    }
  });

  test.each([
    ['limits: { threads: 100000 }', '3:20: limits.threads: must be a whole number from 1 to 256, not 100000'],
    ['limits: { threads: 0 }', '3:20: limits.threads: must be a whole number from 1 to 256, not 0'],
    ['limits: { threads: 1.5 }', '3:20: limits.threads: must be a whole number from 1 to 256, not 1.5'],
    ['limits: { memory: 0GB }', '3:19: limits.memory: must be a size from 512MB to 64TB, written like 2GB, not "0GB"'],
    ['limits: { memory: "2" }', 'must be a size from 512MB to 64TB, written like 2GB, not "2"'],
    ['limits: { memory: 65TB }', 'must be a size from 512MB to 64TB, written like 2GB, not "65TB"'],
    ['limits: { memory: -1GB }', 'must be a size from 512MB to 64TB, written like 2GB, not "-1GB"'],
  ])('%s', (entry, expected) => {
    expect(refusal(MINIMAL + entry)).toEqual([expect.stringContaining(expected)]);
  });

  test('an hour or a delay outside its range', () => {
    const schedule = (text: string) => refusal(`sources: { a: {} }\nreports: { m: { schedule: { ${text} } } }`);
    expect(schedule('hour: 24')).toEqual([
      '2:35: reports.m.schedule.hour: must be a whole number from 0 to 23, not 24',
    ]);
    expect(schedule('delay_days: 0')).toEqual([
      '2:41: reports.m.schedule.delay_days: must be a whole number from 1 to 28, not 0',
    ]);
  });

  test.each([
    ['a title', 'sources: { a: {} }\nreports: { m: { title: "Web\\u202Elanif" } }', '2:24', '202E'],
    ['a title as it stands', 'sources: { a: {} }\nreports: { m: { title: "Web\u2066x" } }', '2:24', '2066'],
    ['an owner', `${MINIMAL}owners:\n  "Ac\u200bme": { accounts: ["111122223333"] }`, '4:3', '200B'],
    ['a subject', `${MINIMAL}mail: { from: a@example.com, subject_prefix: "\u202dx" }`, '3:46', '202D'],
    ['a format', `${MINIMAL}formats:\n  x: { title: "a\u061cb", patterns: ["(?<time>.*)"] }`, '4:15', '061C'],
    ['a tag', `${MINIMAL}stack: { tags: { team: "a\ufeffb" } }`, '3:24', 'FEFF'],
    ['a filler', 'sources: { a: {} }\nreports: { m: { title: "a\u3164" } }', '2:24', '3164'],
    ['an unknown key', `${MINIMAL}"out\u202e": x`, '3:1', '202E'],
    ['a control character', `${MINIMAL}out: "a\\u001b[2J"`, '3:6', '001B'],
  ])('an invisible character in %s', (_, text, place, code) => {
    expect(refusal(text)).toEqual([
      `${place}: has the invisible character [U+${code}], which can hide or reorder text; remove it`,
    ]);
  });

  test('an invisible character in the title of a program', () => {
    const value = { sources: { web: {} }, reports: { m: { title: 'Web\u202elanif' } } };
    expect(() => checkConfig(value, 'Logs', { section_ids: SECTION_IDS })).toThrow(
      'Logs: reports.m.title: "Web[U+202E]lanif" is not a title; write 1 to 100 visible characters on one line',
    );
  });

  test('not a joiner that emoji and several scripts need', () => {
    const title = 'Team 👩‍👩‍👧 ❤️ می‌خواهم';
    expect(parse(`sources: { a: {} }\nreports: { m: { title: "${title}" } }`).reports.m?.title).toBe(title);
  });

  test.each([
    's3://Example/x/',
    's3://example-logs/x',
    's3://example-logs',
    'https://example.com/',
    "s3://example-logs/'x/",
    's3://example-logs/$day/',
  ])('the location %s', (location) => {
    expect(refusal(`sources: { a: { location: "${location}", layout: flat } }\nreports: { m: {} }`)).toEqual([
      `1:27: sources.a.location: ${JSON.stringify(location)} is not a folder in S3; write it as s3://bucket/prefix/ with a slash at the end`,
    ]);
  });

  test('a location without the lists for its folders', () => {
    expect(refusal('sources:\n  a: { location: s3://example-logs/ }\nreports: { m: {} }')).toEqual([
      '2:3: sources.a.accounts: is missing; list the accounts in the keys below s3://example-logs/, or choose another layout',
      '2:3: sources.a.regions: is missing; list the regions in the keys below s3://example-logs/, or choose another layout',
      '2:3: sources.a.buckets: is missing; list the buckets in the keys below s3://example-logs/, or choose another layout',
    ]);
  });

  test('a location of load balancers without its lists, and a location of the copies of flat logs', () => {
    const text = `sources:
  balancer: { format: nlb, location: s3://example-logs/lb/ }
  cdn: { format: fastly, location: s3://example-logs/logtally-filed/cdn/ }
reports: { m: {} }`;
    expect(refusal(text)).toEqual([
      '2:3: sources.balancer.accounts: is missing; list the accounts in the keys below s3://example-logs/lb/, or choose another layout',
      '2:3: sources.balancer.regions: is missing; list the regions in the keys below s3://example-logs/lb/, or choose another layout',
      '3:36: sources.cdn.location: is where Logtally puts its copies of flat logs; give the prefix where the logs arrive',
    ]);
  });

  test('several at once, in the order of the file', () => {
    const text = `
sources:
  web: { fromat: s3-access, since: 2026-13-01 }
reports:
  m: { sources: [cdn], sections: [weather], hour: 6 }
mail: { recipients: [nobody] }`;
    expect(refusal(text).map((line) => line.split(': ', 2).join(' '))).toEqual([
      '3:10 sources.web.fromat',
      '3:36 sources.web.since',
      '5:18 reports.m.sources[0]',
      '5:35 reports.m.sections[0]',
      '5:45 reports.m.hour',
      '6:1 mail.from',
      '6:22 mail.recipients[0]',
    ]);
  });

  test('aliases that would fill the memory', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const items =
        level === 0
          ? 'x, x, x, x, x, x, x, x'
          : Array(8)
              .fill(`*l${level - 1}`)
              .join(', ');
      return `k${level}: &l${level} [${items}]`;
    });
    expect(refusal(levels.join('\n'))).toEqual([expect.stringContaining('cannot be read: Excessive alias count')]);
  });

  test('unclosed brackets', () => {
    expect(refusal('['.repeat(100_000))).toEqual([expect.stringContaining('is not YAML')]);
  });

  test('keys that would change the prototype of objects', () => {
    refusal('__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }');
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('a config file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const load = (path: string) => loadConfig(path, { section_ids: SECTION_IDS });

  test('has paths relative to its folder', () => {
    const path = join(folder, 'mine.yaml');
    writeFileSync(path, `\uFEFF${MINIMAL.replaceAll('\n', '\r\n')}`);
    expect(load(path)).toMatchObject({ path, directory: folder, out: join(folder, 'logtally-out') });
  });

  test('is refused by name if it does not exist, is a folder, or is not text', () => {
    const missing = join(folder, 'missing.yaml');
    expect(() => load(missing)).toThrow(`${missing}: there is no such file`);
    expect(() => load(folder)).toThrow(`${folder}: is a folder`);
    const binary = join(folder, 'binary.yaml');
    writeFileSync(binary, Buffer.from([0x73, 0xff, 0xfe]));
    expect(() => load(binary)).toThrow(`${binary}: is not UTF-8 text`);
  });

  test('the example in the repository is valid', () => {
    const config = load(join(ROOT, 'logtally.yaml'));
    expect(config.sources.website).toMatchObject({
      location: 's3://example-logs/s3-access/',
      folder: join(ROOT, 'samples', 's3-access'),
    });
    expect(reportOf(config)).toMatchObject({ name: 'website-monthly', frequency: 'monthly', sources: ['website'] });
  });

  test('the example in the repository is valid with all its comments as keys', () => {
    const config = parse(EXAMPLE);
    expect(config.mail?.reply_to).toBe('ops@example.com');
    expect(config.sections.map(({ id }) => id)).toEqual(['paths-by-client']);
    // The defaults in its comments are the real ones; limits.threads is an example.
    const { limits, prices, slow_ms, time_zone, out, lake, stack } = parse(MINIMAL);
    expect(config).toMatchObject({ limits: { ...limits, threads: 2 }, prices, slow_ms, time_zone, out, lake });
    expect(config.stack).toMatchObject({ ...stack, tags: { team: 'web' } });
    expect(config.reports['website-monthly']).toMatchObject({
      schedule: { hour: 6, delay_days: 3 },
      select_all: false,
      remove_meta: true,
      email: true,
      recipients: ['web-team@example.com'],
    });
  });

  test('the example in the repository shows every key, except those of formats', () => {
    const schema = editorSchema(SECTION_IDS) as SchemaNode;
    const missing = keysOf(schema).filter((path) => !path.startsWith('formats.') && !shows(parseYaml(EXAMPLE), path));
    expect(missing).toEqual([]);
  });
});

interface SchemaNode {
  properties?: Record<string, SchemaNode>;
  additionalProperties?: SchemaNode | false;
  anyOf?: SchemaNode[];
}

/** Paths of all keys of a schema; `*` is any name. */
function keysOf({ properties = {}, additionalProperties, anyOf = [] }: SchemaNode): string[] {
  const entries = Object.entries({ ...properties, ...(additionalProperties && { '*': additionalProperties }) });
  const keys = entries.flatMap(([key, child]) => [key, ...keysOf(child).map((below) => `${key}.${below}`)]);
  return [...keys, ...anyOf.flatMap(keysOf)];
}

/** True if a value has a key at a path. */
function shows(value: unknown, path: string): boolean {
  const [step = '', ...rest] = path.split('.');
  if (typeof value !== 'object' || value === null) return false;
  const entries = Object.entries(value).filter(([key]) => step === '*' || key === step);
  return entries.some(([, child]) => rest.length === 0 || shows(child, rest.join('.')));
}
