import { rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { formatOf } from '../../lib/formats/formats.ts';
import { serdePattern } from '../../lib/formats/pattern.ts';
import { REJECTED_COLUMNS, REQUEST_COLUMNS } from '../../lib/model/request-columns.ts';
import { CONFIG, synthesize } from './synthesize.ts';

const { template, folder } = synthesize(CONFIG);
afterAll(() => rmSync(folder, { recursive: true }));

interface TableInput {
  Name: string;
  TableType: string;
  Parameters: Record<string, unknown>;
  PartitionKeys: { Name: string; Type: string }[];
  StorageDescriptor: {
    Columns: { Name: string; Type: string }[];
    Location: unknown;
    SerdeInfo: { SerializationLibrary: string; Parameters: Record<string, string> };
  };
}

function table(name: string, of = template): TableInput {
  const [resource] = Object.values(
    of.findResources('AWS::Glue::Table', { Properties: { TableInput: { Name: name } } }),
  );
  return resource?.Properties.TableInput;
}

const lake = (path: string) => ({ 'Fn::Join': ['', ['s3://', { Ref: expect.stringMatching(/^Storage/) }, path]] });

describe("the table over a source's raw lines", () => {
  const raw = table('raw_website');

  test('looks for the days since the first, in every account, Region and bucket of the config', () => {
    expect(raw.TableType).toBe('EXTERNAL_TABLE');
    expect(raw.PartitionKeys).toEqual(
      ['account', 'region', 'bucket', 'timestamp'].map((Name) => ({ Name, Type: 'string' })),
    );
    expect(raw.Parameters).toEqual({
      EXTERNAL: 'TRUE',
      'projection.enabled': 'true',
      'projection.account.type': 'enum',
      'projection.account.values': '111122223333',
      'projection.region.type': 'enum',
      'projection.region.values': 'eu-central-1,eu-west-1',
      'projection.bucket.type': 'enum',
      'projection.bucket.values': 'example-website,example-downloads',
      'projection.timestamp.type': 'date',
      'projection.timestamp.format': 'yyyy/MM/dd',
      'projection.timestamp.range': '2026/01/01,NOW',
      'projection.timestamp.interval': '1',
      'projection.timestamp.interval.unit': 'DAYS',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Athena fills these in.
      'storage.location.template': 's3://example-logs/s3-access/${account}/${region}/${bucket}/${timestamp}',
    });
  });

  test('has the documented columns as text, one more for lines that do not fit, and a group for each', () => {
    const { Columns, SerdeInfo } = raw.StorageDescriptor;
    expect(Columns.map(({ Name }) => Name)).toEqual([
      ...formatOf('s3-access').fields.map(({ name }) => name),
      'unparsed',
    ]);
    expect(new Set(Columns.map(({ Type }) => Type))).toEqual(new Set(['string']));
    expect(SerdeInfo.SerializationLibrary).toBe('org.apache.hadoop.hive.serde2.RegexSerDe');
    const pattern = SerdeInfo.Parameters['input.regex'] ?? '';
    expect(pattern).toBe(serdePattern(formatOf('s3-access')));
    expect(new RegExp(`${pattern}|`).exec('')).toHaveLength(1 + Columns.length);
  });

  test('names no column twice, partitions included', () => {
    const names = [...raw.StorageDescriptor.Columns, ...raw.PartitionKeys].map(({ Name }) => Name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('has a name without a hyphen', () => {
    expect(table('raw_old_shop').StorageDescriptor.Location).toBe('s3://example-shop-logs/');
  });
});

describe.each([
  ['requests', REQUEST_COLUMNS],
  ['rejected', REJECTED_COLUMNS],
])("the lake's table %s", (name, columns) => {
  const found = table(name);

  test('looks for every source, since the earliest day of any', () => {
    expect(found.PartitionKeys).toEqual(['source', 'day'].map((Name) => ({ Name, Type: 'string' })));
    expect(found.Parameters).toEqual({
      EXTERNAL: 'TRUE',
      classification: 'parquet',
      'projection.enabled': 'true',
      'projection.source.type': 'enum',
      'projection.source.values': 'website,old-shop',
      'projection.day.type': 'date',
      'projection.day.format': 'yyyy-MM-dd',
      'projection.day.range': '2025-06-01,NOW',
      'projection.day.interval': '1',
      'projection.day.interval.unit': 'DAYS',
      'storage.location.template': lake(`/lake/${name}/source=\${source}/day=\${day}`),
    });
    expect(found.StorageDescriptor.Location).toEqual(lake(`/lake/${name}/`));
  });

  test('is Parquet with the columns of the model', () => {
    expect(found.StorageDescriptor.SerdeInfo.SerializationLibrary).toMatch(/ParquetHiveSerDe$/);
    // Without parquet.column.index.access Athena reads columns by name, so that days without a newer column stay readable.
    expect(found.StorageDescriptor.SerdeInfo.Parameters).toEqual({ 'serialization.format': '1' });
    const types: Record<string, string> = { varchar: 'string', integer: 'int' };
    expect(found.StorageDescriptor.Columns.map(({ Name, Type }) => [Name, Type])).toEqual(
      columns.map((column) => [column.name, types[column.type] ?? column.type]),
    );
  });
});

test('the database is named in the config and holds nothing else', () => {
  template.hasResourceProperties('AWS::Glue::Database', { DatabaseInput: { Name: 'logtally' } });
  template.allResourcesProperties('AWS::Glue::Table', {
    DatabaseName: 'logtally',
    CatalogId: { Ref: 'AWS::AccountId' },
  });
  template.resourceCountIs('AWS::Glue::Table', 5);
});

describe('a source that Athena could not read is refused', () => {
  test('without a location', () => {
    const local = CONFIG.replace('    location: s3://example-logs/s3-access/\n', '');
    expect(() => synthesize(local)).toThrow(/^sources\.website\.location is missing/);
  });
});

describe('the table of owners', () => {
  test('reads the edition that the query names, so that it needs no list of editions', () => {
    const owners = table('owners');
    expect(owners.PartitionKeys).toEqual([{ Name: 'edition', Type: 'string' }]);
    expect(owners.Parameters).toMatchObject({
      'projection.edition.type': 'injected',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Athena fills it in.
      'storage.location.template': lake('/lake/owners/edition=${edition}'),
    });
    expect(owners.StorageDescriptor.Columns.map(({ Name, Type }) => `${Name} ${Type}`)).toEqual([
      'kind string',
      'value string',
      'owner string',
    ]);
  });
});

describe('a table over logs in other folders', () => {
  const LAYOUTS = `
sources:
  balancer: { format: alb, location: "s3://example-logs/lb/", accounts: ["111122223333"], regions: [eu-west-1], since: 2026-01-01 }
  edge: { format: cloudfront, layout: hive, location: "s3://example-logs/cf/", since: 2026-01-01 }
  cdn: { format: fastly, layout: dated, location: "s3://example-logs/fastly/", since: 2026-01-01 }
  flat-cdn: { format: fastly, location: "s3://example-logs/", since: 2026-01-01 }
reports: { all: { schedule: off } }
`;
  const { template, folder } = synthesize(LAYOUTS);
  afterAll(() => rmSync(folder, { recursive: true }));
  const laidOut = (name: string) => {
    const { PartitionKeys, Parameters, StorageDescriptor } = table(name, template);
    const format = Parameters['projection.timestamp.format'];
    const range = Parameters['projection.timestamp.range'];
    const template_of_day = Parameters['storage.location.template'];
    return [PartitionKeys.map(({ Name }) => Name), format, range, template_of_day, StorageDescriptor.Location];
  };

  test.each([
    [
      'raw_balancer',
      ['account', 'region', 'timestamp'],
      'yyyy/MM/dd',
      '2026/01/01,NOW',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Athena fills these in.
      's3://example-logs/lb/AWSLogs/${account}/elasticloadbalancing/${region}/${timestamp}',
      's3://example-logs/lb/',
    ],
    [
      'raw_edge',
      ['timestamp'],
      "'year='yyyy/'month='MM/'day='dd",
      'year=2026/month=01/day=01,NOW',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Athena fills these in.
      's3://example-logs/cf/${timestamp}',
      's3://example-logs/cf/',
    ],
    [
      'raw_cdn',
      ['timestamp'],
      'yyyy/MM/dd',
      '2026/01/01,NOW',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Athena fills these in.
      's3://example-logs/fastly/${timestamp}',
      's3://example-logs/fastly/',
    ],
    [
      'raw_flat_cdn',
      ['timestamp'],
      'yyyy/MM/dd',
      '2026/01/01,NOW',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Athena fills these in.
      's3://example-logs/logtally-filed/flat-cdn/${timestamp}',
      's3://example-logs/logtally-filed/flat-cdn/',
    ],
  ])('%s looks in these folders', (name, ...expected) => {
    expect(laidOut(name)).toEqual(expected);
  });
});
