import { SqlFailure } from './failure.ts';
import type { SqlType } from './syntax.ts';

/* Numbers as Trino has them. Whole numbers are exact up to 64 bits: a bigint beyond 2^53, a number below. */

/** Computes with whole numbers, where a result beyond the type is a failure, or with doubles. */
export function arithmetic(
  operator: string,
  type: SqlType,
): (left: number | bigint, right: number | bigint) => number | bigint {
  if (type === 'double') {
    const compute = DOUBLE[operator] as (left: number, right: number) => number;
    return (left, right) => compute(Number(left), Number(right));
  }
  const exact = WHOLE[operator] as (left: bigint, right: bigint) => bigint;
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') {
      if (right === 0 && (operator === '/' || operator === '%')) throw new SqlFailure('division by zero');
      const result = operator === '/' ? Math.trunc(left / right) : (DOUBLE[operator] as typeof quotient)(left, right);
      if (Number.isSafeInteger(result)) return wholeOf(result, type);
    }
    return wholeOf(exact(BigInt(left), BigInt(right)), type);
  };
}

const quotient = (left: number, right: number) => left / right;

const DOUBLE: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': quotient,
  '%': (left, right) => left % right,
};

const WHOLE: Readonly<Record<string, (left: bigint, right: bigint) => bigint>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
};

/** A whole number as a value of its type. */
export function wholeOf(value: number | bigint, type: SqlType): number | bigint {
  if (type === 'integer' && (value >= 2 ** 31 || value < -(2 ** 31))) throw new SqlFailure('a number beyond 32 bits');
  if (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value) throw new SqlFailure('a number beyond 64 bits');
  const plain = Number(value);
  // A bigint of a safe value becomes a number, so that each value has one form. -0 is 0.
  return Number.isSafeInteger(plain) ? plain + 0 : BigInt(value);
}

/** CAST(text AS integer) or bigint, as Java parses a number. */
export function wholeOfText(text: string, type: SqlType): number | bigint {
  if (text.length <= 9) {
    const plain = digitsOf(text);
    if (plain >= 0) return plain;
  }
  if (!/^[+-]?[0-9]+$/.test(text)) throw new SqlFailure('a text is no whole number');
  const plain = Number(text);
  return wholeOf(Number.isSafeInteger(plain) ? plain : BigInt(text.replace('+', '')), type);
}

/** The number of a text of digits alone, as most are; -1 for another text. */
function digitsOf(text: string): number {
  let value = text.length === 0 ? -1 : 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** CAST(text AS double). Unlike in Trino a text such as NaN is no number, because NaN is no figure of a report. */
export function doubleOfText(text: string): number {
  if (text.length <= 15) {
    const plain = digitsOf(text);
    if (plain >= 0) return plain;
  }
  if (!/^[+-]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(text)) {
    throw new SqlFailure('a text is no number');
  }
  return Number(text);
}

/** Rounds half away from zero. */
export function round(value: number): number {
  return value < 0 ? -Math.round(-value) : Math.round(value);
}
