import type { SourceKind } from '../formats/format.ts';
import type { Chart } from '../model/chart.ts';
import type { Column } from '../model/columns.ts';

/** The chapters of a report, in order. */
export const SECTION_GROUPS = [
  'Traffic',
  'Who and what',
  'Errors',
  'Latency',
  'Cache',
  'Queries',
  'Cost',
  'Security',
  'Changes',
] as const;

/** One question a report answers: `sql/sections/<id>.sql`, and `<id>.parquet` and `<id>.csv.gz` in an edition. */
export interface Section {
  id: string;
  title: string;
  /** One sentence: the question it answers. */
  answers: string;
  /** What to know when reading it: limits, definitions, how approximate a column is. */
  note?: string;
  group: (typeof SECTION_GROUPS)[number];
  /** The kinds of sources that can answer it; any when it is left out. */
  applies_to?: readonly SourceKind[] | undefined;
  /** Columns without which it says nothing: where no request has them it is left out instead of standing there empty. */
  needs?: readonly string[] | undefined;
  /** Place in the report; lower comes first. */
  order: number;
  columns: readonly Column[];
  /** What a reader should see rather than read, most telling first. */
  charts?: readonly Chart[] | undefined;
  /** Trino SELECT over `requests` (the period) or `user_agents`, and, where it compares, `requests_before`. */
  sql: string;
}
