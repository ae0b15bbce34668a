import type { Format, JsonPath } from '../../formats/format.ts';

/** Where a column finds a text: at a path, by its place in `paths`; with `beside` only if there is a text, too. */
export interface JsonPlace {
  slot: number;
  beside: number | undefined;
}

/** The paths that a format looks at, each once, and for each of `columns` its places, in order: the first text counts. */
export function jsonSources(
  format: Format,
  columns: readonly string[],
): { paths: JsonPath[]; sources: readonly (readonly JsonPlace[])[] } {
  const slots = new Map<string, number>();
  const paths: JsonPath[] = [];
  const slotOf = (path: JsonPath) => {
    const key = JSON.stringify(path);
    const slot = slots.get(key) ?? paths.push(path) - 1;
    slots.set(key, slot);
    return slot;
  };
  const sources = columns.map((name) =>
    (format.json[name] ?? []).map(({ path, beside }) => ({
      slot: slotOf(path),
      beside: beside ? slotOf(beside) : undefined,
    })),
  );
  return { paths, sources };
}
