import type { Table } from 'apache-arrow';
import type { Chart } from './chart.ts';
import type { Column } from './columns.ts';
import type { Period } from './period.ts';
import type { Placement } from './placement.ts';
import type { Privacy } from './privacy.ts';
import type { RecordKindCounts } from './record-kinds.ts';

/** The lines of one source in the period. Each is a request, a line that is not a request, a duplicate or a reject. */
export interface SourceRecord {
  source: string;
  format: string;
  /** lines = parsed + duplicates + rejected. */
  lines: number;
  /** parsed = requests + the sum of `not_requests`. */
  parsed: number;
  requests: number;
  /** Lines that are not requests, by `record_kind`; kinds without a line are left out. */
  not_requests: RecordKindCounts;
  rejected: number;
  duplicates: number;
  /** Lines that arrived after the first edition of the period; left out if there are none. */
  late?: number;
  /** ISO 8601, UTC; null if the period has no line. */
  first_event: string | null;
  last_event: string | null;
  /** Hours of the period without a line. */
  hours_without_a_line: number;
  /** Input files or objects that were skipped or read in part, each with the reason and the remedy. */
  unreadable: { log_object: string; reason: string }[];
  /** Columns that no request has, each with an unmapped key of the log's JSON that has a similar name. */
  unmapped?: UnmappedKey[];
  /** Raw logs that are gone but whose lines are still counted: their number, and some names. Left out if there are none. */
  gone?: { files: number; log_objects: string[] };
}

export interface UnmappedKey {
  column: string;
  key: string;
}

export interface FileRecord {
  name: string;
  size_bytes: number;
  sha256: string;
}

export interface SectionRecord extends Placement {
  id: string;
  title: string;
  description: string;
  /** Heading under which the page lists the section. */
  group?: string;
  /** What a reader should know about the figures: limits, definitions, how exact approximate columns are. */
  note?: string;
  columns: readonly Column[];
  charts?: readonly Chart[];
  /** Rows over the previous period, with the columns that its charts compare. */
  before?: Headline[];
  rows: number;
  files: FileRecord[];
}

/** Headline figures of one period: the only row of the section that its header marks as the headline, by column name. */
export type Headline = Record<string, number | string | null>;

/**
 * A sentence about a change since the previous period, or about something unusual within the period. Rules derive it from
 * the rows of sections.
 */
export interface Finding {
  /** Unique within the edition, and always the same for the same rows. */
  id: string;
  /** Id of the section from whose rows it is derived. */
  section: string;
  kind: 'new' | 'gone' | 'risen' | 'fallen' | 'rank' | 'appeared' | 'outlier';
  /** Plain text for people. In text from a log, invisible characters are made visible, and long text is shortened. */
  text: string;
  /** The values in the sentence, by name: numbers without rounding, text as logged, up to 256 characters. */
  figures: Record<string, number | string>;
  /** Importance among the findings, from 0 to 1. */
  weight: number;
  /** The headline figure that changed, if the finding is about one. */
  headline_figure?: string;
}

/** `edition.json`: what an edition contains and how it was produced. */
export interface EditionRecord {
  edition_version: 1;
  report: string;
  title: string;
  period: Period;
  /** Identifies the logs of the edition if the command line chose them; left out for logs of the configuration. */
  logs?: string;
  period_before: Period;
  /** Starts at 1, and rises each time the rows of the same period change. */
  revision: number;
  published_at: string;
  /** SHA-256 of all inputs of the edition: a run with the same inputs has nothing to do. */
  inputs_sha256: string;
  engine: 'athena' | 'duckdb';
  sources: SourceRecord[];
  /** What it shows about the people behind requests; left out if it shows everything. */
  privacy?: Privacy;
  /** Owners (teams or customers) of values in its rows, by column and value; left out if no value has one. */
  owners?: Record<string, Record<string, string>>;
  headline: Headline;
  headline_before: Headline;
  /** All findings, the most important first; views show the first few. */
  findings: Finding[];
  sections: SectionRecord[];
  /** Present with select_all: every request of the period, one table per format of the sources. */
  requests?: SectionRecord[];
  /** Null if the engine does not bill by bytes. */
  bytes_scanned: number | null;
  cost_usd: number;
  duration_ms: number;
}

/** An edition as its views (page, mail, terminal) read it: the record, and the rows of each section. */
export interface Edition {
  record: EditionRecord;
  tables: ReadonlyMap<string, Table>;
}
