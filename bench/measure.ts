import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measurement {
  duration_ms: number;
  /** Highest resident memory of the process; null where there is no /proc. */
  peak_bytes: number | null;
  stdout: string;
}

/** Runs a command to its end, from start of process to exit. An Error with the end of its stderr when it fails. */
export function measure(command: string, args: readonly string[]): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    let peak_bytes: number | null = null;
    // The kernel keeps the high-water mark, so that only what grows in the last instant before the exit is missed.
    const watch = setInterval(() => {
      peak_bytes = highWaterMark(child.pid) ?? peak_bytes;
    }, 20);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-4_000);
    });
    child.on('error', (error) => {
      clearInterval(watch);
      reject(error);
    });
    child.on('close', (code) => {
      clearInterval(watch);
      const duration_ms = performance.now() - started;
      if (code === 0) resolve({ duration_ms, peak_bytes, stdout });
      else reject(new Error(`${[command, ...args].join(' ')} ended with code ${code}:\n${stderr}`));
    });
  });
}

/** Measures one fresh process after the other; `before` prepares each. */
export async function measureRuns(
  runs: number,
  command: string,
  args: readonly string[],
  before: () => void = () => {},
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (let run = 0; run < runs; run += 1) {
    before();
    measurements.push(await measure(command, args));
  }
  return measurements;
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}

/** The median duration. */
export function seconds(measurements: readonly Measurement[]): number {
  return median(measurements.map(({ duration_ms }) => duration_ms)) / 1000;
}

/** How long the step took that turns raw lines into the lake, as the command line says. */
export function refreshSeconds({ stdout }: Measurement): number {
  const { steps } = JSON.parse(stdout) as { steps: { name: string; duration_ms: number }[] };
  const refresh = steps.find(({ name }) => name === 'refresh');
  if (!refresh) throw new Error(`no step 'refresh' among ${steps.map(({ name }) => name).join(', ')}`);
  return refresh.duration_ms / 1000;
}

/** proc_pid_status(5): VmHWM, peak resident set size. */
function highWaterMark(pid: number | undefined): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes ? Number(kilobytes) * 1024 : null;
  } catch {
    return null;
  }
}
