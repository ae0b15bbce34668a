import { compileBacktracking, type Match, TOO_MANY_STEPS } from './backtracking.ts';
import { ANY, type CodePoints, complement } from './code-points.ts';
import { compileLinear } from './linear.ts';
import { type Part, readSyntax, type Syntax } from './syntax.ts';

/** Matches a text: its groups in order, NULL for one without a part in the match; undefined if it does not match. */
export type Pattern = (text: string) => (string | null)[] | undefined;

/** A pattern for whole texts, with the meaning that it has for RE2 and Trino. An Error names what they do not understand. */
export function compilePattern(expression: string): Pattern {
  const syntax = readSyntax(expression);
  const match = compileMatch(syntax, true);
  return (text) => {
    const places = match(unitsOf(text), 0, text.length);
    if (!places) return undefined;
    const groups: (string | null)[] = [];
    for (let number = 1; number <= syntax.groups; number++) {
      const end = places[2 * number + 1] as number;
      groups.push(end === -1 ? null : text.slice(places[2 * number], end));
    }
    return groups;
  };
}

/** The same for the starts of texts: the length of what it matches, -1 if it does not match. */
export function compileStart(expression: string): (text: string) => number {
  const match = compileMatch(readSyntax(expression), false);
  return (text) => match(unitsOf(text), 0, text.length)?.[1] ?? -1;
}

/** Tries the ways of an expression one after the other, and all at once in a text that makes this too long. */
export function compileMatch(syntax: Syntax, isWhole: boolean): Match {
  const backtracking = compileBacktracking(syntax, isWhole);
  let linear: ReturnType<typeof compileLinear> | undefined;
  return (units, start, end) => {
    try {
      return backtracking(units, start, end);
    } catch (error) {
      // A text with very many rounds of a loop does not fit on the stack.
      if (error !== TOO_MANY_STEPS && !(error instanceof RangeError)) throw error;
      linear ??= compileLinear(syntax, isWhole);
      const text = Buffer.from(units.buffer, units.byteOffset + 2 * start, 2 * (end - start)).toString('utf16le');
      return linear(text)?.map((place) => (place === -1 ? -1 : place + start));
    }
  };
}

let units = new Uint16Array(1024);
let text_in_units = '';

/** A text as UTF-16, with room for one more element, valid until the next call. */
function unitsOf(text: string): Uint16Array {
  if (text === text_in_units) return units;
  if (text.length >= units.length) units = new Uint16Array(2 * text.length);
  for (let at = 0; at < text.length; at++) units[at] = text.charCodeAt(at);
  text_in_units = text;
  return units;
}

/** The same for any part of a text. The RegExp has the flag `g`: whoever uses it sets `lastIndex`. */
export function compileSearch(expression: string): RegExp {
  return new RegExp(sourceOf(readSyntax(expression).part), 'gsu');
}

/** The same expression for JavaScript, with the flags `s` and `u`. */
function sourceOf(part: Part): string {
  switch (part.type) {
    case 'points':
      return pointsSource(part.points);
    case 'sequence':
      return part.parts.map((inner) => (inner.type === 'choice' ? `(?:${sourceOf(inner)})` : sourceOf(inner))).join('');
    case 'choice':
      return part.parts.map(sourceOf).join('|');
    case 'group':
      return `(${sourceOf(part.part)})`;
    case 'repeat': {
      const { min, max, isLazy } = part;
      return `(?:${sourceOf(part.part)}){${min},${max === Infinity ? '' : max}}${isLazy ? '?' : ''}`;
    }
    default:
      return { start: '^', end: '$', boundary: '\\b', no_boundary: '\\B' }[part.type];
  }
}

function pointsSource(points: CodePoints): string {
  if (points.length === 2 && points[0] === ANY[0] && points[1] === ANY[1]) return '.';
  const isNegated = points[0] === 0 && points.at(-1) === ANY[1];
  const written = isNegated ? complement(points) : points;
  const ranges: string[] = [];
  for (let at = 0; at < written.length; at += 2) {
    const [first, last] = [written[at] as number, written[at + 1] as number];
    ranges.push(first === last ? pointSource(first) : `${pointSource(first)}-${pointSource(last)}`);
  }
  return `[${isNegated ? '^' : ''}${ranges.join('')}]`;
}

function pointSource(point: number): string {
  return `\\u{${point.toString(16)}}`;
}
