import { parse } from 'yaml';
import * as z from 'zod';
import { readSyntax } from '../parser/expression/syntax.ts';
import { readSql } from '../sql/sql-files.ts';
import {
  FIELD_KINDS,
  type Format,
  groupNames,
  type HeaderColumn,
  type HeaderFormat,
  JSON_GROUP,
  type JsonPath,
  type JsonSource,
  SOURCE_KINDS,
  TRAILING_FIELDS,
  withoutNames,
} from './format.ts';
import { readLogFormat } from './log-format.ts';
import { differingPart, MAX_REPEATS, mostRepeats } from './pattern-limits.ts';

const columnName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'is not a column name; use lower-case letters, digits and underscores');

const NO_PATH = 'is not a path; write it like request.headers["User-Agent"][0]';

/** A JSON path in text: `request.headers.User-Agent[0]`; keys with other characters in brackets, `["cs(Host)"]`. */
function jsonPath(text: string): JsonPath | undefined {
  const steps = [...text.matchAll(/(?:^|\.)([^.[\]"]+)|\[(\d+)\]|\["([^"]+)"\]/gy)];
  if (steps.length === 0 || steps.map(([step]) => step).join('') !== text) return undefined;
  return steps.map(([, key, index, quoted]) => (index === undefined ? (key ?? quoted ?? '') : Number(index)));
}

/** `duration`, or `duration beside authority`: the value at the first path, in objects that have one at the second. */
const jsonSource = z.string().transform((text, context): JsonSource => {
  const [path, beside, ...others] = text.split(' beside ').map(jsonPath);
  if (!path || others.length > 0 || (text.includes(' beside ') && !beside)) {
    context.addIssue({ code: 'custom', message: NO_PATH });
    return z.NEVER;
  }
  return beside ? { path, beside } : { path };
});

const pattern = z.string().superRefine((text, context) => {
  try {
    new RegExp(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: `is not a regular expression: ${(error as Error).message}` });
  }
  if (/\(\?[^:<]|\(\?<[=!]|\\[1-9]/.test(text)) {
    context.addIssue({
      code: 'custom',
      message: 'uses look-around or a back-reference, which not every engine supports',
    });
  }
  const differing = differingPart(text);
  if (differing) {
    context.addIssue({ code: 'custom', message: `uses ${differing}, which not every engine understands alike` });
  }
  if (context.issues.length === 0) {
    try {
      readSyntax(withoutNames(text));
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
    }
  }
  if (mostRepeats(text) > MAX_REPEATS) {
    context.addIssue({ code: 'custom', message: `repeats a part more than ${MAX_REPEATS} times` });
  }
  if (/\((?!\?)/.test(text.replace(/\\./g, ''))) {
    context.addIssue({ code: 'custom', message: 'has an unnamed group; write (?<name>…) or (?:…)' });
  }
});

const linePattern = pattern
  .refine((text) => groupNames(text).length > 0, 'has no named group; write (?<name>…)')
  .refine(
    (text) => new Set(groupNames(text)).size === groupNames(text).length,
    'uses a group name twice; write two patterns',
  );

/** Names of the fields of a column, such as `date time`, optionally with names that the header must or must not have, too. */
const headerColumn = z.union([
  z.string().transform((text): HeaderColumn => ({ names: text.split(' ') })),
  z
    .strictObject({
      name: z.string().describe('Name of the field.'),
      beside: z
        .array(z.string())
        .optional()
        .describe('The column has a value only if the header has one of these names.'),
      not_beside: z
        .array(z.string())
        .optional()
        .describe('The column has a value only if the header has none of these names.'),
    })
    .transform(({ name, ...others }): HeaderColumn => ({ names: [name], ...others })),
]);

const headerSchema = z
  .strictObject({
    columns: z
      .record(columnName, z.union([headerColumn.transform((column) => [column]), z.array(headerColumn)]))
      .default({})
      .describe(
        'Names of fields, by column: one, or several; the first that has a value counts. Default: the names in json.',
      ),
    foreign: z.array(z.string()).default([]).describe('Names that only the headers of other formats have.'),
    default_names: z.array(z.string()).optional().describe('Names of the fields of lines without a header.'),
    plus_is_space: z.array(z.string()).default([]).describe('Names of fields in which + stands for a space.'),
  })
  .describe('For logs whose lines #Fields: … name the fields of the lines after them.');

/** The description of a format: the header of a built-in one, or an entry of `formats` in the configuration. */
export const formatSchema = z
  .strictObject({
    title: z.string().min(1).optional().describe('Name for people. Default: its name in this file.'),
    kind: z
      .enum(SOURCE_KINDS)
      .default('web')
      .describe('What writes these logs; decides which sections a report has. Default web.'),
    fields: z
      .record(columnName, z.enum(FIELD_KINDS))
      .default({})
      .describe('The fields of a line, separated by one space, in order: column and kind.'),
    required_fields: z.int().positive().optional().describe('How many leading fields every line has. Default: all.'),
    trailing_fields: z
      .enum(TRAILING_FIELDS)
      .default('unquoted')
      .describe(
        'What may follow the last field: none, unquoted (more fields without quotes; the default), or any (quoted fields too).',
      ),
    patterns: z
      .array(linePattern)
      .default([])
      .describe('Regular expressions for a whole line, tried in order. Named groups are columns.'),
    pattern_values: z
      .record(z.string().regex(/^\d+$/), z.record(columnName, z.string()))
      .default({})
      .describe('Columns with the same value in all lines of a pattern, by the index of the pattern, counted from 0.'),
    json: z
      .record(
        columnName,
        z.union([jsonSource.transform((source) => [source]), z.array(jsonSource)], { error: NO_PATH }),
      )
      .default({})
      .describe(
        'Paths of values in a JSON line, by column: one path, or several; the first that has a value counts. `a beside b` counts in objects that have a b, too.',
      ),
    log_format: z
      .string()
      .optional()
      .describe('A format as it stands in the configuration of nginx (log_format), Apache (LogFormat) or GoAccess.'),
    date_format: z.string().optional().describe("How %d is written in GoAccess's format, such as %d/%b/%Y."),
    time_format: z.string().optional().describe("How %t is written in GoAccess's format. Default %T."),
    header: headerSchema.optional(),
    envelopes: z
      .boolean()
      .default(false)
      .describe(
        'Whether lines may be inside syslog, CRI, JSON of Docker and the like; patterns then read what is inside. Default false.',
      ),
    yearless: z
      .boolean()
      .default(false)
      .describe('Whether times have no year; it is then taken from the day of the file. Default false.'),
    ignored: pattern.optional().describe('Regular expression for the start of lines to skip, such as comments.'),
  })
  .refine(({ fields, required_fields = 0 }) => required_fields <= Object.keys(fields).length, {
    path: ['required_fields'],
    error: 'is larger than the number of fields',
  })
  .refine(
    ({ fields, required_fields = Object.keys(fields).length }) =>
      Object.values(fields).findLastIndex((kind) => kind.endsWith('quoted')) < required_fields,
    { path: ['fields'], error: 'has a quoted field that may be missing; describe these lines by a pattern' },
  )
  .refine(
    ({ fields }) =>
      !/principal(?!(?:,(?:token|status|number|seconds))*,(?:plain_)?quoted)|host_id[^q]*principal/.test(
        Object.values(fields).join(),
      ),
    {
      path: ['fields'],
      error:
        'has a principal without a quoted field after it, or with a time, an address or a host id between; describe these lines by a pattern',
    },
  )
  .refine(
    ({ fields, required_fields = Object.keys(fields).length, trailing_fields }) =>
      trailing_fields !== 'any' || required_fields === Object.keys(fields).length,
    {
      path: ['trailing_fields'],
      error: 'cannot be any if fields before them may be missing; describe these lines by a pattern',
    },
  );

/** Names of columns that the readers add to those of a format. */
const RESERVED =
  /^(?:unparsed|line|line_key|whole|reason|log_object|file_day|unfit|body|content|texts|shape|json|found|parts|part_count|names|header|header_key|header_count|wanted_count|field_count|fields|is_[a-z_]+|as_long|of_key|number|positions_key|(?:found|json|kept|value|position|beside|tokens|segment|quoted|p)_?\d+|timestamp_.*|raw_.*)$/;

/** A format in the configuration. Its columns are those that sql/lake/generic-mapping.sql reads; `time` is required. */
export const customFormatSchema = formatSchema.superRefine((described, context) => {
  const { fields, patterns, json, header, log_format } = described;
  if (log_format !== undefined) {
    try {
      readLogFormat(log_format, described);
    } catch (error) {
      context.addIssue({ code: 'custom', path: ['log_format'], message: (error as Error).message });
    }
    return;
  }
  const names = [
    ...Object.keys(fields),
    ...patterns.flatMap(groupNames),
    ...Object.keys(json),
    ...Object.keys(header?.columns ?? {}),
  ];
  const hasJson = Object.keys(json).length > 0;
  const refuseReserved = (path: PropertyKey[], column: string) => {
    if (!RESERVED.test(column)) return;
    const message = `uses the name ${column}, which has a meaning of its own; choose another`;
    context.addIssue({ code: 'custom', path, message });
  };
  for (const column of Object.keys(fields)) refuseReserved(['fields', column], column);
  for (const column of Object.keys(json)) refuseReserved(['json', column], column);
  for (const column of Object.keys(header?.columns ?? {})) refuseReserved(['header', 'columns', column], column);
  for (const [index, text] of patterns.entries()) {
    for (const group of groupNames(text)) {
      if (group !== JSON_GROUP || !hasJson) refuseReserved(['patterns', index], group);
    }
  }
  if (names.length === 0)
    context.addIssue({ code: 'custom', message: 'needs log_format, fields, patterns, json or header' });
  else if (!names.includes('time'))
    context.addIssue({
      code: 'custom',
      message: 'has no column time; give that name to the field or group of the time',
    });
});

/** A format from its description and, for a built-in one, its mapping. */
export function formatFrom(id: string, described: z.output<typeof formatSchema>, mapping?: string): Format {
  const { fields, required_fields, header, title = id, log_format, date_format, time_format, ...others } = described;
  const read = log_format === undefined ? undefined : readLogFormat(log_format, { date_format, time_format });
  return {
    id,
    title,
    ...others,
    ...(read && { patterns: [...read.patterns, ...others.patterns], json: { ...others.json, ...read.json } }),
    ...(header ? { header: { ...header, columns: { ...namesInJson(others.json), ...header.columns } } } : {}),
    fields: Object.entries(fields).map(([name, kind]) => ({ name, kind })),
    required_fields: required_fields ?? Object.keys(fields).length,
    ...(mapping ? { mapping } : {}),
  };
}

/** JSON objects and headers of a log name the same fields. */
function namesInJson(json: Format['json']): HeaderFormat['columns'] {
  return Object.fromEntries(
    Object.entries(json).map(([column, sources]) => [
      column,
      sources.map(({ path }) => ({ names: [String(path[0])] })),
    ]),
  );
}

/**
 * Reads a format file: a block comment with YAML, then the mapping to `requests`, which a format with generic column names
 * leaves out. A format with the raw columns of another one names it as its `mapping`. An Error names a malformed file.
 */
export function parseFormat(name: string, text: string): Format {
  const { yaml, mapping } = splitFile(name, text);
  const { mapping: shared, ...described } = parse(yaml) as { mapping?: string };
  const { success, data, error } = formatSchema.safeParse(described);
  if (!success) throw new Error(`sql/formats/${name}: ${z.prettifyError(error)}`);
  const other = shared && `${shared}.sql`;
  return formatFrom(
    name.slice(0, -'.sql'.length),
    data,
    other ? splitFile(other, readSql(`formats/${other}`)).mapping : mapping,
  );
}

function splitFile(name: string, text: string): { yaml: string; mapping: string } {
  const [, yaml, mapping = ''] = text.match(/^\/\*\n(.*?)\*\/\n(.*)$/s) ?? [];
  if (yaml === undefined) throw new Error(`sql/formats/${name}: it must start with a block comment that describes it`);
  return { yaml, mapping: mapping.trim() };
}
