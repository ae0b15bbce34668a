import type { Chart } from '../../model/chart.ts';
import type { Unit } from '../../model/columns.ts';

/** Colours by meaning; a palette says which. */
export type Tone = 'main' | 'second' | 'third' | 'calm' | 'warning' | 'bad' | 'before';

export interface Series {
  name: string;
  tone: Tone;
  /** A value for each label; null where the log holds none. */
  values: (number | null)[];
}

/** What a chart shows, as plain data: the same for server, browser and mail. */
export interface ChartData {
  kind: Chart['kind'];
  title: string;
  /** Unit of all values. */
  unit: Unit;
  /** What the labels are: days `2026-10-01`, hours of the day `00:00`, full hours `2026-10-01T00`, or names from a log. */
  along: 'day' | 'hour' | 'time' | 'name';
  labels: string[];
  series: Series[];
  /** Days of the period before, beside those of `labels`. */
  labels_before?: string[];
  /** How many names there are, where only the first are drawn. */
  names?: number;
}

/** Colours and font of a drawing: CSS variables on the page, plain colours in pictures. */
export interface Look {
  font: string;
  ink: string;
  soft: string;
  line: string;
  paper: string;
  tones: Record<Tone, string>;
}
