import { type Format, groupNames, JSON_GROUP, rawColumns, withoutNames } from '../../formats/format.ts';
import { linePattern } from '../../formats/pattern.ts';
import { compilePattern } from '../expression/pattern.ts';
import { compileContent, mayStartEnvelope } from './content.ts';
import { compileJson } from './json.ts';
import { type JsonPlace, jsonSources } from './json-sources.ts';

/** A line's raw columns. They may have texts even if the line does not fit: headers of the format then read the others. */
export interface ShapedLine {
  fits: boolean;
  values: readonly (string | null)[];
}

/**
 * Reads lines by the fields, patterns and JSON paths of a format: the first that fits counts. Its values are those of the
 * SQL of `trinoReader`: empty text is NULL, and JSON, which the server itself writes, comes before groups of a pattern.
 */
export function compileShapes(format: Format): (line: string) => ShapedLine {
  const columns = rawColumns(format);
  const shapes = shapesOf(format, columns).map((shape) => ({ ...shape, match: compilePattern(shape.expression) }));
  const contentOf = compileContent(format);
  const hasJson = Object.keys(format.json).length > 0;
  const json = jsonValues(format, columns);
  const noValues = columns.map(() => null);
  const unfit = { fits: false, values: noValues };

  const ofObject = (body: string, others: readonly (string | null)[]): ShapedLine => {
    const values = json(body, others);
    return values ? { fits: true, values } : { fits: false, values: others };
  };
  return (line) => {
    let content: string | undefined;
    for (const shape of shapes) {
      if (shape.isWholeLine && mayStartEnvelope(format, line)) continue;
      if (!shape.isWholeLine) content ??= contentOf(line);
      const groups = shape.match(shape.isWholeLine ? line : (content ?? line));
      if (!groups) continue;
      const values = shape.columns.map((column) =>
        typeof column === 'number' ? groups[column] || null : (column ?? null),
      );
      const body = hasJson && shape.body !== undefined ? groups[shape.body] : undefined;
      return typeof body === 'string' ? ofObject(body, values) : { fits: true, values };
    }
    return hasJson ? ofObject(content ?? contentOf(line), noValues) : unfit;
  };
}

/** Lines of one shape: all fields, or a pattern of what the line carries. */
export interface Shape {
  isWholeLine: boolean;
  /** The regular expression for all of it, with groups without names. */
  expression: string;
  /** For each raw column the place of its group, or its text in all lines of the shape. */
  columns: readonly (number | string | undefined)[];
  /** The place of the group that holds a JSON object. */
  body?: number;
}

/** The shapes of a format's lines, in the order in which they are tried. */
export function shapesOf(format: Format, columns: readonly string[]): Shape[] {
  const placeIn = (groups: readonly string[], name: string) => {
    const place = groups.indexOf(name);
    return place === -1 ? undefined : place;
  };
  const names = format.fields.map(({ name }) => name);
  const fields = {
    isWholeLine: true,
    expression: linePattern(format),
    columns: columns.map((name) => placeIn(names, name)),
  };
  const patterns = format.patterns.map((pattern, index): Shape => {
    const groups = groupNames(pattern);
    const body = placeIn(groups, JSON_GROUP);
    return {
      isWholeLine: false,
      expression: withoutNames(pattern),
      columns: columns.map((name) => format.pattern_values[index]?.[name] ?? placeIn(groups, name)),
      ...(body === undefined ? {} : { body }),
    };
  });
  return format.fields.length > 0 ? [fields, ...patterns] : patterns;
}

/** Reads the raw columns of a JSON object; `others` has those that come from elsewhere, if the object has none. */
function jsonValues(format: Format, columns: readonly string[]) {
  const { paths, sources } = jsonSources(format, columns);
  const read = compileJson(paths);
  return (body: string, others: readonly (string | null)[]): (string | null)[] | undefined => {
    const texts = read(body);
    return texts && sources.map((places, column) => firstText(places, texts) ?? others[column] ?? null);
  };
}

/** The first text of a column that is not empty. */
function firstText(places: readonly JsonPlace[], texts: readonly (string | null)[]): string | undefined {
  for (const { slot, beside } of places) {
    const text = texts[slot];
    if (text && (beside === undefined || texts[beside])) return text;
  }
  return undefined;
}
