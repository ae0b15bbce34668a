import { type Format, hasFieldColumns, LINE_COLUMN, rawColumns } from '../../formats/format.ts';
import { linePattern } from '../../formats/pattern.ts';
import { compilePattern, compileStart } from '../expression/pattern.ts';
import { compileHeaders, type Layout } from './header.ts';
import { compileShapes } from './shapes.ts';

/** Texts in the order of `rawColumns`, or why there are none. */
export type ExactLine = readonly (string | null)[] | 'unfit' | 'ignored';

/** Reads lines of a file one by one, in their order: a header holds for those after it. */
export interface ExactReader {
  /** Forgets the header before the lines of another file. */
  startFile(): void;
  /** The raw columns of a line without its line end, invalid UTF-8 as U+FFFD. Empty lines are ignored. */
  read(line: string): ExactLine;
  /** Where the next lines have their fields, as the header before them or the format says; undefined if neither does. */
  layout(): Layout | undefined;
}

/**
 * A reader of a format's lines that decides what they are: it has the language and the values of the SQL of `trinoReader`,
 * but knows the order of lines. Faster ways read what they are certain of as it does, and leave the rest to it.
 */
export function compileExactReader(format: Format): ExactReader {
  const { read, startFile, layout } = compileLines(format);
  return { startFile, layout, read: (line) => (line === '' ? 'ignored' : read(line)) };
}

function compileLines(format: Format): ExactReader {
  const withoutHeaders = { startFile: () => {}, layout: () => undefined };
  if (format.header) return compileHeaders({ ...format, header: format.header }, compileShapes(format));
  const start = format.ignored === undefined ? () => -1 : compileStart(format.ignored);
  const isIgnored = (line: string) => start(line) !== -1;
  if (hasFieldColumns(format)) {
    const match = compilePattern(linePattern(format));
    // As on Athena, whose table has parsed the lines before any are passed over.
    return { ...withoutHeaders, read: (line) => match(line) ?? (isIgnored(line) ? 'ignored' : 'unfit') };
  }
  if (rawColumns(format)[0] === LINE_COLUMN) {
    return { ...withoutHeaders, read: (line) => (isIgnored(line) ? 'ignored' : [line]) };
  }
  const readShapes = compileShapes(format);
  return {
    ...withoutHeaders,
    read(line) {
      if (isIgnored(line)) return 'ignored';
      const { fits, values } = readShapes(line);
      return fits ? values : 'unfit';
    },
  };
}
