import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measurement {
  duration_ms: number;
  /** What all threads of the process used, in user and in kernel mode. */
  cpu_ms: number;
  /** Highest resident memory of the process; null where there is no /proc. */
  peak_bytes: number | null;
  stdout: string;
}

export interface MeasureOptions {
  /** Sends the output nowhere, so that taking it does not cost this process anything. */
  discard?: boolean;
  /** How the command ends when it does what it should. */
  exit_code?: number;
}

// POSIX `times` prints what the shell used, and then what its children used.
const TIMED = '"$@"; code=$?; times >&3; exit "$code"';

/** Runs a command to its end, from start of process to exit. An Error with the end of its stderr when it fails. */
export function measure(
  command: string,
  args: readonly string[],
  { discard = false, exit_code = 0 }: MeasureOptions = {},
): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn('/bin/sh', ['-c', TIMED, 'sh', command, ...args], {
      stdio: ['ignore', discard ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    const texts = [1, 2, 3].map((stream) => collect(child.stdio[stream as 1 | 2 | 3]));
    let peak_bytes: number | null = null;
    // The kernel keeps the high-water mark, so that only what grows in the last instant before the exit is missed.
    const watch = setInterval(() => {
      peak_bytes = highWaterMark(child.pid) ?? peak_bytes;
    }, 20);
    child.on('error', (error) => {
      clearInterval(watch);
      reject(error);
    });
    child.on('close', (code) => {
      clearInterval(watch);
      const duration_ms = performance.now() - started;
      const [stdout = '', stderr = '', times = ''] = texts.map((text) => text());
      if (code === exit_code) resolve({ duration_ms, cpu_ms: cpuMilliseconds(times), peak_bytes, stdout });
      else reject(new Error(`${[command, ...args].join(' ')} ended with code ${code}:\n${stderr.slice(-4_000)}`));
    });
  });
}

/** Everything that comes out of a stream, once it has ended. */
function collect(stream: unknown): () => string {
  const blocks: Buffer[] = [];
  if (stream) (stream as NodeJS.ReadableStream).on('data', (block: Buffer) => blocks.push(block));
  return () => Buffer.concat(blocks).toString();
}

/** The second line of `times`, such as `0m7.250s 0m0.810s`: user and kernel mode. */
function cpuMilliseconds(times: string): number {
  const [, , user = '', system = ''] = times.split(/\s+/);
  return [user, system].reduce((total, text) => {
    const [, minutes, seconds = ''] = /^(\d+)m([\d.,]+)s$/.exec(text) ?? [];
    return total + (Number(minutes) * 60 + Number(seconds.replace(',', '.'))) * 1000;
  }, 0);
}

/** Of the command that the shell runs. proc(5): `children` of a task; VmHWM, peak resident set size. */
function highWaterMark(shell: number | undefined): number | null {
  try {
    const pid = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim();
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes ? Number(kilobytes) * 1024 : null;
  } catch {
    return null;
  }
}
