import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { blocksIn, ROOT } from './pages.ts';

/** What the program says of itself: its commands, and the options of each. */
const commands = new Map(
  [...help([]).matchAll(/^ {2}([a-z-]+)(?: \[options\])?/gm)]
    .map(([, command = '']) => command)
    .filter((command) => command !== 'help')
    .map((command) => [command, new Set(help([command]).match(/(?<=^ {2}.*)(?<![\w-])--?[a-z][a-z-]*/gm))]),
);

function help(command: string[]): string {
  return execFileSync(process.execPath, [join(ROOT, 'bin', 'logtally.ts'), ...command, '--help'], { encoding: 'utf8' });
}

/** The words of a command line, without quotes, comments and what it is piped into. */
function wordsOf(line: string): string[] {
  const tokens = line.match(/#.*$|[|;&><]+|(?:"[^"]*"|'[^']*'|\\.|[^\s"'|;&><\\])+/g) ?? [];
  const end = tokens.findIndex((token) => /^[|;&><#]/.test(token));
  return (end < 0 ? tokens : tokens.slice(0, end)).map((token) => token.replace(/["']/g, ''));
}

/** What is wrong with a line that runs the program; undefined when nothing is, or when it runs another. */
function complaint(line: string): string | undefined {
  const words = wordsOf(line);
  const at = words.findIndex((word) => /(^|\/)logtally(@[\w.]+)?$/.test(word));
  const command = words[at + 1];
  if (at < 0 || command === undefined || command.startsWith('-')) return undefined;
  const options = commands.get(command);
  if (!options) return `${line}: there is no command ${command}`;
  const unknown = words.slice(at + 2).find((word) => /^--?[a-z]/.test(word) && !options.has(word.replace(/=.*/, '')));
  return unknown && `${line}: ${command} has no option ${unknown}`;
}

describe('command lines in the documentation', () => {
  const lines = blocksIn('sh').flatMap(({ place, text }) =>
    text
      .replaceAll('\\\n', ' ')
      .split('\n')
      .map((line) => ({ place, line })),
  );

  test('name commands and options that exist', () => {
    expect(lines.filter(({ line }) => /\blogtally\b/.test(line)).length).toBeGreaterThan(8);
    expect(lines.flatMap(({ place, line }) => (complaint(line) ? [`${place}: ${complaint(line)}`] : []))).toEqual([]);
  });

  test.each([
    ['npx logtally reprot --input logs', 'no command reprot'],
    ['npx logtally report --inptu logs # a comment with --nothing', 'no option --inptu'],
    ['npx logtally report --open=x', undefined],
    ['npx logtally parse logs -o out.json | head --lines 3', undefined],
    ["logtally analyze --where 'a --b'", undefined],
  ])('%s', (line, expected) => {
    if (expected === undefined) expect(complaint(line)).toBeUndefined();
    else expect(complaint(line)).toContain(expected);
  });
});
