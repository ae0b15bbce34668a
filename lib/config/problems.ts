import type * as z from 'zod';
import type { ConfigDocument } from './document.ts';
import type { Problem } from './error.ts';
import { quote } from './explain.ts';
import { type OldName, pathInFile } from './renamed-keys.ts';

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
