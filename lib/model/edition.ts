import type { Table } from 'apache-arrow';
import type { Chart } from './chart.ts';
import type { Column } from './columns.ts';
import type { Period } from './period.ts';
import type { Placement } from './placement.ts';
import type { Privacy } from './privacy.ts';

/** What the lake knows of one source in the period: every line is a row, a duplicate or a reject. */
export interface SourceRecord {
  source: string;
  format: string;
  /** lines = parsed + duplicates + rejected. */
  lines: number;
  parsed: number;
  rejected: number;
  duplicates: number;
  /** Of the lines, those that came in since the first edition of the period; left out when none did. */
  late?: number;
  /** ISO 8601, UTC; null when the period holds no line. */
  first_event: string | null;
  last_event: string | null;
  /** Hours of the period in which no line was logged. */
  hours_without_a_line: number;
  /** Input files or objects that could not be read to their end, and why. */
  unreadable: { log_object: string; reason: string }[];
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
  /** Heading that the page lists the section under. */
  group?: string;
  /** What a reader should know of the figures: limits, definitions, how near approximate columns are. */
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
 * A sentence on what moved against the period before, or on what stands out within the period. Rules make it from the
 * rows of sections; none is made where nothing happened.
 */
export interface Finding {
  /** Unique within the edition, and the same whenever the same rows are looked at. */
  id: string;
  /** Id of the section whose rows it rests on. */
  section: string;
  kind: 'new' | 'gone' | 'risen' | 'fallen' | 'rank' | 'appeared' | 'outlier';
  /** Plain text for people; what comes from a log is made visible and shortened in it. */
  text: string;
  /** The values that the sentence tells, by name: numbers not rounded, text as logged but for what is beyond 256 characters. */
  figures: Record<string, number | string>;
  /** From 0 to 1: how much it matters beside the others. */
  weight: number;
  /** The headline figure that moved, if the finding is about one. */
  headline_figure?: string;
}

/** `edition.json`: what an edition holds and how it came about. */
export interface EditionRecord {
  edition_version: 1;
  report: string;
  title: string;
  period: Period;
  period_before: Period;
  /** 1 for the first; one more each time the rows of the same period changed. */
  revision: number;
  published_at: string;
  /** SHA-256 of everything that it was made from: a run with the same inputs has nothing to do. */
  inputs_sha256: string;
  engine: 'athena' | 'duckdb';
  sources: SourceRecord[];
  /** What it shows of the people behind requests; left out when it shows all. */
  privacy?: Privacy;
  /** Owners (teams or customers) of values in its rows, by column and value; left out if no value has one. */
  owners?: Record<string, Record<string, string>>;
  headline: Headline;
  headline_before: Headline;
  /** Everything the rules found, the weightiest first; faces show the first few. */
  findings: Finding[];
  sections: SectionRecord[];
  /** Present with select_all: every request of the period, a table for each format of the sources. */
  requests?: SectionRecord[];
  /** Null where the engine does not bill by bytes. */
  bytes_scanned: number | null;
  cost_usd: number;
  duration_ms: number;
}

/** An edition as its faces (page, mail, terminal) read it: the record and each section's rows. */
export interface Edition {
  record: EditionRecord;
  tables: ReadonlyMap<string, Table>;
}
