import * as z from 'zod';
import { nearest } from '../text/nearest.ts';
import type { ConfigDocument } from './document.ts';
import type { Problem } from './error.ts';
import { type OldName, pathInFile } from './renamed-keys.ts';

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
 * What is wrong with a value, in words for the person who wrote it. An issue with unknown keys gets a line for each.
 * Undefined leaves the wording to the schema.
 */
export function explain(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : [];
      return issue.keys.map((key) => `is no known key; ${suggest(key, known)}`).join('\n');
    }
    case 'invalid_type': {
      if (issue.input === undefined) return `is missing. ${describe(issue.inst)}`;
      if (issue.input === null) return `has no value. ${describe(issue.inst)}`;
      const kind = KINDS[issue.expected] ?? issue.expected;
      const hint = issue.expected === 'string' && typeof issue.input === 'number' ? '; put it in quotes' : '';
      return `must be ${kind}, not ${quote(issue.input)}${hint}`;
    }
    case 'invalid_value':
      return `cannot be ${quote(issue.input)}; ${suggest(String(issue.input), issue.values.map(String))}`;
    case 'invalid_format':
      return issue.format === 'email'
        ? `${quote(issue.input)} is not an e-mail address; write it as name@example.com`
        : undefined;
    case 'invalid_key':
      return issue.issues[0]?.message;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}, not ${issue.input}`
        : `is empty. ${describe(issue.inst)}`;
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `must be at most ${issue.maximum}, not ${issue.input}`
        : `holds more than ${issue.maximum} entries; remove some`;
    default:
      return undefined;
  }
}

/** The issues of a failed check, each at its place in the file; `replaced` are old names that were changed before it. */
export function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  replaced: readonly OldName[],
  document: ConfigDocument,
): Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(issue, []));

  function problemsOfIssue(issue: z.core.$ZodIssue, parent: PropertyKey[]): Problem[] {
    const path = [...parent, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      const messages = issue.message.split('\n');
      return issue.keys.map((key, index) => problem([...path, key], 'key', messages[index] ?? ''));
    }
    if (issue.code === 'invalid_union') {
      // The alternative that the writer meant is the one whose outer shape fits.
      const meant = issue.errors.find((alternative) => alternative.some((inner) => inner.path.length > 0));
      if (meant) return meant.flatMap((inner) => problemsOfIssue(inner, path));
    }
    return [problem(path, issue.code === 'invalid_key' ? 'key' : 'value', issue.message)];
  }

  function problem(path: readonly PropertyKey[], part: 'key' | 'value', message: string): Problem {
    return problemAt(pathInFile(path, replaced), part, message, document);
  }
}

/** A problem with the key or the value at a path of the file. */
export function problemAt(
  path: readonly PropertyKey[],
  part: 'key' | 'value',
  message: string,
  document: ConfigDocument,
): Problem {
  return { position: document.positionOf(path, part), key: keyName(path), message };
}

/** A path as people write it: `reports.monthly.sources[0]`. */
function keyName(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[\w-]+$/.test(String(step)) ? `.${String(step)}` : `.${quote(step)}`;
  });
  return steps.join('').replace(/^\./, '');
}

/** A value as it may be printed: on one line, and not too long. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** What may stand there instead, the likeliest first. */
export function suggest(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant ? `did you mean ${meant}?` : `choose one of ${known.join(', ')}`;
}

function describe(schema: unknown): string {
  const description = schema instanceof z.ZodType ? schema.description : undefined;
  return description ?? 'Give one, or remove the key.';
}
