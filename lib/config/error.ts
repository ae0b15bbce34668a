export interface Problem {
  /** Counted from 1; absent for the whole file. */
  position?: { line: number; column: number };
  /** Path of the key, such as `reports.monthly.frequency`; empty for the whole file. */
  key: string;
  /** What is wrong and what to do. */
  message: string;
}

/** A configuration that cannot be used. One line per problem: `file:line:column: key: what is wrong and what to do`. */
export class ConfigError extends Error {
  /** In the order of the file. */
  readonly problems: readonly Problem[];

  constructor(file: string, problems: readonly Problem[]) {
    const sorted = problems.toSorted((a, b) => compare(a.position, b.position));
    super(sorted.map((problem) => problemLine(file, problem)).join('\n'));
    this.name = 'ConfigError';
    this.problems = sorted;
  }
}

/** `file:line:column: key: message`, without what the problem does not have. */
export function problemLine(file: string, { position, key, message }: Problem): string {
  const place = position ? `${file}:${position.line}:${position.column}` : file;
  return [place, key, message].filter((part) => part !== '').join(': ');
}

function compare(a: Problem['position'], b: Problem['position']): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
}
