import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../run/clock.ts';
import { LEASES_PREFIX, type LeasedFlow, renewLease, S3_LEASE_MS, withLease } from '../run/lease.ts';
import { localFlow } from '../run/local-flow.ts';
import { thisProcess } from '../run/process-record.ts';
import { folderStore } from '../store/folder.ts';
import type { Store } from '../store/store.ts';

/** A run on this machine that has not renewed its lease for so long is dead. */
const LEASE_MS = 30_000;

/** One result is written while the next one is queried. More would not help: a single query uses all cores. */
const CONCURRENT_QUERIES = 2;

const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const;

/** Runs `work` while no other run on this machine works on the lake in a folder. */
export function withRunLock<T>(
  lake_folder: string,
  run_id: string,
  clock: Clock,
  work: (flow: LeasedFlow) => Promise<T>,
): Promise<T> {
  return withLakeLock(folderStore(lake_folder), run_id, clock, work);
}

/**
 * Runs `work` while no other run works on a lake, in a folder or in S3. A run that is interrupted exits as shells expect,
 * with 128 plus the signal's number. It releases a folder at once; in S3 other runs wait until its lease expires.
 */
export async function withLakeLock<T>(
  store: Store,
  run_id: string,
  clock: Clock,
  work: (flow: LeasedFlow) => Promise<T>,
): Promise<T> {
  const isFolder = !store.root.startsWith('s3://');
  const lease_ms = isFolder ? LEASE_MS : S3_LEASE_MS;
  const lease = { owner: run_id, lease_ms, clock, process: thisProcess() };
  let isWaiting = false;
  const onWait = () => {
    if (!isWaiting) process.stderr.write(`another run is at work on ${store.root}; this one waits for it\n`);
    isWaiting = true;
  };
  // Removed synchronously, because nothing else runs while the process exits.
  const removeOwnLeases = () => isFolder && removeLeases(store.root, run_id);
  process.once('exit', removeOwnLeases);
  for (const signal of Object.keys(SIGNALS)) process.once(signal, exitOn);
  // A step may take longer than a lease lasts. Renewing fails if the lease is not this run's yet, or no longer: then the
  // run ends when it is about to write.
  const renewing = setInterval(() => void renewLease(store, lease).catch(() => {}), lease_ms / 3);
  try {
    return await withLease(localFlow(CONCURRENT_QUERIES), store, { ...lease, onWait }, work);
  } finally {
    clearInterval(renewing);
    process.off('exit', removeOwnLeases);
    for (const signal of Object.keys(SIGNALS)) process.off(signal, exitOn);
  }
}

function exitOn(signal: keyof typeof SIGNALS): void {
  process.exit(128 + SIGNALS[signal]);
}

function removeLeases(lake_folder: string, owner: string): void {
  const folder = join(lake_folder, LEASES_PREFIX);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((name) => !name.startsWith('.'))) {
    const file = join(folder, name);
    if (readFileSync(file, 'utf8').includes(owner)) rmSync(file, { force: true });
  }
}
