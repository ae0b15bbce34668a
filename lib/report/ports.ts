import type { Config, Report } from '../config/config.ts';
import type { Engine } from '../engine/engine.ts';
import type { RawLinesOf } from '../lake/raw-requests.ts';
import type { EditionRecord } from '../model/edition.ts';
import type { Period } from '../model/period.ts';
import type { Flow } from '../run/flow.ts';
import type { Ran } from '../run/run-query.ts';
import type { Source } from '../sources/source.ts';
import type { Store } from '../store/store.ts';

/** What an edition is asked to be. */
export interface EditionRequest {
  report: Report;
  period: Period;
  select_all: boolean;
  remove_meta: boolean;
  /** When the run began; the clock of everything that follows. */
  started_at: string;
  /** Names this run, the same through all its retries, so that its queries are never another run's. */
  run_id: string;
}

export interface EditionPorts {
  config: Config;
  engine: Engine;
  /** Database that holds the lake's tables. */
  database: string;
  lake: Store;
  editions: Store;
  /** Brings a source's days of both periods up to date in the lake; returns the queries that took. */
  refresh(flow: Flow, source: string, period_before: Period, period: Period): Promise<Ran[]>;
  /** The raw lines of a source's days, for whoever wants every field. */
  rawLines(source: Source, period: Period): Promise<RawLinesOf>;
  /** With hashed addresses: the key that the report's secret gives. */
  address_key?: string;
  /** Makes the owners in the lake known to an engine that does not find them by itself. */
  openOwners?(edition: string): Promise<void>;
  /** Told what happens, for people who wait and for logs. */
  onStep?: (step: StepRecord) => void;
}

export interface StepRecord {
  name: string;
  rows?: number;
  duration_ms: number;
}

export interface Produced {
  record: EditionRecord;
  /** Where its files lie in the store of editions; ends in a slash. */
  prefix: string;
  /** False when the rows are those of the edition that stood there before. */
  changed: boolean;
  /** False when there was nothing to do: the edition of the same logs, questions and settings stood there. */
  made: boolean;
}
