/**
 * How a use case runs: named steps whose results are kept, and waits that cost nothing. In AWS a durable execution
 * checkpoints them; on a laptop `localFlow` runs them at once. A step may run more than once, so it must be repeatable,
 * and its result must survive JSON.
 */
export interface Flow {
  /** Runs `work` once and keeps its result under `name`, which is unique within the flow. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Calls `check` until it returns something other than undefined, waiting between calls. */
  until<T>(name: string, check: () => Promise<T | undefined>): Promise<T>;
  /** Runs `work` for every item, several at a time, each with its own flow; results are in the order of the items. */
  map<I, O>(name: string, items: readonly I[], work: (flow: Flow, item: I) => Promise<O>): Promise<O[]>;
}

/** AWS keeps at most 256 kB of one step's result. */
const MAX_CHECKPOINT_BYTES = 256 * 1024;

/**
 * A step's result as a later replay will read it, so that all kinds of flow behave the same: a Date is a string, and an
 * undefined property is missing. Throws an Error that names the step if its result is too large to keep.
 */
export function checkpointed<T>(name: string, result: T): T {
  if (result === undefined) return result;
  const json = JSON.stringify(result);
  const size_bytes = Buffer.byteLength(json);
  if (size_bytes > MAX_CHECKPOINT_BYTES) {
    throw new Error(
      `step '${name}' returned ${size_bytes} bytes of JSON, the limit is ${MAX_CHECKPOINT_BYTES}; store it and return its key`,
    );
  }
  return JSON.parse(json) as T;
}
