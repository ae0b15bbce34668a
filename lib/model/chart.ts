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
  /** Draws the previous period behind; the section is then queried for that period too. */
  compare?: 'previous_period' | undefined;
}
