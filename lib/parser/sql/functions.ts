import { compileSearch } from '../expression/pattern.ts';
import { arithmetic, doubleOfText, round, wholeOf, wholeOfText } from './numbers.ts';
import { regexpExtract, regexpLike, regexpReplace } from './regex.ts';
import type { SqlType, Value } from './syntax.ts';
import { elementAt, length, like, partCount, splitPart, strpos, substr, urlDecode } from './text.ts';
import { dateAdd, dateParse, timestampOf } from './time.ts';

/** A function that is NULL if an argument is, which is never computed. */
export interface SqlFunction {
  type: SqlType;
  compute: (...args: never[]) => Value;
  /** The same for a second argument that is always the same. */
  prepare?: (second: string) => SqlFunction['compute'];
}

const FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  '||': { type: 'varchar', compute: (left: string, right: string) => left + right },
  cardinality: { type: 'bigint', compute: (list: readonly string[]) => list.length },
  chr: { type: 'varchar', compute: (code: number) => String.fromCodePoint(code) },
  date_add: { type: 'timestamp', compute: dateAdd },
  date_parse: { type: 'timestamp', compute: dateParse },
  element_at: { type: 'varchar', compute: elementAt },
  length: { type: 'bigint', compute: length },
  like: { type: 'boolean', compute: like },
  lower: { type: 'varchar', compute: (text: string) => text.toLowerCase() },
  // Of the project: cardinality(split(text, delimiter)).
  part_count: { type: 'bigint', compute: partCount },
  regexp_extract: { type: 'varchar', ...regexFunction(regexpExtract) },
  regexp_like: { type: 'boolean', ...regexFunction(regexpLike) },
  regexp_replace: { type: 'varchar', ...regexFunction(regexpReplace) },
  replace: { type: 'varchar', compute: (text: string, from: string, to: string) => text.replaceAll(from, () => to) },
  round: { type: 'double', compute: round },
  split: { type: 'array', compute: (text: string, delimiter: string) => text.split(delimiter) },
  split_part: { type: 'varchar', compute: splitPart },
  strpos: { type: 'bigint', compute: strpos },
  substr: { type: 'varchar', compute: substr },
  url_decode: { type: 'varchar', compute: urlDecode },
};

/** A function whose second argument is a regular expression, which is compiled once. */
function regexFunction<Rest extends unknown[]>(compute: (text: string, regex: RegExp, ...rest: Rest) => Value) {
  const prepare = (pattern: string) => {
    const regex = compileSearch(pattern);
    return (text: string, _pattern: string, ...rest: Rest) => compute(text, regex, ...rest);
  };
  return {
    compute: () => {
      throw new Error('a regular expression is no literal');
    },
    prepare,
  };
}

type Comparable = string | number | bigint | boolean;

/** The comparisons of SQL, of values that are not NULL. */
export const COMPARISONS: Readonly<Record<string, (left: Comparable, right: Comparable) => boolean>> = {
  // Equal numbers have one form, so that a bigint never equals a number.
  '=': (left, right) => left === right,
  '<>': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

const NUMBERS: readonly SqlType[] = ['integer', 'bigint', 'double'];

/** True for a type whose values are numbers, and for one of times. */
export function isOrdered(type: SqlType): boolean {
  return NUMBERS.includes(type) || type === 'timestamp';
}

/** The function of a name, for arguments of these types. An Error if it is none that our SQL uses. */
export function functionOf(name: string, types: readonly SqlType[]): SqlFunction {
  const compare = COMPARISONS[name];
  if (compare) {
    const common = commonType(types);
    // Trino orders texts by their bytes.
    if (common === 'varchar' && name !== '=' && name !== '<>') throw new Error(`texts are not compared with ${name}`);
    return { type: 'boolean', compute: compare };
  }
  if ('+-*/%'.includes(name)) {
    const type = commonType(types);
    if (!NUMBERS.includes(type)) throw new Error(`${name} does not compute with ${types.join(' and ')}`);
    return { type, compute: arithmetic(name, type) };
  }
  const found = FUNCTIONS[name];
  if (!found) throw new Error(`the function ${name} of the SQL is none that the parser knows`);
  return found;
}

/** The type of a CASE or an operation over values of these types. */
export function commonType(types: readonly SqlType[]): SqlType {
  const known = [...new Set(types.filter((type) => type !== 'unknown'))];
  const [first = 'unknown'] = known;
  if (known.length <= 1) return first;
  if (known.every((type) => NUMBERS.includes(type))) return known.includes('double') ? 'double' : 'bigint';
  throw new Error(`values of one expression have the types ${known.join(' and ')}`);
}

/** The function that casts a value of one type to another. */
export function castOf(from: SqlType, to: SqlType): SqlFunction['compute'] {
  const cast = CASTS[`${from} ${to}`];
  if (from !== to && !cast) throw new Error(`the parser casts no ${from} to ${to}`);
  return cast ?? ((value: Value) => value);
}

const CASTS: Readonly<Record<string, SqlFunction['compute']>> = {
  'varchar integer': (text: string) => wholeOfText(text, 'integer'),
  'varchar bigint': (text: string) => wholeOfText(text, 'bigint'),
  'varchar double': doubleOfText,
  'varchar timestamp': timestampOf,
  'integer varchar': String,
  'bigint varchar': String,
  'integer bigint': (value: number) => value,
  'integer double': Number,
  'bigint double': Number,
  'double bigint': (value: number) => wholeOf(round(value), 'bigint'),
};
