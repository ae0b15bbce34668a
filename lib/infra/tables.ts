import { Stack } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { rawTableColumns } from '../formats/athena/reader.ts';
import { serdePattern } from '../formats/pattern.ts';
import { LAKE_PREFIX } from '../model/bucket-prefixes.ts';
import type { ColumnType } from '../model/columns.ts';
import { LAKE_PARTITIONS, REJECTED_COLUMNS, REQUEST_COLUMNS, type RequestColumn } from '../model/request-columns.ts';
import { REJECTED_TABLE, REQUESTS_TABLE, rawTableName } from '../model/table-names.ts';
import { OWNERS_COLUMNS, OWNERS_PARTITION, OWNERS_TABLE } from '../owners/table.ts';
import { dayName, javaDayFormat, LAYOUTS, listedFolders, readLocation } from '../sources/layout.ts';
import type { Source } from '../sources/source.ts';

export interface TablesProps {
  database: string;
  sources: readonly Source[];
  results: IBucket;
}

/**
 * The Glue database: a table over each source's raw lines, and the lake's three. No partition is ever added: Athena
 * works out from each table's projection which folders a query needs.
 */
export class Tables extends Construct {
  readonly database: string;

  constructor(scope: Construct, id: string, { database, sources, results }: TablesProps) {
    super(scope, id);
    this.database = database;
    const glueDatabase = new CfnDatabase(this, 'Database', {
      catalogId: Stack.of(this).account,
      databaseInput: { name: database, description: 'Access logs: raw lines by source, and the typed lake' },
    });
    const lake = lakeTables(sources, results.s3UrlForObject(LAKE_PREFIX));
    for (const table of [...sources.map(rawTable), ...lake]) {
      const glueTable = new CfnTable(this, table.name, {
        catalogId: Stack.of(this).account,
        databaseName: database,
        tableInput: { tableType: 'EXTERNAL_TABLE', ...table },
      });
      glueTable.addResourceDependency(glueDatabase);
    }
  }
}

type Table = CfnTable.TableInputProperty & { name: string };

/**
 * Raw lines of a source in columns named as in the format's documentation, all text. The last column has the lines that fit
 * no pattern.
 */
function rawTable(source: Source): Table {
  const { bucket, prefix } = readLocation(source);
  const location = `s3://${bucket}/${prefix}`;
  const { folders } = LAYOUTS[source.layout];
  const listed = listedFolders(source.layout);
  const projection = listed.map(({ folder, list }) => enumProjection(folder, source[list]));
  return {
    name: rawTableName(source.name),
    description: `${source.definition.title}: raw lines of ${source.name}`,
    partitionKeys: [...listed.map(({ folder }) => folder), 'timestamp'].map((name) => ({ name, type: 'string' })),
    parameters: {
      EXTERNAL: 'TRUE',
      'projection.enabled': 'true',
      ...Object.assign({}, ...projection),
      ...dayProjection('timestamp', javaDayFormat(source), dayName(source, source.since)),
      'storage.location.template': `${location}${folders.replace('{day}', '{timestamp}').replaceAll('{', '${').slice(0, -1)}`,
    },
    storageDescriptor: {
      columns: rawTableColumns(source.definition).map((name) => ({ name, type: 'string' })),
      location,
      inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
      outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
      serdeInfo: {
        serializationLibrary: 'org.apache.hadoop.hive.serde2.RegexSerDe',
        parameters: { 'input.regex': serdePattern(source.definition), 'serialization.format': '1' },
      },
    },
  };
}

function lakeTables(sources: readonly Source[], lake: string): Table[] {
  const since = sources.map((source) => source.since).sort()[0] ?? '';
  const names = sources.map((source) => source.name);
  const requests = (name: string, description: string, columns: readonly RequestColumn[]) =>
    parquetTable(lake, name, description, LAKE_PARTITIONS, columns, {
      ...enumProjection('source', names),
      ...dayProjection('day', 'yyyy-MM-dd', since),
    });
  return [
    requests(REQUESTS_TABLE, 'Every request, typed', REQUEST_COLUMNS),
    requests(REJECTED_TABLE, 'Every line that is no request', REJECTED_COLUMNS),
    // A query must name its edition, so that no list of editions has to be kept.
    parquetTable(
      lake,
      OWNERS_TABLE,
      'Owners of requests, while an edition is made',
      [OWNERS_PARTITION],
      OWNERS_COLUMNS,
      {
        [`projection.${OWNERS_PARTITION}.type`]: 'injected',
      },
    ),
  ];
}

/** A table over Parquet files in Hive folders below the lake. */
function parquetTable(
  lake: string,
  name: string,
  description: string,
  partitions: readonly string[],
  columns: readonly { name: string; type: ColumnType; description?: string; title?: string }[],
  projection: Record<string, string>,
): Table {
  const folders = partitions.map((partition) => `${partition}=\${${partition}}`).join('/');
  return {
    name,
    description,
    partitionKeys: partitions.map((partition) => ({ name: partition, type: 'string' })),
    parameters: {
      EXTERNAL: 'TRUE',
      classification: 'parquet',
      'projection.enabled': 'true',
      ...projection,
      'storage.location.template': `${lake}${name}/${folders}`,
    },
    storageDescriptor: {
      columns: columns.map((column) => ({
        name: column.name,
        type: GLUE_TYPES[column.type],
        comment: column.description ?? column.title,
      })),
      location: `${lake}${name}/`,
      inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      serdeInfo: {
        serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
        parameters: { 'serialization.format': '1' },
      },
    },
  };
}

const GLUE_TYPES: Record<ColumnType, string> = {
  varchar: 'string',
  boolean: 'boolean',
  integer: 'int',
  bigint: 'bigint',
  double: 'double',
  timestamp: 'timestamp',
  date: 'date',
};

function enumProjection(column: string, values: readonly string[]): Record<string, string> {
  return { [`projection.${column}.type`]: 'enum', [`projection.${column}.values`]: values.join(',') };
}

/** Days from `since` to today, UTC, both written in `format`. */
function dayProjection(column: string, format: string, since: string): Record<string, string> {
  return {
    [`projection.${column}.type`]: 'date',
    [`projection.${column}.format`]: format,
    [`projection.${column}.range`]: `${since},NOW`,
    [`projection.${column}.interval`]: '1',
    [`projection.${column}.interval.unit`]: 'DAYS',
  };
}
