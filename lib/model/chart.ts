/**
 * - `line`: figures by day, hour of the day, or hour of the period
 * - `columns`: the same as stacked vertical bars
 * - `bars`: names ranked by a figure, as horizontal bars
 * - `heatmap`: a figure by hour and a second column
 * - `percentiles`: the range between several percentiles, one line per name
 */
export const CHART_KINDS = ['line', 'columns', 'bars', 'heatmap', 'percentiles'] as const;

/** A chart of a section, as the header of its SQL declares it: which columns to draw, and how. */
export interface Chart {
  kind: (typeof CHART_KINDS)[number];
  title: string;
  /** The column of days, hours of the day or full hours (a timestamp); or the columns that name what is ranked, joined by a slash. */
  x: readonly string[];
  /** Columns with the same unit. */
  y: readonly string[];
  /** Column that splits the figure: the rows of a heat map, or the status whose classes are stacked. */
  split?: string | undefined;
  /** Draws the previous period behind; the section is then queried for that period too. */
  compare?: 'previous_period' | undefined;
}
