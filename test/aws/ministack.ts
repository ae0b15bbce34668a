import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

export const VERSION = '1.5.33';

const HOME = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'logtally', `ministack-${VERSION}`);

/** The Python that has the emulator installed as a module. */
export const PYTHON = join(HOME, 'bin', 'python3');

/** Installs the emulator outside of the repository, unless it is installed. An Error says why that failed, and the way out. */
export default function install(): void {
  if (existsSync(HOME)) return;
  const partial = `${HOME}.${process.pid}`;
  mkdirSync(dirname(HOME), { recursive: true });
  process.stderr.write(`installing ministack ${VERSION} from PyPI, 25 MB, into ${HOME}\n`);
  try {
    run('python3', ['-m', 'venv', partial]);
    run(join(partial, 'bin', 'python3'), [
      ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
      `ministack==${VERSION}`,
    ]);
    renameSync(partial, HOME);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(
    `the AWS emulator cannot be installed: ${command} ${args.join(' ')}: ${error?.message ?? stderr.trim()}. ` +
      'It needs Python from 3.10 with venv and pip, and PyPI, or a mirror that PIP_INDEX_URL names.',
  );
}
