import { readJson, writeJson } from '../store/json.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import type { Flow } from './flow.ts';

/** Which run works on a lake, and until when other runs must wait. */
interface Lease {
  owner: string;
  /** ISO 8601. */
  until: string;
}

export interface LeaseOptions {
  /** Id of the run: the same through all its retries, different from every other run's. */
  owner: string;
  /** How long a lease lasts unless it is renewed. After that its owner counts as dead. */
  lease_ms: number;
  clock: Clock;
}

/** A flow of the run that holds the lease. Use cases that write to a lake ask for it, so that none can forget the lease. */
export interface LeasedFlow extends Flow {
  readonly leased: true;
}

/** Where a lake keeps its leases. */
export const LEASES_PREFIX = 'leases/';

/**
 * Lets one run at a time work on a lake: `work` begins when no other run is working. Schedules deliver at least once, and
 * several reports are due at the same minute; two runs that replace the same day would see half of each other's work.
 * Each step renews the lease. An Error ends this run if another run has taken the lease meanwhile. `onWait` is called each
 * time this run finds another at work.
 */
export async function withLease<T>(
  flow: Flow,
  store: Store,
  { onWait, ...options }: LeaseOptions & { onWait?: () => void },
  work: (flow: LeasedFlow) => Promise<T>,
): Promise<T> {
  await flow.until('wait for other runs', async () => {
    if (await takeLease(store, options)) return true;
    onWait?.();
    return undefined;
  });
  try {
    return await work(renewingFlow(flow, store, options));
  } finally {
    await flow.step('let other runs begin', () => releaseLease(store, options.owner));
  }
}

/**
 * Takes the lease of a store; false while another run holds it. Leases are numbered, and if several runs want the next
 * number, one of them gets it.
 */
export async function takeLease(store: Store, options: LeaseOptions): Promise<boolean> {
  const latest = await latestLease(store);
  if (latest?.lease.owner === options.owner) return true;
  if (latest && Date.parse(latest.lease.until) > options.clock()) return false;
  const next = keyOf((latest?.number ?? 0) + 1);
  if (!(await writeJson(store, next, newLease(options), { if_absent: true }))) return false;
  if (latest) await store.delete([keyOf(latest.number)]);
  return true;
}

/** Extends the lease. An Error if another run has taken it. */
export async function renewLease(store: Store, options: LeaseOptions): Promise<void> {
  const latest = await latestLease(store);
  if (latest?.lease.owner !== options.owner) {
    const seconds = options.lease_ms / 1000;
    throw new Error(`this run did nothing for over ${seconds} s and another has begun; run the report again`);
  }
  await writeJson(store, keyOf(latest.number), newLease(options));
}

/** Ends the lease; does nothing if another run holds it. */
export async function releaseLease(store: Store, owner: string): Promise<void> {
  const latest = await latestLease(store);
  if (latest?.lease.owner === owner) await store.delete([keyOf(latest.number)]);
}

async function latestLease(store: Store): Promise<{ number: number; lease: Lease } | undefined> {
  let latest: string | undefined;
  for await (const { key } of store.list(LEASES_PREFIX)) latest = key;
  if (latest === undefined) return undefined;
  const lease = await readJson<Lease>(store, latest);
  return lease && { number: Number(latest.slice(LEASES_PREFIX.length, -'.json'.length)), lease };
}

/** Numbers are padded, so that they sort as text. */
function keyOf(number: number): string {
  return `${LEASES_PREFIX}${String(number).padStart(12, '0')}.json`;
}

function newLease({ owner, lease_ms, clock }: LeaseOptions): Lease {
  return { owner, until: new Date(clock() + lease_ms).toISOString() };
}

/** The same flow, but its steps and checks renew the lease once a third of it has passed. */
function renewingFlow(flow: Flow, store: Store, options: LeaseOptions): LeasedFlow {
  let renewed_ms = 0;
  async function renew(): Promise<void> {
    const now_ms = options.clock();
    if (now_ms - renewed_ms < options.lease_ms / 3) return;
    renewed_ms = now_ms;
    await renewLease(store, options);
  }
  const renewing = (inner: Flow): LeasedFlow => ({
    leased: true,
    step: (name, work) =>
      inner.step(name, async () => {
        await renew();
        return work();
      }),
    until: (name, check) =>
      inner.until(name, async () => {
        await renew();
        return check();
      }),
    map: (name, items, work) => inner.map(name, items, (own, item) => work(renewing(own), item)),
  });
  return renewing(flow);
}
