import { resolve, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { distinctPath, filePath } from '../../../lib/sources/sync/file-path.ts';

describe('the path of an object', () => {
  test.each([
    '111122223333/eu-central-1/example-website/2026/10/06/2026-10-06-00-00-38-ABC',
    'E2EXAMPLE.2026-10-06-00.abc.gz',
    '2026-10-06T00:00:00.000--x.log.gz',
    'a b+c&<d>/Zürich 😀',
  ])('is its key: %s', (key) => {
    expect(filePath(key, 'linux')).toBe(key);
  });

  test.each([
    '../../etc/passwd',
    '/etc/passwd',
    'a/../../b',
    './a',
    'a//b',
    '..',
    '.',
    'a/..',
    '..\\..\\b',
    'a\\..\\b',
  ])('stays in the folder: %s', (key) => {
    for (const platform of ['linux', 'win32'] as const) {
      const path = filePath(key, platform);
      expect(resolve('/folder', path).startsWith(`/folder${sep}`)).toBe(true);
      expect(path.split('/')).not.toContain('');
      expect(path).not.toContain('\\');
    }
  });

  test('has no character that a file system refuses or a terminal executes', () => {
    expect(filePath('a\u0000\n\u001b[2J', 'linux')).toBe('a%00%0A%1B[2J');
    expect(filePath('2026-10-06T00:00:00.gz', 'win32')).toBe('2026-10-06T00%3A00%3A00.gz');
    expect(filePath('a?/b. /aux.log/CON', 'win32')).toBe('a%3F/b.%20/%aux.log/%CON');
    const path = filePath(`${'é'.repeat(400)}.log.gz`, 'linux');
    expect(Buffer.byteLength(path)).toBeLessThan(255);
    expect(path).toMatch(/é%[0-9a-f]{16}\.gz$/);
  });

  test('belongs to one object only', () => {
    const keys = ['a\n', 'a%0A', 'a%250A', '.', '..', '', `${'x'.repeat(300)}a`, `${'x'.repeat(300)}b`];
    expect(new Set(keys.map((key) => filePath(key, 'linux'))).size).toBe(keys.length);
    expect(distinctPath('a/Log.gz')).not.toBe(distinctPath('a/log.gz'));
    expect(distinctPath('a/Log.gz')).toMatch(/^a\/Log%[0-9a-f]{16}\.gz$/);
  });
});
