import { escaped, type LogField, type LogPart, timeShape } from './log-field.ts';

/**
 * The regular expression for lines of the parts of a format string, with a named group per column. An Error if no field is
 * a time, or a time is in a notation that is not read.
 */
export function patternOfParts(parts: readonly LogPart[], times: string): string {
  const joined = withWholeTimes(parts);
  const chosen = chosenFields(joined.filter(isField));
  if (![...chosen].some(({ column }) => column === 'time')) throw new Error(`has no time; add ${times}`);
  return joined
    .map((part, index) => {
      if (!isField(part)) return escaped(part.text);
      const shape = part.time === undefined ? (part.shape ?? openShape(joined, index)) : timeShape(part.time);
      return part.column && chosen.has(part) ? `(?<${part.column}>${shape})` : `(?:${shape})`;
    })
    .join('');
}

function isField(part: LogPart): part is LogField {
  return !('text' in part);
}

/** The field of each column that is preferred; durations in several units are one. */
export function chosenFields(fields: readonly LogField[]): Set<LogField> {
  const chosen = new Map<string, LogField>();
  for (const field of fields) {
    const measure = field.column?.replace(/^duration_.*/, 'duration');
    const known = chosen.get(measure ?? '');
    if (measure && (!known || (field.preference ?? 0) < (known.preference ?? 0))) chosen.set(measure, field);
  }
  return new Set(chosen.values());
}

/**
 * The parts with a time that is written in several pieces as one field. What follows it within brackets and is passed over is
 * its zone.
 */
function withWholeTimes(parts: readonly LogPart[]): LogPart[] {
  const isTime = (part: LogPart) => isField(part) && part.time !== undefined;
  const first = parts.findIndex(isTime);
  const last = parts.findLastIndex(isTime);
  if (first < 0) return [...parts];
  const inner = parts.slice(first, last + 1);
  if (inner.some((part) => isField(part) && part.time === undefined)) return [...parts];
  const time = inner.map((part) => (isField(part) ? part.time : part.text.replaceAll('%', '%%'))).join('');
  const [space, zone, end] = parts.slice(last + 1, last + 4);
  const hasZone =
    space && !isField(space) && space.text === ' ' && zone && isField(zone) && !zone.column && end && !isField(end);
  const isClosed = hasZone && end.text.startsWith(']');
  const whole: LogField = { column: 'time', time: isClosed ? `${time} %z` : time };
  return [...parts.slice(0, first), whole, ...parts.slice(isClosed ? last + 3 : last + 1)];
}

/** The regular expression for a value that ends where the text after it begins. */
function openShape(parts: readonly LogPart[], index: number): string {
  const [before, after] = [parts[index - 1], parts[index + 1]];
  if (!after) return '.*';
  if (isField(after)) return '[^ ]*?';
  const isQuoted = before && !isField(before) && before.text.endsWith('"') && after.text.startsWith('"');
  if (isQuoted) return String.raw`(?:[^"\\]|\\.)*`;
  const [end = '', next = ''] = after.text;
  // Before a bracket or a quote, a value may have spaces: a user's name, for instance.
  return end === ' ' && /["[(|]/.test(next) ? `[^${escaped(next)}]*?` : `[^${escaped(end)}]*`;
}
