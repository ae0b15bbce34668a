import type { Input } from '../../sources/input.ts';
import type { RawFile } from '../../sources/raw-files.ts';
import type { Source } from '../../sources/source.ts';
import { formatSha256 } from '../definition.ts';
import { type DayManifest, includesAll, isStale, readManifest } from '../manifest.ts';
import { freshAmong, presenceOf } from '../presence.ts';
import type { Batch } from './batches.ts';
import type { KeptDay } from './day-sql.ts';
import type { DuckdbLake } from './lake.ts';
import { mayBeRotated, presentFiles, recordedInput } from './present-files.ts';
import type { Staged, StagedDay } from './staging.ts';

/** The files that could be read, and what is wrong with files. */
export type ReadFiles = Pick<Staged, 'files' | 'unreadable'>;

/** A day to write, and the parts of its manifest that do not depend on its rows. */
export interface PlannedDay {
  staged: StagedDay;
  /** The rows that the lake keeps; set if raw logs of the day are gone. */
  kept?: KeptDay;
  inputs: Input[];
  unreadable: DayManifest['unreadable'];
  format_sha256: string;
  /** Of rows that the day keeps. */
  forgotten_at?: string;
}

/**
 * Decides how to write a staged day. Undefined if the lake already has it. If raw logs of the day are gone, it keeps its
 * rows and gains those of new or changed logs; otherwise it is written from its files alone.
 */
export async function planDay(
  { store, retention }: DuckdbLake,
  { name, definition }: Source,
  batch: Batch,
  read: ReadFiles,
  staged: StagedDay,
): Promise<PlannedDay | undefined> {
  const manifest = await readManifest(store, name, staged.day);
  const inputs = batch.filesOf(staged).map(recordedInput);
  const format_sha256 = formatSha256(definition);
  if (!batch.isCompleteFor(staged.day) && manifest && !includesAll(inputs, manifest.inputs)) return undefined;
  const { gone, unchanged } = presenceOf(manifest?.inputs ?? [], presentFiles([...read.files, ...batch.others]));
  if (retention === 'keep' && manifest && gone.length > 0) {
    const fresh = freshAmong(manifest.inputs, inputs);
    return fresh.length === 0 ? undefined : keptDay(staged, manifest, { gone, unchanged, fresh }, read, format_sha256);
  }
  if (!isStale(manifest, inputs, format_sha256, retention)) return undefined;
  return { staged, inputs, unreadable: unreadableAmong(read, inputs), format_sha256 };
}

function keptDay(
  staged: StagedDay,
  manifest: DayManifest,
  { gone, unchanged, fresh }: { gone: readonly Input[]; unchanged: readonly Input[]; fresh: readonly Input[] },
  read: ReadFiles,
  format_sha256: string,
): PlannedDay {
  const names = fresh.map(({ log_object }) => log_object);
  const known = new Set(manifest.inputs.map(({ log_object }) => log_object));
  // The log that has a name now follows the one that had the name before.
  const inputs = [
    ...manifest.inputs.filter((input) => gone.includes(input) || !names.includes(input.log_object)),
    ...fresh,
  ];
  return {
    staged,
    kept: {
      fresh: names,
      may_repeat: fresh.filter((input) => mayBeRotated(input) || known.has(input.log_object)).map(nameOf),
      unchanged: unchanged.map(nameOf),
      hasSameDefinition: manifest.format_sha256 === format_sha256,
    },
    inputs,
    unreadable: [
      ...manifest.unreadable.filter(({ log_object }) => !names.includes(log_object)),
      ...unreadableAmong(read, fresh),
    ],
    // Some rows remain as the older definition parsed them.
    format_sha256: manifest.format_sha256,
    ...(manifest.forgotten_at && { forgotten_at: manifest.forgotten_at }),
  };
}

function unreadableAmong({ unreadable }: ReadFiles, inputs: readonly Input[]): DayManifest['unreadable'] {
  const names = new Set(inputs.map(nameOf));
  return unreadable.filter(({ log_object }) => names.has(log_object));
}

function nameOf({ log_object }: Input): string {
  return log_object;
}

/** Names of raw logs from which some days were parsed, and that are gone. */
export async function goneLogs(
  { store, retention }: Pick<DuckdbLake, 'store' | 'retention'>,
  source: string,
  files: readonly RawFile[],
  days: readonly string[],
): Promise<string[]> {
  if (retention === 'mirror') return [];
  const present = presentFiles(files);
  const names = new Set<string>();
  for (const day of days) {
    const manifest = await readManifest(store, source, day);
    for (const { log_object } of presenceOf(manifest?.inputs ?? [], present).gone) names.add(log_object);
  }
  return [...names].sort();
}
