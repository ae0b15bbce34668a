import type { ColumnType } from '../../lib/model/columns.ts';
import { type GlueTable, lakeTable, regexTable } from '../servers/athena-tables.ts';

/** A table as Glue's API answers with it. */
export interface CatalogueTable {
  Name: string;
  Parameters: Record<string, string>;
  PartitionKeys: { Name: string; Type: string }[];
  StorageDescriptor: {
    Columns: { Name: string; Type: string }[];
    Location: string;
    SerdeInfo: { SerializationLibrary: string; Parameters: Record<string, string> };
  };
}

const TYPES: Record<string, ColumnType> = {
  string: 'varchar',
  boolean: 'boolean',
  int: 'integer',
  bigint: 'bigint',
  double: 'double',
  timestamp: 'timestamp',
  date: 'date',
};

/**
 * The table that Athena sees through the catalogue: an object is visible only where the projection looks for it. `today`
 * ends projections that end NOW.
 */
export function catalogueTable(table: CatalogueTable, today: string): GlueTable {
  const { Name, PartitionKeys, StorageDescriptor } = table;
  const { Columns, Location, SerdeInfo } = StorageDescriptor;
  const projection = projectionOf(table, today);
  const regex = SerdeInfo.Parameters['input.regex'];
  const columns = Columns.map(({ Name: name, Type }) => ({ name, type: typeOf(Type) }));
  const inner =
    regex === undefined
      ? lakeTable(Name, columns, partitionNames(PartitionKeys), Location)
      : regexTable(
          Name,
          columns.map(({ name }) => name),
          regex,
          Location,
          projection.pattern,
        );
  return {
    ...inner,
    load: (connection, objects, folder) => inner.load(connection, objects.filter(projection.includes), folder),
  };
}

function typeOf(glueType: string): ColumnType {
  const type = TYPES[glueType];
  if (!type) throw new Error(`no column has the type ${glueType}`);
  return type;
}

function partitionNames(keys: readonly { Name: string }[]): string[] {
  return keys.map(({ Name }) => Name);
}

/** https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html */
function projectionOf({ Name, Parameters, PartitionKeys }: CatalogueTable, today: string) {
  const template = Parameters['storage.location.template'];
  if (Parameters['projection.enabled'] !== 'true' || !template) throw new Error(`${Name} is not projected`);
  const ranges = new Map<string, [string, string]>();
  const partition = (column: string) => {
    const property = (name: string) => Parameters[`projection.${column}.${name}`];
    switch (property('type')) {
      case 'enum':
        return (property('values') ?? '').split(',').map(escaped).join('|');
      case 'injected':
        return '[^/]+';
      case 'date': {
        const format = property('format') ?? '';
        const [first = '', last = ''] = (property('range') ?? '').split(',');
        ranges.set(column, [first, last === 'NOW' ? today.replaceAll('-', format[4] ?? '-') : last]);
        return format.replace(/[yMd]/g, '\\d');
      }
      default:
        throw new Error(`${Name}.${column} is not projected`);
    }
  };
  const location = template.split(/\$\{(\w+)\}/).map((part, index) => {
    return index % 2 === 0 ? escaped(part) : `(?<${part}>${partition(part)})`;
  });
  if (location.length !== 1 + 2 * PartitionKeys.length) throw new Error(`${Name}: no place for every partition`);
  const pattern = new RegExp(`^${location.join('')}/[^/]+$`);
  return {
    pattern,
    includes({ url }: { url: string }): boolean {
      const { groups = {} } = url.match(pattern) ?? {};
      const isInRange = ([column, [first, last]]: [string, [string, string]]) => {
        const value = groups[column] ?? '';
        return first <= value && value <= last;
      };
      return pattern.test(url) && [...ranges].every(isInRange);
    },
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
