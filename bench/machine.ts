import { cpus, totalmem } from 'node:os';

/** What the figures were measured on; without the machine's own name. */
export function describeMachine(): string {
  const models = [...new Set(cpus().map(({ model }) => model.trim()))].join(', ');
  const memory_gb = (totalmem() / 1024 ** 3).toFixed(0);
  return `${models}, ${cpus().length} cores, ${memory_gb} GB memory, ${process.platform} ${process.arch}, Node ${process.version}`;
}
