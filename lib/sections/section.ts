import type { SourceKind } from '../formats/format.ts';
import type { Chart } from '../model/chart.ts';
import type { Column } from '../model/columns.ts';
import type { Placement } from '../model/placement.ts';

/** The groups of a report's sections, in order. */
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
  'Own sections',
] as const;

/**
 * The rules for findings, named after what they read: `days` that are outliers, `changes` of entities since the previous
 * period, `ranks` of entities in both periods, and `errors` that the previous period did not have.
 */
export const INSIGHT_RULES = ['days', 'changes', 'ranks', 'errors'] as const;

/** One question a report answers: `sql/sections/<id>.sql`, and `<id>.parquet` and `<id>.csv.gz` in an edition. */
export interface Section extends Placement {
  id: string;
  title: string;
  /** One sentence: the question it answers. */
  description: string;
  /** What a reader should know: limits, definitions, how exact a column is. */
  note?: string;
  group: (typeof SECTION_GROUPS)[number];
  /** The kinds of sources that can answer it; all if left out. */
  applies_to?: readonly SourceKind[] | undefined;
  /** Columns of `requests` that it needs: if no request has them, the section is left out. */
  requires?: readonly string[] | undefined;
  /** `analyze --endpoint` shows this section. */
  drill_down?: 'endpoint' | undefined;
  /** The rule that reads its rows for findings. */
  insights?: (typeof INSIGHT_RULES)[number] | undefined;
  /** Place in the report; lower comes first. */
  order: number;
  columns: readonly Column[];
  /** The charts, the most important first. */
  charts?: readonly Chart[] | undefined;
  /** Trino SELECT over `requests` (the period), `user_agents` or `objects`, and, where it compares, `requests_before`. */
  sql: string;
}
