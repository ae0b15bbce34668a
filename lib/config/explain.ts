import * as z from 'zod';
import { nearest } from '../text/nearest.ts';
import { visibleText } from '../text/visible-text.ts';

const KINDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys',
  record: 'a mapping of names',
};

/**
 * What is wrong with a value and what to do, for the person who wrote it. An issue with several unknown keys gets a line
 * for each. Undefined leaves the wording to the schema.
 */
export function explain(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys':
      return explainUnknownKeys(issue);
    case 'invalid_type':
      return explainType(issue);
    case 'invalid_value':
      return `cannot be ${quote(issue.input)}; ${suggest(String(issue.input), issue.values.map(String))}`;
    case 'invalid_format':
      return explainFormat(issue);
    case 'invalid_key':
      return issue.issues[0]?.message;
    case 'too_small':
      return explainTooSmall(issue);
    case 'too_big':
      return explainTooBig(issue);
    default:
      return undefined;
  }
}

function explainUnknownKeys({ inst, keys }: z.core.$ZodRawIssue<z.core.$ZodIssueUnrecognizedKeys>): string {
  const known = inst instanceof z.ZodObject ? Object.keys(inst.shape) : [];
  return keys.map((key) => `is not a known key; ${suggest(key, known)}`).join('\n');
}

function explainType({ input, expected, inst }: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidType>): string {
  if (input === undefined) return `is missing. ${describe(inst)}`;
  if (input === null) return `has no value. ${describe(inst)}`;
  const wayOut = expected === 'string' && typeof input === 'number' ? '; put it in quotes' : '';
  return `must be ${KINDS[expected] ?? expected}, not ${quote(input)}${wayOut}`;
}

function explainFormat({
  input,
  format,
}: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidStringFormat>): string | undefined {
  if (format !== 'email') return undefined;
  return `${quote(input)} is not an e-mail address; write it as name@example.com`;
}

function explainTooSmall(issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooSmall>): string {
  if (!isOfNumber(issue)) return `is empty. ${describe(issue.inst)}`;
  return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}, not ${issue.input}`;
}

function explainTooBig(issue: z.core.$ZodRawIssue<z.core.$ZodIssueTooBig>): string {
  if (!isOfNumber(issue)) return `has more than ${issue.maximum} entries; remove some`;
  return `must be at most ${issue.maximum}, not ${issue.input}`;
}

function isOfNumber({ origin }: { origin: string }): boolean {
  return origin === 'number' || origin === 'int';
}

/** A value as it may be printed: on one line, and not too long. */
export function quote(value: unknown): string {
  const text = visibleText(typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value)));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** What may be written instead, the most likely first. */
export function suggest(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant ? `did you mean ${meant}?` : `choose one of ${known.join(', ')}`;
}

function describe(schema: unknown): string {
  const description = schema instanceof z.ZodType ? schema.description : undefined;
  return description ?? 'Give one, or remove the key.';
}
