import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Flow } from '../run/flow.ts';
import { LEASES_PREFIX, renewLease, withLease } from '../run/lease.ts';
import { localFlow } from '../run/local-flow.ts';
import { folderStore } from '../store/folder.ts';

/** After so long without a word a run on this machine is dead. */
const LEASE_MS = 30_000;

/** One answer is written while the next is asked for; a query by itself uses every core already. */
const QUERIES_AT_A_TIME = 2;

const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Runs `work` while no other run on this machine is at the same lake. One that is interrupted gives its turn up at once,
 * and ends as shells expect: with 128 and the signal's number.
 */
export async function inTurn<T>(lake_folder: string, run_id: string, work: (flow: Flow) => Promise<T>): Promise<T> {
  const store = folderStore(lake_folder);
  let told = false;
  const lease = {
    owner: run_id,
    lease_ms: LEASE_MS,
    onWait() {
      if (!told) process.stderr.write(`another run is at work on ${lake_folder}; this one waits for it\n`);
      told = true;
    },
  };
  // Nothing runs after this, so nothing renews what it takes away.
  const giveUp = () => removeLeases(lake_folder, run_id);
  process.once('exit', giveUp);
  for (const signal of Object.keys(SIGNALS)) process.once(signal, interrupted);
  // A step may take longer than a lease holds; where it is not this run's yet, or no longer, renewing fails.
  const renewing = setInterval(() => void renewLease(store, lease, Date.now()).catch(() => {}), LEASE_MS / 3);
  try {
    return await withLease(localFlow(QUERIES_AT_A_TIME), store, lease, work);
  } finally {
    clearInterval(renewing);
    process.off('exit', giveUp);
    for (const signal of Object.keys(SIGNALS)) process.off(signal, interrupted);
  }
}

function interrupted(signal: keyof typeof SIGNALS): void {
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
