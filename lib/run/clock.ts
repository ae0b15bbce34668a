/** The time in milliseconds since 1970. Passed in wherever time matters, so that a test can set it. */
export type Clock = () => number;

/** This machine's clock: the only place in lib/ that asks for the time. */
export const systemClock: Clock = Date.now;

/** A clock's time in ISO 8601, UTC. */
export function isoTime(clock: Clock): string {
  return new Date(clock()).toISOString();
}
