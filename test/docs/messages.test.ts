import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PAGES, ROOT } from './pages.ts';

/** The code that prints messages; a value in one is an ellipsis, and a text that is broken into two is one. */
const code = globSync(['lib/**/*.ts', 'lambdas/*.ts'], { cwd: ROOT })
  .filter((file) => !file.endsWith('page-script.ts'))
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n')
  .replaceAll(/[`']\s*\+\s*[`']/g, '')
  .replaceAll(/\\'/g, "'");

/** The messages that the page quotes, in bold code. */
const messages = [...(PAGES.get('docs/troubleshooting.md') ?? '').matchAll(/\*\*`([^`]+)`\*\*/g)].map(
  ([, message = '']) => message,
);

/** The parts of a message between the values in it. */
function partsOf(message: string): string[] {
  return message.split('…').filter((part) => part.trim().length > 2);
}

describe('docs/troubleshooting.md', () => {
  test('quotes messages', () => expect(messages.length).toBeGreaterThan(12));

  test.each(messages)('the program prints: %s', (message) => {
    const parts = partsOf(message);
    expect(parts.length).toBeGreaterThan(0);
    expect(parts.filter((part) => !code.includes(part))).toEqual([]);
  });
});
