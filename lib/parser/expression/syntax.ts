import { ANY, type CodePoints, complement, LAST_CODE_POINT, normalized } from './code-points.ts';

/** A part of a regular expression. */
export type Part =
  | { type: 'points'; points: CodePoints }
  | { type: 'start' | 'end' | 'boundary' | 'no_boundary' }
  | { type: 'sequence' | 'choice'; parts: readonly Part[] }
  | { type: 'repeat'; part: Part; min: number; max: number; isLazy: boolean }
  /** A capturing group; the first one has number 1. */
  | { type: 'group'; part: Part; number: number };

export interface Syntax {
  part: Part;
  groups: number;
}

const DIGIT = [0x30, 0x39];
const WORD = [...DIGIT, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];
const SPACE = [0x09, 0x0a, 0x0c, 0x0d, 0x20, 0x20];
const CLASSES: Readonly<Record<string, CodePoints>> = {
  d: normalized(DIGIT),
  w: normalized(WORD),
  s: normalized(SPACE),
  D: complement(normalized(DIGIT)),
  W: complement(normalized(WORD)),
  S: complement(normalized(SPACE)),
};
const CONTROLS: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };
const NEWLINE = 0x0a;

/**
 * Reads a regular expression as RE2 and Trino understand it: `.` is everything but a line feed, `\s` and `\w` are ASCII, and
 * each code point is one character. An Error names what they do not understand.
 */
export function readSyntax(expression: string): Syntax {
  let at = 0;
  let groups = 0;

  const part = choice();
  if (at < expression.length) throw new Error('has a ) too many');
  return { part, groups };

  function choice(): Part {
    const parts = [sequence()];
    while (expression[at] === '|') {
      at++;
      parts.push(sequence());
    }
    return parts.length === 1 ? (parts[0] as Part) : { type: 'choice', parts };
  }

  function sequence(): Part {
    const parts: Part[] = [];
    while (at < expression.length && expression[at] !== '|' && expression[at] !== ')') parts.push(repeated(atom()));
    return parts.length === 1 ? (parts[0] as Part) : { type: 'sequence', parts };
  }

  function repeated(part: Part): Part {
    const [token = '', counted, least = '', comma, most] = matched(/[*+?]|(\{(\d+)(?:(,)(\d*))?\})/y) ?? [];
    if (token === '') return part;
    const isLazy = expression[at] === '?';
    if (isLazy) at++;
    const min = counted ? Number(least) : token === '+' ? 1 : 0;
    const open = counted ? (comma ? (most ? Number(most) : Infinity) : min) : token === '?' ? 1 : Infinity;
    return { type: 'repeat', part, min, max: open, isLazy };
  }

  function atom(): Part {
    if (expression.startsWith('(', at)) return group();
    if (expression.startsWith('[', at)) return { type: 'points', points: set() };
    if (expression.startsWith('\\', at)) return escaped();
    const point = take();
    if (point === 0x2e) return { type: 'points', points: complement([NEWLINE, NEWLINE]) };
    if (point === 0x5e) return { type: 'start' };
    if (point === 0x24) return { type: 'end' };
    if (point === 0x2a || point === 0x2b || point === 0x3f) throw new Error('repeats nothing');
    return { type: 'points', points: [point, point] };
  }

  function group(): Part {
    const [, isPlain] = matched(/\((?:(\?:)|\?<[A-Za-z0-9_]+>)?/y) ?? [];
    const number = isPlain ? 0 : ++groups;
    const part = choice();
    if (expression[at] !== ')') throw new Error('has a ( too many');
    at++;
    return number === 0 ? part : { type: 'group', part, number };
  }

  function escaped(): Part {
    const letter = expression[at + 1] ?? '';
    const assertion = { A: 'start', z: 'end', b: 'boundary', B: 'no_boundary' } as const;
    if (letter in assertion) {
      at += 2;
      return { type: assertion[letter as keyof typeof assertion] };
    }
    return { type: 'points', points: escapedPoints() };
  }

  function escapedPoints(): CodePoints {
    const letter = expression[at + 1] ?? '';
    if (CLASSES[letter]) {
      at += 2;
      return CLASSES[letter];
    }
    const property = matched(/\\[pP](?:\{\^?[A-Za-z_]+\}|[A-Z])/y)?.[0];
    if (property) return propertyPoints(property);
    const [, code, braced, octal] = matched(/\\(?:x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]+)\}|(0[0-7]{0,2}))/y) ?? [];
    const hex = code ?? braced;
    if (hex !== undefined) return [Number.parseInt(hex, 16), Number.parseInt(hex, 16)];
    if (octal !== undefined) return [Number.parseInt(octal, 8), Number.parseInt(octal, 8)];
    at++;
    const control = CONTROLS[letter];
    if (control === undefined && /^[A-Za-z0-9]?$/.test(letter)) {
      throw new Error(`uses \\${letter}, which not every engine understands`);
    }
    const point = take();
    return [control ?? point, control ?? point];
  }

  function set(): CodePoints {
    const [, isNegated] = matched(/\[(\^?)/y) ?? [];
    const ranges: number[] = [];
    do {
      if (at >= expression.length) throw new Error('has a [ too many');
      const first = expression[at] === '\\' ? escapedPoints() : [expression.codePointAt(at) as number, take()];
      const isRange = first.length === 2 && first[0] === first[1] && /^-[^\]]/.test(expression.slice(at, at + 2));
      if (!isRange) ranges.push(...first);
      else {
        at++;
        const last = expression[at] === '\\' ? escapedPoints() : [expression.codePointAt(at) as number, take()];
        if ((last[0] as number) < (first[0] as number)) throw new Error('has a set whose range goes backwards');
        ranges.push(first[0] as number, last[1] as number);
      }
    } while (expression[at] !== ']');
    at++;
    const points = normalized(ranges);
    return isNegated ? complement(points) : points;
  }

  function take(): number {
    const point = expression.codePointAt(at) as number;
    at += point > 0xffff ? 2 : 1;
    return point;
  }

  function matched(token: RegExp): RegExpExecArray | null {
    token.lastIndex = at;
    const found = token.exec(expression);
    if (found) at += found[0].length;
    return found;
  }
}

/** The code points with a Unicode property, `\p{L}`, `\pL` or `\p{Greek}`. */
function propertyPoints(property: string): CodePoints {
  const [, negation, circumflex, name] = property.match(/^\\(?:(P)|p)\{?(\^?)([A-Za-z_]+)/) ?? [];
  const isIn = propertyTest(name ?? '');
  const ranges: number[] = [];
  for (let point = 0; point <= LAST_CODE_POINT; point++) {
    if (isIn.test(String.fromCodePoint(point))) ranges.push(point, point);
  }
  const points = name === 'Any' ? ANY : normalized(ranges);
  return (negation === undefined) === (circumflex === '') ? points : complement(points);
}

function propertyTest(name: string): RegExp {
  for (const source of [`\\p{${name}}`, `\\p{Script=${name}}`]) {
    try {
      return new RegExp(source, 'u');
    } catch {
      // It is no general category, or no script.
    }
  }
  throw new Error(`uses \\p{${name}}, which not every engine understands`);
}
