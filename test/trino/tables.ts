import type { Template } from 'aws-cdk-lib/assertions';

/** A table as the stack gives it to Glue. */
export interface GlueTable {
  Name: string;
  Parameters: Record<string, unknown>;
  PartitionKeys: GlueColumn[];
  StorageDescriptor: {
    Columns: GlueColumn[];
    Location: unknown;
    SerdeInfo: { SerializationLibrary: string; Parameters: Record<string, string> };
  };
}

interface GlueColumn {
  Name: string;
  Type: string;
}

export interface Place {
  schema: string;
  /** Name of the bucket that the stack creates. */
  results_bucket: string;
  /** Replaces `s3://`. */
  root: string;
  /** The last day of projections that end NOW, or NOW itself: the server's clock cannot be set. */
  now: string;
}

/** The tables that a synthesized template holds. */
export function glueTables(template: Template): GlueTable[] {
  return Object.values(template.findResources('AWS::Glue::Table')).map(({ Properties }) => Properties.TableInput);
}

const FORMATS: Record<string, string> = {
  'org.apache.hadoop.hive.serde2.RegexSerDe': 'REGEX',
  'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe': 'PARQUET',
};
const TYPES: Record<string, string> = { string: 'varchar', int: 'integer', timestamp: 'timestamp(3)' };

/** The Hive connector's CREATE TABLE for a Glue table: each property becomes the one with the same meaning. */
export function createTable(table: GlueTable, place: Place): string {
  const { Columns, Location, SerdeInfo } = table.StorageDescriptor;
  const format = FORMATS[SerdeInfo.SerializationLibrary];
  if (!format) throw new Error(`${table.Name}: the Hive connector has no name for ${SerdeInfo.SerializationLibrary}`);
  const { 'input.regex': regex, 'serialization.format': _fixed, ...serde } = SerdeInfo.Parameters;
  const location = located(Location, place);
  const { EXTERNAL, classification: _same, ...parameters } = table.Parameters;
  const projections = new Map(table.PartitionKeys.map(({ Name }) => [Name, new Map<string, unknown>()]));
  const properties = new Map<string, unknown>([
    ['format', format],
    ['external_location', location],
    ['partitioned_by', table.PartitionKeys.map(({ Name }) => Name)],
    ...(regex === undefined ? [] : [['regex', regex] as const]),
  ]);
  const odd = Object.keys(serde);
  for (const [name, value] of Object.entries(parameters)) {
    const [, column = '', property = ''] = name.match(/^projection\.(.+?)\.(.+)$/) ?? [];
    const projection = projections.get(column);
    if (projection) projection.set(...projectionProperty(property, String(value), place));
    else if (name === 'projection.enabled') properties.set('partition_projection_enabled', value === 'true');
    else if (name === 'storage.location.template')
      properties.set('partition_projection_location_template', located(value, place));
    else odd.push(name);
  }
  if (odd.length > 0 || EXTERNAL !== 'TRUE') throw new Error(`${table.Name}: no translation for ${odd.join(', ')}`);
  const columns = [...Columns, ...table.PartitionKeys].map(({ Name, Type }) => {
    const projection = projections.get(Name) ?? new Map();
    return `"${Name}" ${TYPES[Type] ?? Type}${projection.size > 0 ? ` WITH (${list(projection)})` : ''}`;
  });
  return `CREATE TABLE ${place.schema}.${table.Name} (\n  ${columns.join(',\n  ')}\n) WITH (${list(properties)})`;
}

/** `interval.unit` of a column becomes `partition_projection_interval_unit`, and so on; lists and numbers are converted. */
function projectionProperty(property: string, value: string, { now }: Place): [string, unknown] {
  const name = `partition_projection_${property.replaceAll('.', '_')}`;
  if (property === 'type') return [name, value.toUpperCase()];
  if (property === 'values') return [name, value.split(',')];
  if (property === 'range') return [name, rangeTo(value, now)];
  return [name, property === 'interval' ? Number(value) : value];
}

/** A range whose NOW is replaced by a day, written as its start is. */
function rangeTo(range: string, now: string): [start: string, end: string] {
  const [start = '', end = ''] = range.split(',');
  const digits = now.replaceAll('-', '')[Symbol.iterator]();
  return [start, end === 'NOW' && now !== 'NOW' ? start.replace(/\d/g, () => digits.next().value ?? '') : end];
}

/** The folder below the root of a location in the template. */
function located(location: unknown, place: Place): string {
  return text(location, place).replace(/^s3:\/\//, place.root);
}

function text(value: unknown, place: Place): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, Ref } = value as { 'Fn::Join'?: [string, unknown[]]; Ref?: string };
  if (join) return join[1].map((part) => text(part, place)).join(join[0]);
  if (Ref?.startsWith('Storage')) return place.results_bucket;
  throw new Error(`cannot resolve ${JSON.stringify(value)}`);
}

function list(properties: ReadonlyMap<string, unknown>): string {
  return [...properties].map(([name, value]) => `${name} = ${literal(value)}`).join(', ');
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `ARRAY[${value.map(literal).join(', ')}]`;
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
