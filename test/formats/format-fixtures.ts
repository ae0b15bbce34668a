import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Format } from '../../lib/formats/format.ts';
import { formatOf } from '../../lib/formats/formats.ts';

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'formats');

/** Lines of one shape and the rows that they become; test/fixtures/formats/README.md says what is in a folder. */
export interface FormatFixture {
  /** The folder: that of its format, `nginx`, or one below it, `nginx/error-log`. */
  name: string;
  format: Format;
  path: string;
  lines: readonly string[];
  /** One per line that is not passed over, in the order of the lines. */
  expected: readonly Record<string, unknown>[];
}

/** Every folder with a `lines.log` below test/fixtures/formats. */
export const FORMAT_FIXTURES: readonly FormatFixture[] = globSync('**/lines.log', { cwd: FOLDER })
  .map((path) => dirname(path))
  .sort()
  .map((name) => {
    const path = join(FOLDER, name, 'lines.log');
    const rows = linesOf(join(FOLDER, name, 'expected.jsonl')).map((row) => JSON.parse(row));
    return { name, format: formatOf(name.split('/')[0] ?? ''), path, lines: linesOf(path), expected: rows };
  });

/** The lines of a file, each of which ends with a line feed. */
function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}
