import { compileBacktracking, TOO_MANY_STEPS } from './backtracking.ts';
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
    const places = match(text);
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
  return (text) => match(text)?.[1] ?? -1;
}

/** Tries the ways of an expression one after the other, and all at once in a text that makes this too long. */
function compileMatch(syntax: Syntax, isWhole: boolean): (text: string) => Int32Array | undefined {
  const backtracking = compileBacktracking(syntax, isWhole);
  let linear: ReturnType<typeof compileLinear> | undefined;
  return (text) => {
    try {
      return backtracking(text);
    } catch (error) {
      // A text with very many rounds of a loop does not fit on the stack.
      if (error !== TOO_MANY_STEPS && !(error instanceof RangeError)) throw error;
      linear ??= compileLinear(syntax, isWhole);
      return linear(text);
    }
  };
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
