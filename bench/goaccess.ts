import { spawnSync } from 'node:child_process';
import type { Task } from './rounds.ts';

/** The program on this machine. */
export interface GoAccess {
  command: string;
  /** Such as `1.11`. */
  version: string;
}

/** What it calls the formats that it reads. */
const FORMATS: Readonly<Record<string, string>> = {
  's3-access': 'AWSS3',
  nginx: 'COMBINED',
  apache: 'COMBINED',
  cloudfront: 'CLOUDFRONT',
  alb: 'AWSALB',
  traefik: 'TRAEFIKCLF',
};

/** Undefined where it is not installed. */
export function findGoAccess(command: string): GoAccess | undefined {
  const { stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  const version = /^GoAccess - ([0-9.]*[0-9])/.exec(stdout ?? '')?.[1];
  return version ? { command, version } : undefined;
}

/** Its report on a log as a page; no task where it does not read the format, or is not installed. */
export function goAccessTask(goaccess: GoAccess | undefined, format: string, log: string): { goaccess?: Task } {
  const name = FORMATS[format];
  if (!goaccess || !name) return {};
  const args = [log, `--log-format=${name}`, '--no-global-config', '--no-progress', '-o', `${log}.html`];
  return { goaccess: { command: goaccess.command, args } };
}
