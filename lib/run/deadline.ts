import type { Clock } from './clock.ts';
import type { Flow } from './flow.ts';

/** The same flow, but a wait ends in an Error once the clock shows `deadline_ms`, in milliseconds since 1970. */
export function withDeadline(flow: Flow, clock: Clock, deadline_ms: number): Flow {
  return {
    step: (name, work) => flow.step(name, work),
    until: (name, check) =>
      flow.until(name, async () => {
        if (clock() >= deadline_ms) {
          throw new Error(`this run took too long and gave up at '${name}'; run the report again`);
        }
        return check();
      }),
    map: (name, items, work) =>
      flow.map(name, items, (inner, item) => work(withDeadline(inner, clock, deadline_ms), item)),
  };
}
