import type { Chart } from '../../model/chart.ts';
import type { ColumnColor, Unit } from '../../model/columns.ts';

/** The colour of a series, by its meaning; a theme has a value for each. */
export type PaletteColor = ColumnColor | 'previous';

export interface Series {
  name: string;
  color: PaletteColor;
  /** One value per label; null if the log has none. */
  values: (number | null)[];
}

/** What a chart shows, as plain data: the same on the server, in the browser and in mails. */
export interface ChartData {
  kind: Chart['kind'];
  title: string;
  /** Unit of all values. */
  unit: Unit;
  /**
   * What the labels of the x axis are: days `2026-10-01`, hours of the day `00:00`, hours of the period `2026-10-01T00`,
   * or names from a log.
   */
  x_domain: 'day' | 'hour_of_day' | 'hour' | 'name';
  labels: string[];
  series: Series[];
  /** Days or hours of the previous period, aligned with `labels`. */
  labels_before?: string[];
  /** How many names there are, if only the first are drawn. */
  name_count?: number;
}
