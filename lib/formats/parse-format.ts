import { parse } from 'yaml';
import * as z from 'zod';
import { FIELD_KINDS, type Format, groupNames, type JsonPath, RESTS, SOURCE_KINDS } from './format.ts';

const columnName = z.string().regex(/^[a-z][a-z0-9_]*$/, 'is no column name: small letters, digits and underscores');

const NO_PATH = 'is no path; write it like request.headers["User-Agent"][0]';

/** A JSON path as it is written: `request.headers.User-Agent[0]`, keys with other characters as `["cs(Host)"]`. */
const jsonPath = z.string().transform((text, context): JsonPath => {
  const steps = [...text.matchAll(/(?:^|\.)([^.[\]"]+)|\[(\d+)\]|\["([^"]+)"\]/gy)];
  if (steps.length === 0 || steps.map(([step]) => step).join('') !== text) {
    context.addIssue({ code: 'custom', message: NO_PATH });
    return z.NEVER;
  }
  return steps.map(([, key, index, quoted]) => (index === undefined ? (key ?? quoted ?? '') : Number(index)));
});

/** DuckDB's regular expressions repeat a part no more often. */
const MOST_REPEATS = 1000;

const pattern = z.string().superRefine((text, context) => {
  try {
    new RegExp(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: `is no regular expression: ${(error as Error).message}` });
  }
  if (/\(\?[^:<]|\(\?<[=!]|\\[1-9]/.test(text)) {
    context.addIssue({ code: 'custom', message: 'may not look around or back: not every engine can' });
  }
  const repeats = [...text.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].flatMap(([, least, most]) => [least, most].map(Number));
  if (repeats.some((times) => times > MOST_REPEATS)) {
    context.addIssue({ code: 'custom', message: `repeats a part more than ${MOST_REPEATS} times` });
  }
  if (/\((?!\?)/.test(text.replace(/\\./g, ''))) {
    context.addIssue({ code: 'custom', message: 'has a group without a name; write (?<name>…) or (?:…)' });
  }
});

const linePattern = pattern
  .refine((text) => groupNames(text).length > 0, 'names no group; write (?<name>…)')
  .refine(
    (text) => new Set(groupNames(text)).size === groupNames(text).length,
    'names a group twice; write two patterns',
  );

/** What a format says of its lines: in the header of a built-in one, or in the configuration. */
export const formatSchema = z
  .strictObject({
    title: z.string().min(1).describe('Name for people.'),
    kind: z
      .enum(SOURCE_KINDS)
      .default('web')
      .describe('What writes such logs, which decides the sections of a report. Default web.'),
    fields: z
      .record(columnName, z.enum(FIELD_KINDS))
      .default({})
      .describe('Fields separated by a space, in order: raw column and kind.'),
    required_fields: z.int().positive().optional().describe('How many leading fields every line has. Default: all.'),
    rest: z
      .enum(RESTS)
      .default('unquoted')
      .describe(
        'What may follow the last field: none, unquoted (further fields; the default), or any, quoted ones too.',
      ),
    patterns: z
      .array(linePattern)
      .default([])
      .describe('Regular expressions for a whole line, with named groups, tried in order.'),
    json: z
      .record(columnName, z.union([jsonPath.transform((path) => [path]), z.array(jsonPath)], { error: NO_PATH }))
      .default({})
      .describe('Where values stand in a JSON line, by column: one path, or several of which the first counts.'),
    yearless: z
      .boolean()
      .default(false)
      .describe("Whether times have no year; then the day of a line's file gives it. Default false."),
    ignored: pattern.optional().describe('Regular expression for the start of lines to pass over, such as comments.'),
  })
  .refine(({ fields, required_fields = 0 }) => required_fields <= Object.keys(fields).length, {
    path: ['required_fields'],
    error: 'is more than there are fields',
  })
  .refine(
    ({ fields, required_fields = Object.keys(fields).length }) =>
      Object.values(fields).findLastIndex((kind) => kind.endsWith('quoted')) < required_fields,
    { path: ['fields'], error: 'has a quoted field that may be missing; describe such lines by a pattern' },
  )
  .refine(
    ({ fields, required_fields = Object.keys(fields).length, rest }) =>
      rest !== 'any' || required_fields === Object.keys(fields).length,
    { path: ['rest'], error: 'cannot be any behind fields that may be missing; describe such lines by a pattern' },
  );

/** A format of the user's own: its columns are those that sql/lake/named.sql maps, and the time must be among them. */
export const customFormatSchema = formatSchema.superRefine(({ fields, patterns, json }, context) => {
  const names = [...Object.keys(fields), ...patterns.flatMap(groupNames), ...Object.keys(json)];
  if (names.length === 0) context.addIssue({ code: 'custom', message: 'needs fields, patterns or json' });
  else if (!names.includes('time'))
    context.addIssue({ code: 'custom', message: 'names no time; call that column time' });
});

/** A format from what its header or the configuration says. */
export function formatFrom(id: string, described: z.output<typeof formatSchema>, mapping?: string): Format {
  const { fields, required_fields, ...rest } = described;
  return {
    id,
    ...rest,
    fields: Object.entries(fields).map(([name, kind]) => ({ name, kind })),
    required_fields: required_fields ?? Object.keys(fields).length,
    ...(mapping ? { mapping } : {}),
  };
}

/**
 * Reads one format file: a block comment that holds YAML, then the mapping to `requests`, unless its raw columns carry
 * the usual names. Throws, naming the file, when it is malformed.
 */
export function parseFormat(name: string, text: string): Format {
  const [, yaml, mapping = ''] = text.match(/^\/\*\n(.*?)\*\/\n(.*)$/s) ?? [];
  if (yaml === undefined) throw new Error(`sql/formats/${name}: it must start with a block comment that describes it`);
  const { success, data, error } = formatSchema.safeParse(parse(yaml));
  if (!success) throw new Error(`sql/formats/${name}: ${z.prettifyError(error)}`);
  return formatFrom(name.slice(0, -'.sql'.length), data, mapping.trim());
}
