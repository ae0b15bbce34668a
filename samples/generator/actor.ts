import type { createCallers } from './callers.ts';
import type { Random } from './random.ts';
import type { LogRecord } from './record.ts';
import type { Requests } from './requests.ts';
import type { Hour } from './rhythm.ts';
import type { Sequences } from './sequences.ts';

/** Something that happens again and again in the sample. */
export interface Actor {
  /** How often it acts within the hour, in a sample of about 100,000 lines; bigger samples scale up. */
  acts(hour: Hour): number;
  /** How many lines one act leaves, on average. */
  lines: number;
  /** One act: the lines it leaves, in order. */
  act(hour: Hour): LogRecord[];
}

/** What actors draw from. */
export interface Cast {
  random: Random;
  callers: ReturnType<typeof createCallers>;
  requests: Requests;
  sequences: Sequences;
}
