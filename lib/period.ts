/** A day in UTC, YYYY-MM-DD. */
export type Day = string;

export type Frequency = 'weekly' | 'monthly' | 'quarterly';

/** A stretch of whole days in UTC, both ends included. */
export interface Period {
  kind: Frequency | 'date_range';
  from: Day;
  to: Day;
}
