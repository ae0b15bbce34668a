import { parse } from 'yaml';
import * as z from 'zod';
import { SOURCE_KINDS } from '../formats/format.ts';
import { CHART_KINDS } from '../model/chart.ts';
import { REQUEST_COLUMNS } from '../model/request-columns.ts';
import { listSql, readSql } from '../sql/sql-files.ts';
import { outputColumns } from './output-columns.ts';
import { SECTION_GROUPS, type Section } from './section.ts';

const FOLDER = 'sections';

const columnSchema = z.strictObject({
  type: z.enum(['varchar', 'boolean', 'integer', 'bigint', 'double', 'timestamp', 'date']),
  title: z.string().min(1),
  unit: z.enum(['count', 'bytes', 'ms', 'usd', 'percent', 'day', 'hour']).optional(),
  approximate: z.boolean().optional(),
});

const chartSchema = z.strictObject({
  kind: z.enum(CHART_KINDS),
  title: z.string().min(1),
  x: z.union([z.string().transform((name) => [name]), z.array(z.string()).min(1)]),
  y: z.array(z.string()).min(1),
  split: z.string().optional(),
  shadow: z.boolean().optional(),
});

const metadataSchema = z.strictObject({
  title: z.string().min(1),
  answers: z.string().endsWith('.'),
  note: z.string().endsWith('.').optional(),
  group: z.enum(SECTION_GROUPS),
  applies_to: z.array(z.enum(SOURCE_KINDS)).min(1).optional(),
  needs: z
    .array(z.enum(REQUEST_COLUMNS.map(({ name }) => name)))
    .min(1)
    .optional(),
  order: z.int().nonnegative(),
  charts: z.array(chartSchema).min(1).optional(),
  columns: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), columnSchema),
});

let loaded: readonly Section[] | undefined;

/**
 * Every section of the catalogue, in the order of a report; read once. Throws on a file that is malformed, by its name.
 */
export function loadSections(): readonly Section[] {
  loaded ??= listSql(FOLDER)
    .map((name) => parseSection(name, readSql(`${FOLDER}/${name}`)))
    .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  return loaded;
}

/**
 * Reads one section file: a block comment that holds YAML metadata, then one SELECT. Throws, naming the file, when the
 * metadata is malformed or names other columns than the SELECT does.
 */
export function parseSection(name: string, text: string): Section {
  try {
    const [, id] = name.match(/^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.sql$/) ?? [];
    if (!id) throw new Error('the name must be in kebab-case and end in .sql');
    const [, yaml, sql] = text.match(/^\/\*\n(.*?)\*\/\n(.*)$/s) ?? [];
    if (yaml === undefined || sql === undefined)
      throw new Error('it must start with a block comment that holds its metadata');
    const { columns: columnsByName, ...metadata } = parseMetadata(yaml);
    const columns = Object.entries(columnsByName).map(([name, column]) => ({ name, ...column }));
    if (columns.some(({ approximate }) => approximate) && !metadata.note) {
      throw new Error('it has an approximate column, so a note must state the bound');
    }
    for (const { title, x, y, split = [] } of metadata.charts ?? []) {
      const unknown = [...x, ...y, ...[split].flat()].find((name) => !(name in columnsByName));
      if (unknown) throw new Error(`its chart "${title}" draws the column ${unknown}, which it does not declare`);
    }
    const declared = columns.map((column) => column.name).join(', ');
    const selected = outputColumns(sql).join(', ');
    if (declared !== selected) throw new Error(`it declares the columns ${declared} but selects ${selected}`);
    return { id, ...metadata, columns, sql: sql.trim() };
  } catch (cause) {
    throw new Error(`sql/${FOLDER}/${name}: ${(cause as Error).message}`, { cause });
  }
}

function parseMetadata(yaml: string): z.infer<typeof metadataSchema> {
  const { success, data, error } = metadataSchema.safeParse(parse(yaml));
  if (!success) throw new Error(`its metadata is malformed: ${z.prettifyError(error)}`);
  return data;
}
