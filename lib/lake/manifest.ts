import type { Day } from '../model/period.ts';
import type { Input } from '../sources/input.ts';
import type { Store } from '../store/store.ts';

/** What the lake holds of one source and day. Written last, so that a day without one is a day to do again. */
export interface DayManifest {
  source: string;
  day: Day;
  format: string;
  /** lines = parsed + duplicates + rejected. */
  lines: number;
  parsed: number;
  rejected: number;
  duplicates: number;
  /** ISO 8601, UTC; null for a day without a request. */
  first_event: string | null;
  last_event: string | null;
  hours_with_lines: number;
  input_bytes: number;
  inputs: Input[];
  /** Inputs that could not be read to their end, and why. */
  unreadable: { log_object: string; reason: string }[];
  /** Of the format's definition; another one means that the day must be done again. */
  format_sha256: string;
}

export function manifestKey(source: string, day: Day): string {
  return `manifests/source=${source}/day=${day}.json`;
}

/** Folder of a day's rows in one of the lake's tables; ends in a slash. */
export function dayPrefix(table: string, source: string, day: Day): string {
  return `${table}/source=${source}/day=${day}/`;
}

/** The manifest of a day, or undefined when the lake does not hold it. */
export async function readManifest(lake: Store, source: string, day: Day): Promise<DayManifest | undefined> {
  const bytes = await lake.get(manifestKey(source, day));
  return bytes && JSON.parse(new TextDecoder().decode(bytes));
}

export async function writeManifest(lake: Store, manifest: DayManifest): Promise<void> {
  await lake.put(manifestKey(manifest.source, manifest.day), `${JSON.stringify(manifest, null, 2)}\n`, {
    content_type: 'application/json',
  });
}

/**
 * Whether a day must be done again: it never was, an input is new or changed, or the format's definition is another.
 * An input that is gone is no reason: raw logs expire, and what the lake holds of them stays.
 */
export function isStale(manifest: DayManifest | undefined, inputs: readonly Input[], format_sha256: string): boolean {
  if (inputs.length === 0) return false;
  if (!manifest || manifest.format_sha256 !== format_sha256) return true;
  const known = new Map(manifest.inputs.map((input) => [input.log_object, input]));
  return inputs.some((input) => {
    const before = known.get(input.log_object);
    return before?.etag !== input.etag || before.size_bytes !== input.size_bytes;
  });
}
