import type { Day } from '../model/period.ts';
import type { RecordKindCounts } from '../model/record-kinds.ts';
import type { Input } from '../sources/input.ts';
import { readJson, writeJson } from '../store/json.ts';
import type { Store } from '../store/store.ts';

/**
 * Version of what the lake's files mean. Raise it if a column changes its meaning or type, or if files move: an older
 * program would misread them, so it refuses them. A new column needs no new version, because columns are read by name.
 */
const LAKE_VERSION = 1;

/** What the lake stores of one source and day. It is written last, so a day without a manifest is parsed again. */
export interface DayManifest {
  /** See `LAKE_VERSION`; a manifest without it has version 1. */
  lake_version: number;
  source: string;
  day: Day;
  format: string;
  /** lines = parsed + duplicates + rejected. */
  lines: number;
  parsed: number;
  rejected: number;
  duplicates: number;
  /** How many of the parsed lines are not requests, by kind; left out if an older program wrote the day. */
  not_requests?: RecordKindCounts;
  /** ISO 8601, UTC; null for a day without a request. */
  first_event: string | null;
  last_event: string | null;
  hours_with_lines: number;
  input_bytes: number;
  inputs: Input[];
  /** Inputs that could not be read to their end, and why. */
  unreadable: { log_object: string; reason: string }[];
  /** Digest of the format's definition. With another one the day must be parsed again. */
  format_sha256: string;
  /** The files with the day's rows. Older versions left it out. */
  files?: LakeFile[];
  /** ISO 8601: when an address was last removed from the rows; left out if none was. */
  forgotten_at?: string;
}

/** A file of the lake at the time when its rows were counted. */
export interface LakeFile {
  key: string;
  size_bytes: number;
  /** Hexadecimal digest of the file's end, which in Parquet describes the whole file; left out in S3. */
  end_sha256?: string;
}

export function manifestKey(source: string, day: Day): string {
  return `manifests/source=${source}/day=${day}.json`;
}

/** Folder of a day's rows in one of the lake's tables; ends in a slash. */
export function dayPrefix(table: string, source: string, day: Day): string {
  return `${table}/source=${source}/day=${day}/`;
}

/** The manifest of a day; undefined if the lake does not have the day. Throws an Error if a newer program wrote the day. */
export async function readManifest(lake: Store, source: string, day: Day): Promise<DayManifest | undefined> {
  const key = manifestKey(source, day);
  const stored = await readJson<Omit<DayManifest, 'lake_version'> & { lake_version?: number }>(lake, key);
  if (!stored) return undefined;
  const { lake_version = 1 } = stored;
  if (lake_version > LAKE_VERSION) {
    throw new Error(
      `${lake.root}${key} was written by a newer Logtally (lake version ${lake_version}, this one reads up to ${LAKE_VERSION}); ` +
        'update Logtally, or choose another lake: lake.folder in logtally.yaml, or another --out with --input',
    );
  }
  return { ...stored, lake_version };
}

/** The manifests of all days of a source, in order of the days. Throws an Error if a newer program wrote one of them. */
export async function listManifests(lake: Store, source: string): Promise<DayManifest[]> {
  const manifests: DayManifest[] = [];
  for await (const { key } of lake.list(`manifests/source=${source}/day=`)) {
    const manifest = await readManifest(lake, source, key.slice(-'YYYY-MM-DD.json'.length, -'.json'.length));
    if (manifest) manifests.push(manifest);
  }
  return manifests;
}

export async function writeManifest(lake: Store, manifest: Omit<DayManifest, 'lake_version'>): Promise<void> {
  await writeJson(lake, manifestKey(manifest.source, manifest.day), { lake_version: LAKE_VERSION, ...manifest });
}

/** What happens to the rows of a raw log that is gone: `keep` them, because raw logs expire, or remove them (`mirror`). */
export type Retention = 'keep' | 'mirror';

/**
 * True if a day must be parsed again: it never was, or an input is new or has changed. A new definition of the format
 * counts only while all inputs exist, because parsing the rest would lose the rows of the others. A lake that mirrors its
 * files does not wait for that.
 */
export function isStale(
  manifest: DayManifest | undefined,
  inputs: readonly Input[],
  format_sha256: string,
  retention: Retention = 'keep',
): boolean {
  if (inputs.length === 0) return false;
  if (!manifest) return true;
  const known = new Map(manifest.inputs.map((input) => [input.log_object, input]));
  const isNewOrChanged = inputs.some((input) => {
    const before = known.get(input.log_object);
    return before?.etag !== input.etag || before.size_bytes !== input.size_bytes;
  });
  if (isNewOrChanged) return true;
  const isRedefined = manifest.format_sha256 !== format_sha256;
  const isComplete = includesAll(inputs, manifest.inputs);
  return retention === 'mirror' ? isRedefined || !isComplete : isRedefined && isComplete;
}

/** True if all inputs of a day are among these. */
export function includesAll(inputs: readonly Input[], made_of: readonly Input[]): boolean {
  const names = new Set(inputs.map(({ log_object }) => log_object));
  return made_of.every(({ log_object }) => names.has(log_object));
}
