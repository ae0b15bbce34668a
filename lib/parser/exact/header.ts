import { type Format, type HeaderColumn, type HeaderFormat, rawColumns } from '../../formats/format.ts';
import { CONTENT, DEFAULT_CONTENT, HEADER_SEPARATORS } from '../../formats/header.ts';
import type { ShapedLine } from './shapes.ts';

/** Where the lines after a header have the raw columns. */
export interface Layout {
  /** The most fields of a line. */
  most_fields: number;
  /** False if no line after the header fits, because the log is another one. */
  isUsable: boolean;
  /** For each raw column the places that may hold its text, in order; several have a space between their texts. */
  columns: readonly (readonly LayoutColumn[])[];
  /** What fields that have a value hold. */
  content: readonly { place: number; pattern: RegExp }[];
  /** What fields hold that must be there, as they are written. */
  written: readonly { place: number; pattern: RegExp }[];
}

interface LayoutColumn {
  places: readonly number[];
  plusIsSpace: boolean;
}

/** The layout of lines after a header; without one, that of `default_names`, undefined if the format has none. */
function layoutOf(format: Format & { header: HeaderFormat }, header: string | undefined): Layout | undefined {
  const { default_names, foreign, columns, plus_is_space } = format.header;
  const names = header === undefined ? default_names : namesIn(header);
  if (!names) return undefined;
  const placeOf = (name: string) => names.indexOf(name);
  const has = (wanted: readonly string[]) => wanted.some((name) => names.includes(name));
  // Without a header nobody knows which names are beside another one.
  const isOn = ({ beside, not_beside }: HeaderColumn) => {
    if (!beside && !not_beside) return true;
    if (header === undefined) return false;
    return beside ? has(beside) : !has(not_beside ?? []);
  };
  const checks = (patterns: Readonly<Record<string, string>>, known: readonly string[]) =>
    known.flatMap((name) => {
      const pattern = patterns[name];
      const place = placeOf(name);
      return pattern === undefined || place === -1 ? [] : [{ place, pattern: new RegExp(pattern) }];
    });
  const read = [...new Set(Object.values(columns).flatMap((all) => all.flatMap(({ names: wanted }) => wanted)))];
  return {
    most_fields: names.length,
    isUsable: header === undefined || !has(foreign),
    columns: rawColumns(format).map((column) =>
      (columns[column] ?? [])
        .filter((found) => isOn(found) && found.names.every((name) => names.includes(name)))
        .map((found) => ({
          places: found.names.map(placeOf),
          plusIsSpace: found.names.some((name) => plus_is_space.includes(name)),
        })),
    ),
    content: header === undefined ? [] : checks(CONTENT, read),
    written: header === undefined ? checks(DEFAULT_CONTENT, Object.keys(DEFAULT_CONTENT)) : [],
  };
}

/** The start of a line that names the fields of those after it. */
const HEADER_START = '#Fields:';

function namesIn(header: string): string[] {
  return header
    .slice(HEADER_START.length)
    .replace(new RegExp(HEADER_SEPARATORS, 'g'), ' ')
    .replace(/^ | $/g, '')
    .split(' ');
}

/** A line's raw columns by a layout; undefined if it does not fit. */
function readFields(layout: Layout, line: string): (string | null)[] | undefined {
  const { fields, areQuoted } = fieldsOf(line);
  if (!layout.isUsable || fields.length < 2 || fields.length > layout.most_fields) return undefined;
  if (!layout.written.every(({ place, pattern }) => pattern.test(fields[place] ?? ''))) return undefined;
  const valueAt = (place: number): string | null => {
    const field = fields[place];
    if (field === undefined || field === '-') return null;
    const text = areQuoted ? field.replaceAll('"', '') : field;
    return text === '-' || text === '' ? null : text;
  };
  for (const { place, pattern } of layout.content) {
    const value = valueAt(place);
    if (value !== null && !pattern.test(value)) return undefined;
  }
  return layout.columns.map((sources) => {
    for (const { places, plusIsSpace } of sources) {
      const values = places.map(valueAt);
      if (values.includes(null)) continue;
      const text = values.join(' ');
      return plusIsSpace ? text.replaceAll('+', ' ') : text;
    }
    return null;
  });
}

/** The fields of a line, separated by tabs, or by the first other separator in it; those with spaces may be quoted. */
function fieldsOf(line: string): { fields: readonly string[]; areQuoted: boolean } {
  const plain = (fields: readonly string[]) => ({ fields, areQuoted: false });
  if (line.includes('\t')) return plain(line.split('\t'));
  if (line.includes('"') && !line.startsWith('{')) {
    return { fields: line.match(/"[^"]*"|[^ "]+/g) ?? [], areQuoted: true };
  }
  if (line.includes(' ')) return plain(line.split(/ +/));
  const separator = line.match(/[,;|]/)?.[0];
  return plain(separator === undefined ? [] : line.split(separator));
}

/** Adds the lines that headers describe to what the other shapes of a format read. */
export function compileHeaders(format: Format & { header: HeaderFormat }, others: (line: string) => ShapedLine) {
  const unnamed = layoutOf(format, undefined);
  const hasJson = Object.keys(format.json).length > 0;
  const named = rawColumns(format).map((column) => (format.header.columns[column] ?? []).length > 0);
  let layout = unnamed;

  const read = (line: string): readonly (string | null)[] | 'unfit' => {
    const known = hasJson ? others(line) : undefined;
    const values = known?.values.map((value) => (value === '-' ? null : value)) ?? [];
    if (known?.fits) return values;
    const fields = layout && readFields(layout, line);
    return fields ? fields.map((field, column) => (named[column] ? field : (values[column] ?? null))) : 'unfit';
  };
  return {
    startFile: () => {
      layout = unnamed;
    },
    layout: () => layout,
    read: (line: string) => {
      if (!line.startsWith('#')) return read(line);
      if (line.startsWith(HEADER_START)) layout = layoutOf(format, line);
      return 'ignored' as const;
    },
  };
}
