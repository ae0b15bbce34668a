import type { Store } from '../store/store.ts';
import type { Flow } from './flow.ts';

/** Who works on a lake, and until when others may count on that. */
interface Lease {
  owner: string;
  /** ISO 8601. */
  until: string;
}

export interface LeaseOptions {
  /** The same through all retries of a run, and nobody else's. */
  owner: string;
  /** After so long without a word from its owner a lease is that of a run that died. */
  lease_ms: number;
  /** Told while another run is at work. */
  onWait?: () => void;
}

/** Where a lake keeps its leases. */
export const LEASES_PREFIX = 'leases/';

/**
 * Lets one run at a time work on a lake: `work` begins when no other run is at it. Schedules deliver at least once, and
 * several reports fall due at the same minute; two runs that replace the same day would see half of each other's work.
 * Each step renews the lease; one that another run has taken meanwhile ends this run with an Error.
 */
export async function withLease<T>(
  flow: Flow,
  store: Store,
  options: LeaseOptions,
  work: (flow: Flow) => Promise<T>,
): Promise<T> {
  await flow.until('wait for other runs', async () => {
    if (await takeLease(store, options, Date.now())) return true;
    options.onWait?.();
    return undefined;
  });
  try {
    return await work(renewingFlow(flow, store, options));
  } finally {
    await flow.step('let other runs begin', () => releaseLease(store, options.owner));
  }
}

/**
 * Takes the lease of a store, or says false while another's holds. Each lease has a number of its own, and of several
 * that want the next number one gets it.
 */
export async function takeLease(store: Store, { owner, lease_ms }: LeaseOptions, now: number): Promise<boolean> {
  const latest = await latestLease(store);
  if (latest?.lease.owner === owner) return true;
  if (latest && Date.parse(latest.lease.until) > now) return false;
  const mine = textOf({ owner, until: new Date(now + lease_ms).toISOString() });
  const next = keyOf((latest?.number ?? 0) + 1);
  if (!(await store.put(next, mine, { if_absent: true }))) return false;
  if (latest) await store.delete([keyOf(latest.number)]);
  return true;
}

/** Lets the lease hold longer. An Error when another run has taken it. */
export async function renewLease(store: Store, { owner, lease_ms }: LeaseOptions, now: number): Promise<void> {
  const latest = await latestLease(store);
  if (latest?.lease.owner !== owner) {
    throw new Error(`this run stood still for over ${lease_ms / 1000} s and another has begun; run the report again`);
  }
  await store.put(keyOf(latest.number), textOf({ owner, until: new Date(now + lease_ms).toISOString() }));
}

/** Ends the lease; nothing happens when it is another's. */
export async function releaseLease(store: Store, owner: string): Promise<void> {
  const latest = await latestLease(store);
  if (latest?.lease.owner === owner) await store.delete([keyOf(latest.number)]);
}

async function latestLease(store: Store): Promise<{ number: number; lease: Lease } | undefined> {
  let latest: string | undefined;
  for await (const { key } of store.list(LEASES_PREFIX)) latest = key;
  const bytes = latest === undefined ? undefined : await store.get(latest);
  if (latest === undefined || !bytes) return undefined;
  return {
    number: Number(latest.slice(LEASES_PREFIX.length, -'.json'.length)),
    lease: JSON.parse(new TextDecoder().decode(bytes)),
  };
}

/** Numbers sort as text. */
function keyOf(number: number): string {
  return `${LEASES_PREFIX}${String(number).padStart(12, '0')}.json`;
}

function textOf(lease: Lease): string {
  return JSON.stringify(lease);
}

/** The same flow, whose steps and checks renew the lease when a third of it has gone by. */
function renewingFlow(flow: Flow, store: Store, options: LeaseOptions): Flow {
  let renewed = 0;
  async function renew(): Promise<void> {
    const now = Date.now();
    if (now - renewed < options.lease_ms / 3) return;
    renewed = now;
    await renewLease(store, options, now);
  }
  const renewing = (inner: Flow): Flow => ({
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
