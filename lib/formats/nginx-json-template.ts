import type { JsonPath, JsonSource } from './format.ts';
import { type LogField, timeShape } from './log-field.ts';
import { chosenFields } from './log-parts-pattern.ts';
import { NGINX_TIMES, nginxField } from './nginx-log-format.ts';

/**
 * JSON paths by column of an nginx format that writes a JSON object, `{"status":$status,…}`. Throws an Error if it writes
 * something else, or has no time.
 */
export function nginxJsonSources(text: string): Record<string, JsonSource[]> {
  const fields = new Map<LogField, JsonPath>();
  for (const [path, value] of leaves(objectOf(text), [])) {
    if (/^\$(?:\w+|\{\w+\})$/.test(value)) fields.set(nginxField(value), path);
  }
  const chosen = [...chosenFields([...fields.keys()])];
  if (!chosen.some(({ column }) => column === 'time')) throw new Error(`has no time; add ${NGINX_TIMES}`);
  for (const { time } of chosen) if (time) timeShape(time);
  return Object.fromEntries(chosen.map((field) => [field.column ?? '', [{ path: fields.get(field) ?? [] }]]));
}

/** The template as an object: variables outside of strings become strings. */
function objectOf(text: string): unknown {
  const quoted = text.replace(/"(?:[^"\\]|\\.)*"|(\$(?:\w+|\{\w+\}))/g, (all, variable) =>
    variable ? JSON.stringify(variable) : all,
  );
  try {
    return JSON.parse(quoted);
  } catch (error) {
    throw new Error(`is no JSON object: ${(error as Error).message}; write it as nginx has it, with escape=json`);
  }
}

function* leaves(value: unknown, path: JsonPath): Generator<[JsonPath, string]> {
  if (typeof value === 'string') yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* leaves(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}
