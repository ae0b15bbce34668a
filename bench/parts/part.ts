import type { Part } from '../figures.ts';
import type { GoAccess } from '../goaccess.ts';

/** What a part is measured with. */
export interface Settings {
  lines: number;
  runs: number;
  /** Undefined where it is not installed. */
  goaccess: GoAccess | undefined;
}

/** Measures one thing; each runs alone, too. */
export type MeasurePart = (settings: Settings) => Promise<Omit<Part, 'id'>>;
