import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process on some machine, such that another one with the same number is not taken for it. */
export interface ProcessRecord {
  machine: string;
  /** Differs after a restart of the machine; empty if the system does not say. */
  boot: string;
  /** The namespace that the number belongs to: containers number their processes separately. */
  namespace: string;
  pid: number;
  /** When it started, in the system's own count; empty if the system does not say. */
  started: string;
}

/** The record of the process that asks. */
export function thisProcess(): ProcessRecord {
  return {
    machine: [hostname(), textOf('/etc/machine-id')].join(' ').trim(),
    boot: textOf('/proc/sys/kernel/random/boot_id'),
    namespace: linkOf('/proc/self/ns/pid'),
    pid: process.pid,
    started: startOf(process.pid),
  };
}

/** True if a process has certainly ended: it was on this machine, and is no longer. */
export function hasEnded(record: ProcessRecord): boolean {
  const here = thisProcess();
  if (record.machine !== here.machine) return false;
  if (record.boot !== here.boot) return true;
  if (record.namespace !== here.namespace) return false;
  if (here.started !== '') return startOf(record.pid) !== record.started;
  return !isRunning(record.pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Field 22 of `/proc/<pid>/stat`, see proc_pid_stat(5): the name in parentheses may hold spaces and parentheses itself. */
function startOf(pid: number): string {
  const [, afterName = ''] = /.*\) (.*)/s.exec(textOf(`/proc/${pid}/stat`)) ?? [];
  return afterName.split(' ')[19] ?? '';
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
