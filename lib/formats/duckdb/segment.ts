import type { Field, FieldKind, Format } from '../format.ts';
import { kindExpression, missableFields } from '../pattern.ts';

/** The unquoted fields between two quoted ones. */
export interface Stretch {
  fields: readonly Field[];
  first: boolean;
  last: boolean;
}

/** True for a field in double quotes, which ends a stretch. */
export function isQuoted({ kind }: Field): boolean {
  return kind === 'quoted' || kind === 'plain_quoted';
}

/** The stretches of a line, one more than it has quoted fields; some hold no field. */
export function stretchesOf(format: Format): Stretch[] {
  const groups: Field[][] = [[]];
  for (const field of format.fields) {
    if (isQuoted(field)) groups.push([]);
    else groups.at(-1)?.push(field);
  }
  return groups.map((fields, index) => ({ fields, first: index === 0, last: index === groups.length - 1 }));
}

/** How many tokens a time takes, and where its column starts and how long it is. */
const MOMENTS: Partial<Record<FieldKind, { tokens: number; start: number; length: number }>> = {
  bracketed_time: { tokens: 2, start: 2, length: 'DD/Mon/YYYY:hh:mm:ss +hhmm'.length },
  http_time: { tokens: 6, start: 1, length: 'Day, DD Mon YYYY hh:mm:ss'.length },
};

/** Other kinds that not every token is one of. */
const CHECKED: readonly FieldKind[] = ['status', 'number', 'seconds'];

function requiredOf(format: Format, fields: readonly Field[]): Field[] {
  return fields.filter((field) => format.fields.indexOf(field) < format.required_fields);
}

/** A stretch as a regular expression, with what may follow the last field. */
export function stretchExpression(format: Format, { fields, first, last }: Stretch): string {
  const expressions = fields.map(({ kind }) => kindExpression(kind));
  const required = requiredOf(format, fields).length;
  const words = expressions.slice(0, required).join(' ');
  if (!last) return `${first ? '' : ' '}${words}${words && ' '}`;
  const rest = format.rest === 'none' ? '' : '(?: [\\s\\S]*)?';
  return `${words && `${first ? '' : ' '}${words}`}${missableFields(expressions.slice(required), rest)}`;
}

/** Conditions on a stretch's tokens; each is true, false or, for a line without parts, NULL. */
export function stretchConditions(format: Format, stretch: Stretch, index: number): string[] {
  const { fields, first, last } = stretch;
  if (fields.length === 0) return [];
  const count = `len(tokens_${index})`;
  const { start, end } = tokenPositions(fields, first);
  const required = requiredOf(format, fields);
  const conditions = [last ? `${count} >= ${tokenPositions(required, first).end - 1}` : `${count} = ${end}`];
  if (last && format.rest === 'none') conditions.push(`${count} < ${end}`);
  // What follows the last field starts with a space, unless the line ends.
  if (last && format.rest === 'any') conditions.push(`(part_count = ${2 * index + 1} OR ${count} >= ${end})`);
  const columns = new Map(stretchColumns(stretch, index));
  // One after the other: an expression for the whole stretch takes a sixth of the time that the reader needs in all.
  for (const field of fields) {
    const { name, kind } = field;
    if (!MOMENTS[kind] && !CHECKED.includes(kind)) continue;
    const fits = `regexp_full_match(${MOMENTS[kind] ? `"moment_${name}"` : columns.get(name)}, '${kindExpression(kind)}')`;
    conditions.push(required.includes(field) ? fits : `(${count} < ${start.get(name)} OR ${fits})`);
  }
  return conditions;
}

/** The times of a stretch, as they are written. */
export function stretchMoments({ fields, first }: Stretch, index: number): string[] {
  const { start } = tokenPositions(fields, first);
  return fields.flatMap(({ name, kind }) => {
    const tokens = MOMENTS[kind]?.tokens;
    if (!tokens) return [];
    const texts = Array.from({ length: tokens }, (_, at) => `tokens_${index}[${(start.get(name) ?? 0) + at}]`);
    return [`concat_ws(' ', ${texts.join(', ')}) AS "moment_${name}"`];
  });
}

/** Where each field's first token stands, counted from 1; an unquoted stretch after a quote starts with an empty token. */
function tokenPositions(fields: readonly Field[], first: boolean): { start: Map<string, number>; end: number } {
  const start = new Map<string, number>();
  let next = first ? 1 : 2;
  for (const field of fields) {
    start.set(field.name, next);
    next += MOMENTS[field.kind]?.tokens ?? 1;
  }
  return { start, end: next };
}

/** Each field of a stretch and its expression. */
export function stretchColumns({ fields, first }: Stretch, index: number): [string, string][] {
  const tokens = `tokens_${index}`;
  const { start } = tokenPositions(fields, first);
  const hostId = fields.find((field) => field.kind === 'host_id');
  const hostAt = hostId ? (start.get(hostId.name) ?? 0) : Number.POSITIVE_INFINITY;
  // A host id of two tokens moves what follows by one.
  const moved = `(CASE WHEN suffix(${tokens}[${hostAt + 1}], '=') THEN 1 ELSE 0 END)`;
  return fields.map(({ name, kind }) => {
    const at = start.get(name) ?? 0;
    const token = at > hostAt ? `${tokens}[${at} + ${moved}]` : `${tokens}[${at}]`;
    const moment = MOMENTS[kind];
    if (moment) return [name, `substr(nullif("moment_${name}", ''), ${moment.start}, ${moment.length})`];
    if (kind === 'address_port') return [name, `system.main.regexp_replace(${token}, ':[0-9]+$', '')`];
    if (kind !== 'host_id') return [name, token];
    const second = `${tokens}[${at + 1}]`;
    return [name, `CASE WHEN suffix(${second}, '=') THEN ${token} || ' ' || ${second} ELSE ${token} END`];
  });
}
