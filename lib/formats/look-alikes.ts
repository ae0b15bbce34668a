import type { Format } from './format.ts';

/** A column of `requests`, and what a key and a value of JSON look like that may belong into it. */
interface Likeness {
  column: string;
  key: RegExp;
  value: RegExp;
}

const NUMBER = /^[0-9]{1,18}(?:[.][0-9]+)?$/;

const LIKENESSES: readonly Likeness[] = [
  { column: 'status', key: /status|code/i, value: /^[1-5][0-9]{2}(?:[.]0+)?$/ },
  { column: 'bytes_sent', key: /bytes|size|length/i, value: NUMBER },
  { column: 'duration_ms', key: /duration|elapsed|latency|(?:request|response|answer|total)_?time/i, value: NUMBER },
  {
    column: 'client_ip',
    key: /ip|addr|client|remote/i,
    value: /^(?:[0-9]{1,3}(?:[.][0-9]{1,3}){3}|[0-9a-f:]*:[0-9a-f:]+)$/i,
  },
  { column: 'method', key: /method|verb/i, value: /^[A-Z]{3,10}$/ },
  { column: 'path', key: /path|ur[il]|target/i, value: /^(?:\/|https?:)/ },
  { column: 'user_agent', key: /agent/i, value: /./ },
];

/** Other keys are not offered: they come from a log, and have to be shown as they are. */
const PLAIN_KEY = /^[A-Za-z_][\w-]{0,63}$/;

/**
 * For some columns, the key of JSON lines that looks as if it held the column's values, and that the format does not map.
 * Columns without such a key are left out.
 */
export function lookAlikes(
  format: Format,
  lines: readonly string[],
  columns: readonly string[],
): { column: string; key: string }[] {
  const mapped = new Set(Object.values(format.json).flatMap((paths) => paths.map(({ path }) => path.join('.'))));
  const values = new Map([...valuesOf(lines)].filter(([key]) => !mapped.has(key)));
  return LIKENESSES.filter(({ column }) => columns.includes(column)).flatMap(({ column, key, value }) => {
    const found = [...values].find(([name, list]) => key.test(name) && list.every((one) => value.test(one)));
    return found ? { column, key: found[0] } : [];
  });
}

/** The values of each key of the lines' objects, those of nested objects by their path: `response.status`. */
function valuesOf(lines: readonly string[]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const line of lines) {
    for (const [key, value] of entriesOf(objectIn(line))) values.set(key, [...(values.get(key) ?? []), value]);
  }
  return values;
}

function entriesOf(object: object): [key: string, value: string][] {
  return Object.entries(object).flatMap(([key, value]): [string, string][] => {
    if (!PLAIN_KEY.test(key) || value === null || Array.isArray(value)) return [];
    if (typeof value !== 'object') return [[key, String(value)]];
    return entriesOf(value).map(([inner, text]) => [`${key}.${inner}`, text]);
  });
}

/** The JSON object of a line, which may follow a prefix such as that of syslog; an empty one if there is none. */
function objectIn(line: string): object {
  try {
    const value: unknown = JSON.parse(line.slice(line.indexOf('{')));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
