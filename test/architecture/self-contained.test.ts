import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..', '..');
/** All but this one, whose examples do what is forbidden. */
const FILES = globSync('test/**/*.{ts,js}', { cwd: ROOT }).filter((file) => join(ROOT, file) !== import.meta.filename);

/** Paths of other files as they are written: joined to the folder of the file or to the root, or relative to the file. */
const JOINED = /\b(?:join|resolve)\(\s*(import\.meta\.dirname|ROOT)((?:,\s*(?:'[^']*'|`[^`]*`))*)/g;
const INTERPOLATED = /\$\{import\.meta\.dirname\}([^`]*)`/g;
const ADDRESSED = /\bnew URL\(\s*['`]([^'`]*)['`],\s*import\.meta\.url/g;
const IMPORTED = /\b(?:from|import)\s*\(?\s*'(\.[^']*)'/g;

/** The paths in the text of a file that lead out of the repository. */
function outsidePaths(file: string, text: string): string[] {
  const folder = resolve(ROOT, dirname(file));
  const joined = [...text.matchAll(JOINED)].map(([, base, parts = '']) =>
    join(base === 'ROOT' ? ROOT : folder, ...parts.split(/[,'`\s]+/)),
  );
  const written = [INTERPOLATED, ADDRESSED, IMPORTED].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, path = '']) => join(folder, path)),
  );
  return [...joined, ...written].map((path) => relative(ROOT, path)).filter((path) => path.startsWith('..'));
}

/** The only file that may skip tests: it prints why. */
const SKIPPER = 'test/missing.ts';
const SKIPS = /\b(?:test|it|describe)\s*\.\s*(?:skip|todo|only|failing)\b|\b(?:xtest|xit|xdescribe|fit|fdescribe)\(/;

describe('a clone has all that its tests need', () => {
  test('no test reads a file outside the repository', () => {
    expect(FILES.length).toBeGreaterThan(150);
    const outside = FILES.flatMap((file) =>
      outsidePaths(file, readFileSync(join(ROOT, file), 'utf8')).map((path) => `${file}: ${path}`),
    );
    expect(outside).toEqual([]);
  });

  test(`only ${SKIPPER} skips tests, and says why`, () => {
    const skipping = FILES.filter((file) => SKIPS.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(skipping).toEqual([SKIPPER]);
  });

  test.each([
    ["join(import.meta.dirname, '..', '..', '..', 'samples')", true],
    ["join(import.meta.dirname,\n  '../../..',\n  'samples')", true],
    ["resolve(import.meta.dirname, '..', '..', 'samples')", false],
    [`globSync(\`\${import.meta.dirname}/../../../*.log\`)`, true],
    [`globSync(\`\${import.meta.dirname}/../*.log\`)`, false],
    ["readFileSync(join(ROOT, '..', 'a.log'))", true],
    ["readFileSync(join(ROOT, 'samples', 'a.log'))", false],
    ["new URL('../../../samples/a.log', import.meta.url)", true],
    ["new URL('../../samples/a.log', import.meta.url)", false],
    ["import { rows } from '../../../rows.ts';", true],
    ["import { rows } from '../rows.ts';", false],
  ])('%s leads out: %s', (code, leadsOut) => {
    expect(outsidePaths('test/formats/a.test.ts', code).length > 0).toBe(leadsOut);
  });

  test.each([
    ["(existsSync(SAMPLES) ? test : test.skip)('a', run);", true],
    ["describe.only('a', () => {});", true],
    ["test.todo('a');", true],
    ["xit('a', run);", true],
    ["testUnless(missing)('a', run);", false],
    ['exit(1); planned.skip -= 1;', false],
  ])('%s skips in silence: %s', (code, skips) => {
    expect(SKIPS.test(code)).toBe(skips);
  });
});
