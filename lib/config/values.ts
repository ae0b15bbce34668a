import * as z from 'zod';
import { isDay } from '../model/period.ts';
import { nearest } from '../text/nearest.ts';
import { invisibleCharacter } from '../text/visible-text.ts';
import { quote } from './explain.ts';

/* Kinds of value in `logtally.yaml`. Each refuses other values with a message that quotes them and says what to write. */

export const name = text(
  /^[a-z][a-z0-9-]{0,30}$/,
  'a name; use a lower-case letter, then up to 30 letters, digits or hyphens',
);
/** Checked by a function, because the regular expressions of some editors do not know \p{Cc}, the control characters. */
export const title = z
  .string()
  .refine((text) => /^[^\p{Cc}]{1,100}$/u.test(text) && invisibleCharacter(text) === undefined && /\S/.test(text), {
    error: ({ input }) => `${quote(input)} is not a title; write 1 to 100 visible characters on one line`,
  })
  .meta({ minLength: 1, maxLength: 100 });
export const path = text(/^[^\0]+$/, 'a path; name a file or a folder');
export const sectionId = text(
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  'the name of a section; use lower-case words with hyphens',
);
export const email = z.email();

export const day = z.string().refine(isDay, {
  error: ({ input }) => `${quote(input)} is not a date; write an existing day as YYYY-MM-DD`,
});

export const timeZone = z.string().refine(isTimeZone, {
  error: ({ input }) => `${quote(input)} is not a time zone; ${suggestTimeZone(String(input))}`,
});

/** The words between slashes are safe in a path, in SQL and in a Glue template. */
export const location = text(
  /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/([\w.=+@!-]+\/)*$/,
  'a folder in S3; write it as s3://bucket/prefix/ with a slash at the end',
);

export const account = text(/^\d{12}$/, 'an AWS account; write its 12 digits in quotes');
export const region = text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS Region; write it like eu-central-1');
export const kmsKey = text(
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
  'the ARN of a KMS key; write it like arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
);

export function text(pattern: RegExp, form: string) {
  return z.string().regex(pattern, { error: ({ input }) => `${quote(input)} is not ${form}` });
}

/** A list without duplicates: a source that is listed twice would count twice. */
export function list<Item extends z.ZodType<string>>(item: Item) {
  return z
    .array(item)
    .refine((items) => new Set(items).size === items.length, { error: 'lists a value twice; keep one of them' })
    .meta({ uniqueItems: true });
}

/** A number from one limit to another, both included. */
export function number(least: number, most: number) {
  const error = rangeError('a number', least, most);
  return z.number({ error }).min(least, { error }).max(most, { error });
}

/** The same for whole numbers. */
export function whole(least: number, most: number) {
  const error = rangeError('a whole number', least, most);
  return z.int({ error, abort: true }).min(least, { error }).max(most, { error });
}

/** USD for a unit that AWS sells for cents or a few dollars. */
export function price(usual: number) {
  return number(0, 1000).default(usual);
}

/** A missing value is explained by what the key is for. */
function rangeError(kind: string, least: number, most: number) {
  return ({ input }: { input?: unknown }) =>
    input === undefined || input === null ? undefined : `must be ${kind} from ${least} to ${most}, not ${quote(input)}`;
}

const MEMORY_UNITS: Readonly<Record<string, number>> = { K: 1, M: 2, G: 3, T: 4 };
const LEAST_MEMORY_BYTES = 512e6;
const MOST_MEMORY_BYTES = 64e12;

/** A size with a unit. */
export const memory = z
  .string({ error: explainMemory })
  .regex(/^\d+(\.\d+)? ?[KMGT]i?B$/, { error: explainMemory, abort: true })
  .refine(isMemory, { error: explainMemory });

function explainMemory({ input }: { input?: unknown }): string | undefined {
  return input === null ? undefined : `must be a size from 512MB to 64TB, written like 2GB, not ${quote(input)}`;
}

function isMemory(size: string): boolean {
  const [, figure, unit = '', binary] = /^([\d.]+) ?([KMGT])(i?)B$/.exec(size) ?? [];
  const bytes = Number(figure) * (binary ? 1024 : 1000) ** (MEMORY_UNITS[unit] ?? 0);
  return bytes >= LEAST_MEMORY_BYTES && bytes <= MOST_MEMORY_BYTES;
}

/** A price in USD that replaces the list prices of every Region. */
export function ownPrice(what: string) {
  return number(0, 1000).optional().describe(`${what}. Default: the list price of the bucket's Region.`);
}

/** EventBridge Scheduler, unlike Intl, distinguishes upper and lower case and does not know offsets such as +02:00. */
function isTimeZone(zone: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
    return /^[A-Z]/.test(zone) && (timeZone === zone || timeZone.toLowerCase() !== zone.toLowerCase());
  } catch {
    return false;
  }
}

function suggestTimeZone(zone: string): string {
  const meant = nearest(zone, Intl.supportedValuesOf('timeZone'));
  return meant ? `did you mean ${meant}?` : 'use an IANA name such as Europe/Berlin';
}
