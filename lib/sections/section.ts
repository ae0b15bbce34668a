import type { Column } from '../columns.ts';

/** One question a report answers: `sql/sections/<id>.sql`, and `<id>.parquet` and `<id>.csv.gz` in an edition. */
export interface Section {
  id: string;
  title: string;
  /** One sentence: the question it answers. */
  answers: string;
  columns: readonly Column[];
  /** Trino SELECT over `requests` (the period) and, where it compares, `requests_before`. */
  sql: string;
}
