/**
 * How a use case runs: named steps whose results are kept, and waits that cost nothing.
 * In AWS a durable execution checkpoints them; on a laptop `localFlow` runs them at once.
 * A step may run more than once, so it must be repeatable; its result must survive JSON.
 */
export interface Flow {
  /** Runs `work` once and remembers its result under `name`, unique within the flow. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Calls `check` until it returns something other than undefined, waiting between calls. */
  until<T>(name: string, check: () => Promise<T | undefined>): Promise<T>;
  /** Runs `work` for every item, several at a time, each with a flow of its own; results keep the order of items. */
  map<I, O>(name: string, items: readonly I[], work: (flow: Flow, item: I) => Promise<O>): Promise<O[]>;
}
