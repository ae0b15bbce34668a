import { readJson, writeJson } from '../store/json.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import type { Flow } from './flow.ts';
import { hasEnded, type ProcessRecord } from './process-record.ts';

/** Which run works on a lake, and until when other runs must wait. */
interface Lease {
  owner: string;
  /** ISO 8601. */
  until: string;
  /** The process of the run, if it has one of its own. */
  process?: ProcessRecord;
}

export interface LeaseOptions {
  /** Id of the run: the same through all its retries, different from every other run's. */
  owner: string;
  /** How long a lease lasts unless it is renewed. After that its owner counts as dead. */
  lease_ms: number;
  clock: Clock;
  /** The process of the run: the lease of one that has ended on this machine is over at once. */
  process?: ProcessRecord;
}

/** Another run has begun, because this one did nothing for too long: it must not write any more. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';

  constructor(lease_ms: number) {
    super(`this run did nothing for over ${lease_ms / 1000} s and another has begun; run the report again`);
  }
}

/** A flow of the run that holds the lease. Use cases that write to a lake ask for it, so that none can forget the lease. */
export interface LeasedFlow extends Flow {
  /** To be called before anything is written: throws a LeaseLost if another run has begun. */
  hold(): Promise<void>;
}

/**
 * How long a lease on a lake in S3 lasts: as long as a Lambda function runs at most. All runs on it must agree, because a
 * lease that lasts longer than expected counts as wrong.
 */
export const S3_LEASE_MS = 15 * 60 * 1000;

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
  if (latest && !isOver(latest.lease, options)) return false;
  const next = keyOf((latest?.number ?? 0) + 1);
  if (!(await writeJson(store, next, newLease(options), { if_absent: true }))) return false;
  if (latest) await store.delete([keyOf(latest.number)]);
  return true;
}

/**
 * True if a lease no longer binds other runs: it has expired, or its process has ended. One that ends later than any lease
 * can was given by a clock that was wrong, and would block all runs until then.
 */
function isOver({ until, process }: Lease, { lease_ms, clock }: LeaseOptions): boolean {
  const remaining_ms = Date.parse(until) - clock();
  return !(remaining_ms > 0 && remaining_ms <= 2 * lease_ms) || (process !== undefined && hasEnded(process));
}

/** Extends the lease. Throws a LeaseLost if another run has taken it. */
export async function renewLease(store: Store, options: LeaseOptions): Promise<void> {
  const latest = await latestLease(store);
  if (latest?.lease.owner !== options.owner) throw new LeaseLost(options.lease_ms);
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

function newLease({ owner, lease_ms, clock, process }: LeaseOptions): Lease {
  return { owner, until: new Date(clock() + lease_ms).toISOString(), ...(process && { process }) };
}

/** The same flow, but `hold`, its steps and its checks renew the lease once a third of it has passed. */
function renewingFlow(flow: Flow, store: Store, options: LeaseOptions): LeasedFlow {
  let renewed_ms = 0;
  async function renew(): Promise<void> {
    const now_ms = options.clock();
    if (now_ms - renewed_ms < options.lease_ms / 3) return;
    await renewLease(store, options);
    renewed_ms = now_ms;
  }
  const renewing = (inner: Flow): LeasedFlow => ({
    hold: renew,
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
