import * as z from 'zod';
import { SOURCE_KINDS } from '../formats/format.ts';
import { CHART_KINDS } from '../model/chart.ts';
import { REQUEST_COLUMNS } from '../model/request-columns.ts';
import { columnSchema } from './column-schema.ts';
import { INSIGHT_RULES, SECTION_GROUPS } from './section.ts';

const names = z.array(z.string()).min(1);

const chartSchema = z.strictObject({
  kind: z.enum(CHART_KINDS),
  title: z.string().min(1),
  x: z.union([z.string().transform((name) => [name]), names]),
  y: names,
  split: z.string().optional(),
  compare: z.literal('previous_period').optional(),
});

const mailSchema = z.union([
  z.strictObject({ table: z.strictObject({ labels: names, figures: names, once_per: z.string().optional() }) }),
  z.strictObject({ changes: z.strictObject({ most_of_a_kind: z.int().positive() }) }),
]);

const terminalSchema = z.union([z.literal('bars'), z.strictObject({ sparklines: z.record(z.string(), names) })]);

const keys = {
  title: z.string().min(1),
  description: z.string().endsWith('.'),
  note: z.string().endsWith('.').optional(),
  applies_to: z.array(z.enum(SOURCE_KINDS)).min(1).optional(),
  requires: z
    .array(z.enum(REQUEST_COLUMNS.map(({ name }) => name)))
    .min(1)
    .optional(),
  charts: z.array(chartSchema).min(1).optional(),
  entity: names.optional(),
  mail: mailSchema.optional(),
  terminal: terminalSchema.optional(),
  drill_down: z.literal('endpoint').optional(),
  insights: z.enum(INSIGHT_RULES).optional(),
  columns: z.record(z.string(), columnSchema.partial()).default({}),
};

const headerSchema = z
  .strictObject({
    ...keys,
    group: z.enum(SECTION_GROUPS),
    order: z.int().nonnegative(),
    headline: z.literal(true).optional(),
  })
  .superRefine(needsEntity);

/**
 * Schema for the header of a section of the user's own. By default such a section comes after the built-in ones: those of
 * its group, or all of them.
 */
export const ownHeaderSchema = z
  .strictObject({
    ...keys,
    group: z.enum(SECTION_GROUPS).default('Own sections'),
    order: z.int().nonnegative().default(1_000_000),
  })
  .superRefine(needsEntity);

function needsEntity(
  {
    insights,
    mail,
    entity,
  }: { insights?: string | undefined; mail?: object | undefined; entity?: string[] | undefined },
  context: z.RefinementCtx,
): void {
  const isNeeded = insights === 'changes' || insights === 'ranks' || (mail && 'changes' in mail);
  if (!isNeeded || entity) return;
  const message = 'is missing: changes and ranks need the columns that name what a row is about, such as [client_ip]';
  context.addIssue({ code: 'custom', path: ['entity'], message });
}

/** The contents of the block comment at the start of a section file. */
export type Header = z.infer<typeof headerSchema>;

/** The columns that each rule for findings reads, besides those of the entity. */
const INSIGHT_COLUMNS: Readonly<Record<(typeof INSIGHT_RULES)[number], readonly string[]>> = {
  days: ['day'],
  changes: ['kind', 'requests', 'requests_before'],
  ranks: ['requests'],
  errors: ['status', 'requests'],
};

/** Checks a header. Throws an Error that says what is wrong with it. */
export function checkHeader(header: unknown): Header {
  const { success, data, error } = headerSchema.safeParse(header);
  if (!success) throw new Error(`its header is malformed: ${z.prettifyError(error)}`);
  return data;
}

/** The columns of the section that its header names, each with the key that names it. */
export function namedColumns({
  charts = [],
  entity = [],
  mail,
  terminal,
  insights,
}: Header): [key: string, name: string][] {
  const of = (key: string, columns: readonly string[]): [string, string][] => columns.map((name) => [key, name]);
  const table = mail && 'table' in mail ? mail.table : undefined;
  const sparklines = typeof terminal === 'object' ? Object.values(terminal.sparklines).flat() : [];
  return [
    ...charts.flatMap(({ title, x, y, split }) => of(`its chart "${title}"`, [...x, ...y, ...[split ?? []].flat()])),
    ...of('entity', entity),
    ...(table ? of('mail', [...table.labels, ...table.figures, ...[table.once_per ?? []].flat()]) : []),
    ...of('terminal', sparklines),
    ...(insights ? of(`insights: ${insights}`, INSIGHT_COLUMNS[insights]) : []),
  ];
}
