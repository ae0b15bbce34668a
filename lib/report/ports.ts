import type { Config, Report, ReportPrivacy } from '../config/config.ts';
import type { Mailer } from '../delivery/mailer.ts';
import type { Engine } from '../engine/engine.ts';
import type { RawRelation } from '../lake/raw-requests.ts';
import type { UnmappedKey } from '../model/edition.ts';
import type { Day, Period } from '../model/period.ts';
import type { Clock } from '../run/clock.ts';
import type { Flow } from '../run/flow.ts';
import type { QueryRun } from '../run/run-query.ts';
import type { Input, Unreadable } from '../sources/input.ts';
import type { Source } from '../sources/source.ts';
import type { Store } from '../store/store.ts';

/**
 * What the use cases reach the world through. A laptop and AWS each build one (lib/cli/local-ports.ts,
 * lambdas/report-ports.ts); all else is the same in both.
 */
export interface ReportPorts {
  config: Config;
  clock: Clock;
  engine: Engine;
  /** Database that holds the lake's tables. */
  database: string;
  lake: Store;
  editions: Store;
  /** Brings days of a source up to date in the lake; returns the queries that it took. */
  refresh(flow: Flow, source: Source, days: readonly Day[]): Promise<QueryRun[]>;
  /** Names of raw logs from which some days in the lake were parsed, and that are gone. */
  goneLogs(source: Source, days: readonly Day[]): Promise<string[]>;
  /** Raw logs of a source that were skipped or read in part, unless the manifests of its days list them. */
  unreadableLogs(source: Source, days: readonly Day[]): Promise<Unreadable[]>;
  /** The raw lines of a source's days, to export every field of them. */
  rawLines(source: Source, period: Period): Promise<RawRelation>;
  /**
   * Unmapped keys of a source's JSON lines whose names look like one of the columns, from its first lines. Undefined if the
   * engine, not Logtally, reads the lines.
   */
  unmappedKeys?(source: Source, columns: readonly string[]): Promise<UnmappedKey[]>;
  /** Registers a run's table of owners with an engine that does not find it on its own. */
  openOwners?(edition: string): Promise<void>;
  /** The secret of a report that hashes addresses. */
  secret(privacy: ReportPrivacy): Promise<Secret>;
  /** The raw logs of a source, to delete those that the lake holds. */
  originals(source: Source): OriginalLogs;
  /** Left out if mails are only written to a file. */
  mailer?: Mailer;
  /** Sender and recipients, if this place has its own; those of the configuration if left out. */
  envelope?: MailEnvelope;
  /** A URL of an object of an edition until a time in seconds since 1970. Left out if links are relative to the folder. */
  link?(key: string, expires: number): Promise<string>;
  /** True if mails have no links: the page is attached. */
  attaches_page?: boolean;
  /** Called after each step, to show and log progress. */
  onStep?: (step: StepRecord) => void;
}

/** A secret's value, undefined if it is not set, and where it is set, for error messages. */
export interface Secret {
  value: string | undefined;
  place: string;
}

/** Bare addresses. */
export interface MailEnvelope {
  from: string;
  reply_to: string;
  to: readonly string[];
}

export interface OriginalLogs {
  /** `s3://bucket/prefix/` or a folder; ends in a slash. */
  root: string;
  /** The files or objects that may hold lines of a period. */
  list(period: Period): Promise<readonly Input[]>;
  /** Names of those with lines that the lake does not count, because they came too late for their days. */
  uncounted(flow: Flow, period: Period): Promise<readonly string[]>;
  /** Returns how many were removed: not those that have changed meanwhile. */
  remove(originals: readonly Input[]): Promise<number>;
}

/** Logs that a command line chose, instead of those of the configuration. */
export interface ChosenLogs {
  /** The same for the same logs, and different for others. */
  id: string;
  /** True if there is no configuration, whose editions have the name of the report to themselves. */
  may_take_name: boolean;
}

/** A report to run, every choice made. */
export interface ReportRequest {
  report: Report;
  period: Period;
  /** Set if the command line chose the logs. */
  chosen_logs?: ChosenLogs | undefined;
  select_all: boolean;
  email: boolean;
  remove_meta: boolean;
  remove_original_logs: boolean;
  /** Whether a period without a line has an edition that says so, as a scheduled report must; if not, it is a NoLinesError. */
  publish_empty: boolean;
  /** Whether the period is all that the files hold: then each rejected line counts, though its day may be another. */
  whole_input: boolean;
  /** ISO 8601: when the run began. */
  started_at: string;
  /** The same through all retries of this run, and different from every other run's. */
  run_id: string;
}

export interface StepRecord {
  name: string;
  rows?: number;
  duration_ms: number;
}
