import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';

const ROOT = join(import.meta.dirname, '..', '..');

/** A log of nginx over two months: endpoints that come and go, errors that appear, and a day that stands out. */
const LINES = Array.from({ length: 61 }, (_, day) => day).flatMap((day) => {
  const date = new Date(Date.UTC(2026, 8, 1 + day));
  const name = `${String(date.getUTCDate()).padStart(2, '0')}/${day < 30 ? 'Sep' : 'Oct'}/2026`;
  return Array.from({ length: day === 40 ? 120 : 12 }, (_, index) => {
    const path = ['/', '/api/orders', day < 30 ? '/old.html' : '/new.html'][index % 3];
    const status = day > 35 && index % 4 === 0 ? 503 : 200;
    const client = `192.0.2.${1 + (index % 5)}`;
    return `${client} - - [${name}:08:${String(index % 60).padStart(2, '0')}:00 +0000] "GET ${path} HTTP/1.1" ${status} 512 "-" "curl/8.7.1" 0.250`;
  });
});

/** What one run of the program shows. */
export interface Shown {
  page: string;
  mail: { html: string; text: string };
  terminal: string;
  /** What `analyze` prints, as JSON. */
  analysis: { sections: Record<string, { rows: Record<string, unknown>[] }> };
  /** Names of the files of the edition. */
  files: string[];
}

/** A copy of the program in a folder, whose sql/ a test may change. */
export function copyProgram(folder: string): string {
  for (const part of ['bin', 'lib', 'sql', 'package.json'])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'access.log'), `${LINES.join('\n')}\n`);
  return join(folder, 'sql');
}

/** Runs `report` and `analyze` of a copy over the log; `args` come after those that name the log. */
export async function run(folder: string, args: readonly string[] = []): Promise<Shown> {
  const out = join(folder, 'out');
  mkdirSync(out, { recursive: true });
  const reading = ['--date-range', '2026-10-01', '2026-10-31', '--out', out, ...args];
  const terminal = logtally(folder, ['report', '--input', 'access.log', '--format', 'nginx', ...reading]);
  const analysis = logtally(folder, ['analyze', 'access.log', '--format', 'nginx', ...reading, '--output', 'json']);
  const edition = join(out, 'report', '2026-10-01_2026-10-31');
  const { html = '', text = '' } = await PostalMime.parse(readFileSync(join(edition, 'mail.eml')));
  return {
    page: readFileSync(join(edition, 'report.html'), 'utf8'),
    mail: { html, text },
    terminal,
    analysis: JSON.parse(analysis),
    files: readdirSync(edition),
  };
}

function logtally(folder: string, args: readonly string[]): string {
  const env = { PATH: process.env.PATH, NO_COLOR: '1', COLUMNS: '100' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/logtally.ts', ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
