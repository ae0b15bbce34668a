import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LEAST_VERSION = 24;

/** Where operating systems install JDKs. */
const PARENTS = [
  '/usr/lib/jvm',
  '/Library/Java/JavaVirtualMachines',
  join(process.env.HOME ?? '', '.sdkman/candidates/java'),
];

/** The home of a JDK that Trino runs on: `JAVA_HOME`, or the oldest of the installed ones that is new enough. */
export function javaHome(): string {
  const installed = PARENTS.filter(existsSync).flatMap((parent) =>
    readdirSync(parent).flatMap((name) => [join(parent, name), join(parent, name, 'Contents', 'Home')]),
  );
  const homes = [process.env.JAVA_HOME ?? '', ...installed.sort((a, b) => versionOf(a) - versionOf(b))];
  const home = homes.find((candidate) => versionOf(candidate) >= LEAST_VERSION);
  if (home) return home;
  throw new Error(
    `Trino needs a JDK from version ${LEAST_VERSION}: none in JAVA_HOME, ${PARENTS.join(', ')}. ` +
      'Install one, such as Temurin 25 (https://adoptium.net), or set JAVA_HOME to one.',
  );
}

/** The major version of the JDK below a folder, from the file `release` in it; 0 if there is none. */
function versionOf(home: string): number {
  const release = join(home, 'release');
  if (home === '' || !existsSync(release) || !existsSync(join(home, 'bin', 'jar'))) return 0;
  return Number(readFileSync(release, 'utf8').match(/^JAVA_VERSION="(\d+)/m)?.[1] ?? 0);
}
