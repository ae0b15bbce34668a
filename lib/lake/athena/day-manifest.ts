import type { Engine, Statement } from '../../engine/engine.ts';
import type { Column } from '../../model/columns.ts';
import type { Day } from '../../model/period.ts';
import { kindCounts, RECORD_KINDS } from '../../model/record-kinds.ts';
import { REJECTED_TABLE, REQUESTS_TABLE } from '../../model/table-names.ts';
import type { Input } from '../../sources/input.ts';
import type { Source } from '../../sources/source.ts';
import { readJson, writeJson } from '../../store/json.ts';
import { dayFiguresSql } from '../definition.ts';
import { writeManifest } from '../manifest.ts';
import type { AthenaLake } from './lake.ts';
import { objectLister, totalBytes } from './raw-objects.ts';
import { stagingPrefix } from './replace-day.ts';
import { unreadableObjects } from './unreadable-objects.ts';

/** The figures of a day, as `dayFiguresSql` selects them. */
const FIGURES: readonly Column[] = [
  { name: 'parsed', type: 'bigint', title: 'Requests' },
  { name: 'deliveries', type: 'bigint', title: 'Lines' },
  { name: 'first_event', type: 'timestamp', title: 'First event' },
  { name: 'last_event', type: 'timestamp', title: 'Last event' },
  { name: 'hours_with_lines', type: 'bigint', title: 'Hours with lines' },
  ...RECORD_KINDS.map((name): Column => ({ name, type: 'bigint', title: name })),
  { name: 'rejected', type: 'bigint', title: 'Rejected lines' },
];

/** Selects the figures of a day from the lake's tables. */
export function figuresStatement({ database }: AthenaLake, source: Source, day: Day): Statement {
  const ofDay = (table: string) => `(SELECT * FROM ${database}.${table} WHERE source = ? AND day = ?)`;
  // Parameters in the order of the tables in the SQL: first the rejected lines, then the requests.
  return {
    sql: dayFiguresSql(ofDay(REQUESTS_TABLE), ofDay(REJECTED_TABLE)),
    parameters: [source.name, day, source.name, day],
  };
}

/** The objects that a query for a day will read, and what the manifest will say beside them. */
export interface ListedInputs {
  inputs: readonly Input[];
  /** Objects whose rows the day keeps. */
  kept: readonly Input[];
  format_sha256: string;
}

/** Stores what a query for a day will read. */
export async function recordInputs(lake: AthenaLake, source: Source, day: Day, listed: ListedInputs): Promise<void> {
  await writeJson(lake.staging, inputsKey(lake, source, day), listed);
}

/** Writes a day's manifest from the figures that a query has selected. */
export async function recordDay(lake: AthenaLake, source: Source, day: Day, execution_id: string): Promise<void> {
  const figures = await figuresOf(lake.engine, execution_id);
  const { inputs, format_sha256 } = await countedInputs(lake, source, day);
  const [parsed, deliveries, rejected] = [Number(figures.parsed), Number(figures.deliveries), Number(figures.rejected)];
  const isoTime = (value: unknown) => (value == null ? null : new Date(Number(value)).toISOString());
  await writeManifest(lake.store, {
    source: source.name,
    day,
    format: source.format,
    lines: deliveries + rejected,
    parsed,
    rejected,
    duplicates: deliveries - parsed,
    not_requests: kindCounts(figures),
    first_event: isoTime(figures.first_event),
    last_event: isoTime(figures.last_event),
    hours_with_lines: Number(figures.hours_with_lines),
    input_bytes: totalBytes(inputs),
    inputs: [...inputs],
    unreadable: unreadableObjects(inputs),
    format_sha256,
  });
}

/**
 * The objects that existed before the query and exist after it. The query may not have read an object that was deleted
 * meanwhile; if it comes back, it is a new input and the day is stale.
 */
async function countedInputs(lake: AthenaLake, source: Source, day: Day): Promise<Omit<ListedInputs, 'kept'>> {
  const key = inputsKey(lake, source, day);
  const listed = await readJson<ListedInputs>(lake.staging, key);
  if (!listed) throw new Error(`${lake.staging.root}${key} is missing; run the report again`);
  const present = new Set((await objectLister(lake, source).inputsOf(day)).map(({ log_object }) => log_object));
  const read = listed.inputs.filter(({ log_object }) => present.has(log_object));
  return { inputs: [...listed.kept, ...read], format_sha256: listed.format_sha256 };
}

function inputsKey(lake: AthenaLake, source: Source, day: Day): string {
  return `${stagingPrefix(lake, source, day)}inputs.json`;
}

async function figuresOf(engine: Engine, execution_id: string): Promise<Record<string, unknown>> {
  for await (const batch of engine.rows(execution_id, FIGURES)) {
    return Object.fromEntries(FIGURES.map(({ name }, index) => [name, batch.getChildAt(index)?.get(0)]));
  }
  throw new Error(`query ${execution_id} returned no row with the figures of a day`);
}
