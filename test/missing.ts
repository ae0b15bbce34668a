import { describe, test } from '@jest/globals';

type Block = (name: string, body: () => void | Promise<void>) => void;

/** `test`, unless something is `missing` on this machine: then the test is skipped, and the reason is printed. */
export function testUnless(missing: string | undefined): Block {
  return missing === undefined ? test : (name, body) => skip(test.skip, name, missing, body);
}

/** `describe`, unless something is `missing` on this machine: then its tests are skipped, and the reason is printed. */
export function describeUnless(missing: string | undefined): (name: string, tests: () => void) => void {
  return missing === undefined ? describe : (name, tests) => skip(describe.skip, name, missing, tests);
}

function skip<Body>(block: (name: string, body: Body) => void, name: string, missing: string, body: Body): void {
  const title = `${name}: skipped, ${missing}`;
  process.stderr.write(`${title}\n`);
  block(title, body);
}
