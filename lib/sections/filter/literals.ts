import type { ColumnType } from '../../model/columns.ts';
import { isDay } from '../../model/period.ts';
import { type Token, unexpected } from './tokens.ts';

/** Athena accepts 1,024 characters per parameter, including quotes and doubled quotes. */
const MOST_QUOTED = 1000;

const WHOLE_NUMBER = /^-?[0-9]{1,19}$/;
const TIME = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?Z?)?$/;

const BITS = { integer: 32, bigint: 64 };

/**
 * The value of a token for a column of a type, as text that SQL can cast. Throws an error that names `subject`, the column,
 * if the token is of another type or out of the type's range.
 */
export function literalOf(token: Token, type: ColumnType, subject: string): string {
  const value = READERS[type](token);
  if (value === undefined) throw unexpected(token, `${EXPECTED[type]}, as ${subject} is`);
  return value;
}

const EXPECTED: Record<ColumnType, string> = {
  varchar: "text between single quotes ('…', of at most 1,000 characters)",
  boolean: 'true or false',
  integer: 'a whole number of 32 bits',
  bigint: 'a whole number of 64 bits',
  double: 'a number',
  timestamp: "a time in UTC ('2026-03-01 10:00')",
  date: "a date ('2026-03-01')",
};

const READERS: Record<ColumnType, (token: Token) => string | undefined> = {
  varchar: ({ kind, text }) => (kind === 'text' && isBindable(text) ? text : undefined),
  boolean: ({ kind, text }) => (kind === 'word' && /^(?:true|false)$/i.test(text) ? text.toLowerCase() : undefined),
  integer: (token) => wholeNumber(token, BITS.integer),
  bigint: (token) => wholeNumber(token, BITS.bigint),
  double: ({ kind, text }) => (kind === 'number' && Number.isFinite(Number(text)) ? text : undefined),
  timestamp: ({ kind, text }) => (kind === 'text' ? timeOf(text) : undefined),
  date: ({ kind, text }) => (kind === 'text' && isDay(text) ? text : undefined),
};

/** True for text that both engines accept as a parameter. */
function isBindable(text: string): boolean {
  return text.replaceAll("'", "''").length <= MOST_QUOTED && text.isWellFormed() && !text.includes('\0');
}

function wholeNumber({ kind, text }: Token, bits: number): string | undefined {
  if (kind !== 'number' || !WHOLE_NUMBER.test(text)) return undefined;
  return BigInt.asIntN(bits, BigInt(text)) === BigInt(text) ? String(BigInt(text)) : undefined;
}

function timeOf(text: string): string | undefined {
  const [, day = '', hour = '00', minute = '00', second = '00', fraction = ''] = TIME.exec(text) ?? [];
  if (!isDay(day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return `${day} ${hour}:${minute}:${second}.${fraction.padEnd(3, '0')}`;
}
