import type { Unit } from '../columns.ts';

/**
 * - `line`: figures along days, hours of the day, or the hours of the period
 * - `columns`: the same as upright bars, one on the other
 * - `bars`: names ranked by a figure, lying bars, one behind the other
 * - `heatmap`: a figure by hour and a second column
 * - `percentiles`: the span between several percentiles, a line per name
 */
export const CHART_KINDS = ['line', 'columns', 'bars', 'heatmap', 'percentiles'] as const;

/** A chart of a section, as the header of its SQL declares it: which columns to draw, and how. */
export interface Chart {
  kind: (typeof CHART_KINDS)[number];
  title: string;
  /** The column of days, hours of the day or full hours (a timestamp), or those that name what is ranked, joined by a slash. */
  x: readonly string[];
  /** Columns of one unit. */
  y: readonly string[];
  /** Column that parts the figure: a heat map's rows, or the status whose classes are stacked. */
  split?: string | undefined;
  /** Draws the period before behind, which the section is then asked for too. */
  shadow?: boolean | undefined;
}

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
