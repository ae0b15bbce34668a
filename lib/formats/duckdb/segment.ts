import type { Field, FieldKind, Format } from '../format.ts';
import { kindExpression, optionalFields } from '../pattern.ts';

/** The unquoted fields before, between or after the quoted fields of a line. */
export interface Segment {
  fields: readonly Field[];
  first: boolean;
  last: boolean;
}

/** True for a field in double quotes, which ends a segment. */
export function isQuoted({ kind }: Field): boolean {
  return kind === 'quoted' || kind === 'plain_quoted';
}

/** The segments of a line, one more than it has quoted fields; a segment may be empty. */
export function segmentsOf(format: Format): Segment[] {
  const groups: Field[][] = [[]];
  for (const field of format.fields) {
    if (isQuoted(field)) groups.push([]);
    else groups.at(-1)?.push(field);
  }
  return groups.map((fields, index) => ({ fields, first: index === 0, last: index === groups.length - 1 }));
}

/** Kinds of times: the number of tokens, and the first character (counted from 1) and the length of the column's value. */
const TIMESTAMPS: Partial<Record<FieldKind, { tokens: number; start: number; length: number }>> = {
  bracketed_time: { tokens: 2, start: 2, length: 'DD/Mon/YYYY:hh:mm:ss +hhmm'.length },
  http_time: { tokens: 6, start: 1, length: 'Day, DD Mon YYYY hh:mm:ss'.length },
};

/** Other kinds that do not accept every token. */
const CHECKED: readonly FieldKind[] = ['status', 'number', 'seconds'];

function requiredOf(format: Format, fields: readonly Field[]): Field[] {
  return fields.filter((field) => format.fields.indexOf(field) < format.required_fields);
}

/** The regular expression of a segment; that of the last one includes trailing fields. */
export function segmentExpression(format: Format, { fields, first, last }: Segment): string {
  const expressions = fields.map(({ kind }) => kindExpression(kind));
  const required = requiredOf(format, fields).length;
  const words = expressions.slice(0, required).join(' ');
  if (!last) return `${first ? '' : ' '}${words}${words && ' '}`;
  const trailing = format.trailing_fields === 'none' ? '' : '(?: [\\s\\S]*)?';
  return `${words && `${first ? '' : ' '}${words}`}${optionalFields(expressions.slice(required), trailing)}`;
}

/** SQL conditions on a segment's tokens. Each is true or false, or NULL if the line has no such segment. */
export function segmentConditions(format: Format, segment: Segment, index: number): string[] {
  const { fields, first, last } = segment;
  if (fields.length === 0) return [];
  const count = `len(tokens_${index})`;
  const { start, end } = tokenPositions(fields, first);
  const required = requiredOf(format, fields);
  const columns = new Map(segmentColumns(segment, index));
  const conditions = [last ? `${count} >= ${tokenPositions(required, first).end - 1}` : `${count} = ${end}`];
  const principal = fields.find(({ kind }) => kind === 'principal');
  if (principal) {
    const fits = `regexp_full_match(${columns.get(principal.name)}, '${kindExpression('principal')}')`;
    // Within a CASE, DuckDB evaluates a condition only for rows that meet none before it.
    conditions[0] = `CASE WHEN ${count} = ${end} THEN true ELSE ${count} > ${end} AND ${fits} END`;
  }
  if (last && format.trailing_fields === 'none') conditions.push(`${count} < ${end}`);
  // Unless the line ends after the last field, a space follows it.
  if (last && format.trailing_fields === 'any') {
    conditions.push(`(part_count = ${2 * index + 1} OR ${count} >= ${end})`);
  }
  // Each field is checked by itself: one expression for the whole segment takes a sixth of the reader's time.
  for (const field of fields) {
    const { name, kind } = field;
    if (!TIMESTAMPS[kind] && !CHECKED.includes(kind)) continue;
    const text = TIMESTAMPS[kind] ? `"timestamp_${name}"` : columns.get(name);
    const fits = `regexp_full_match(${text}, '${kindExpression(kind)}')`;
    conditions.push(required.includes(field) ? fits : `(${count} < ${start.get(name)} OR ${fits})`);
  }
  return conditions;
}

/** SQL columns with the text of a segment's times, such as `[06/Oct/2026:00:00:38 +0000]`. */
export function segmentTimestamps({ fields, first }: Segment, index: number): string[] {
  const { start } = tokenPositions(fields, first);
  return fields.flatMap(({ name, kind }) => {
    const tokens = TIMESTAMPS[kind]?.tokens;
    if (!tokens) return [];
    const texts = Array.from({ length: tokens }, (_, at) => `tokens_${index}[${(start.get(name) ?? 0) + at}]`);
    return [`concat_ws(' ', ${texts.join(', ')}) AS "timestamp_${name}"`];
  });
}

/**
 * The position of each field's first token, counted from 1, and the position after the last token. After a closing quote a
 * segment begins with a space, so its first token is empty.
 */
function tokenPositions(fields: readonly Field[], first: boolean): { start: Map<string, number>; end: number } {
  const start = new Map<string, number>();
  let next = first ? 1 : 2;
  for (const field of fields) {
    start.set(field.name, next);
    next += TIMESTAMPS[field.kind]?.tokens ?? 1;
  }
  return { start, end: next };
}

/** The name of each field of a segment and the SQL expression of its value. */
export function segmentColumns({ fields, first }: Segment, index: number): [string, string][] {
  const tokens = `tokens_${index}`;
  const { start, end } = tokenPositions(fields, first);
  const principal = fields.find((field) => field.kind === 'principal');
  const principalAt = principal ? (start.get(principal.name) ?? 0) : Number.POSITIVE_INFINITY;
  const hostId = fields.find((field) => field.kind === 'host_id');
  const hostAt = hostId ? (start.get(hostId.name) ?? 0) : Number.POSITIVE_INFINITY;
  // A host id of two tokens shifts the fields after it by one.
  const shift = `(CASE WHEN suffix(${tokens}[${hostAt + 1}], '=') THEN 1 ELSE 0 END)`;
  return fields.map(({ name, kind }) => {
    const at = start.get(name) ?? 0;
    // A principal of several tokens shifts the fields after it, so they are counted from the end of the segment.
    if (at > principalAt) return [name, `${tokens}[${at - end - 1}]`];
    if (at === principalAt) {
      return [
        name,
        `CASE WHEN len(${tokens}) <= ${end} THEN ${tokens}[${at}] ELSE array_to_string(${tokens}[${at}:${at - end - 1}], ' ') END`,
      ];
    }
    const token = at > hostAt ? `${tokens}[${at} + ${shift}]` : `${tokens}[${at}]`;
    const timestamp = TIMESTAMPS[kind];
    if (timestamp) {
      return [name, `substr(nullif("timestamp_${name}", ''), ${timestamp.start}, ${timestamp.length})`];
    }
    if (kind === 'address_port') return [name, `system.main.regexp_replace(${token}, ':[0-9]+$', '')`];
    if (kind !== 'host_id') return [name, token];
    const second = `${tokens}[${at + 1}]`;
    return [name, `CASE WHEN suffix(${second}, '=') THEN ${token} || ' ' || ${second} ELSE ${token} END`];
  });
}
