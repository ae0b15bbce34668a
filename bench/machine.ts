import { cpus, loadavg, totalmem } from 'node:os';

/** What the figures were measured on; without the machine's own name. */
export function describeMachine(): string {
  const models = [...new Set(cpus().map(({ model }) => model.trim()))].join(', ');
  const memory_gb = (totalmem() / 1024 ** 3).toFixed(0);
  return `${models}, ${cpus().length} cores, ${memory_gb} GB memory, ${process.platform} ${process.arch}, Node ${process.version}`;
}

/** How many programs wanted a core in the last minute: durations are only worth something if that is next to none. */
export function describeLoad(): string {
  return `load ${loadavg()[0]?.toFixed(1)} at its start`;
}
