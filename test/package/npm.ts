import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };

export interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** The least Node.js that `engines` allows, and the one that the project runs on. */
export const NODE_VERSIONS = [/\d+\.\d+\.\d+/.exec(manifest.engines.node)?.[0] ?? '', manifest.devDependencies.node];

/** This environment without the variables that npm sets for the scripts of this repository. */
const ENV = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(npm_(package|lifecycle|command|config_local)|NODE_OPTIONS|INIT_CWD)/.test(name),
  ),
);

/** Runs a program in a folder; a Node.js that is given comes first in PATH. */
export function run(folder: string, program: string, args: readonly string[], node = process.execPath): Ended {
  const PATH = `${dirname(node)}${delimiter}${process.env.PATH}`;
  const env = { ...ENV, PATH, NO_COLOR: '1', npm_config_update_notifier: 'false' };
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, env, encoding: 'utf8' });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** Runs npm in a folder. Throws what it printed if it fails. */
export function npm(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = run(folder, 'npm', [...args, '--no-audit', '--no-fund']);
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed: ${stderr || stdout}`);
  return stdout;
}

/** Makes a folder an npm project with these packages. */
export function install(folder: string, packages: readonly string[], type = 'commonjs'): void {
  mkdirSync(folder, { recursive: true });
  const project = { private: true, type, allowScripts: { node: true } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
  npm(folder, 'install', '--save-exact', ...packages);
}

/** Installs a version of Node.js into a folder, and returns its program. */
export function installNode(folder: string, version: string): string {
  install(folder, [`node@${version}`]);
  return join(folder, 'node_modules', 'node', 'bin', 'node');
}
