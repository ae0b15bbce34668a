import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The `sql/` folder: beside bundled code (the npm package, a Lambda function), or at the top of the repository. */
function sqlFolder(): string {
  const copy = join(import.meta.dirname, 'sql');
  return existsSync(copy) ? copy : join(import.meta.dirname, '..', '..', 'sql');
}

/** The text of one file below `sql/`, such as `sections/overview.sql`. */
export function readSql(path: string): string {
  return readFileSync(join(sqlFolder(), path), 'utf8');
}

/** Names of the `.sql` files in one folder below `sql/`, in alphabetical order. */
export function listSql(folder: string): string[] {
  return readdirSync(join(sqlFolder(), folder))
    .filter((name) => name.endsWith('.sql'))
    .sort();
}
