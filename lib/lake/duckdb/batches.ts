import type { Day } from '../../model/period.ts';
import { fileDay, folderDay } from '../../sources/file-day.ts';
import type { Input, Unreadable } from '../../sources/input.ts';
import { type DayRule, dayRule, daysToRead } from '../../sources/layout.ts';
import { inputOf, type RawFile } from '../../sources/raw-files.ts';
import type { Source } from '../../sources/source.ts';
import { readJson, writeJson } from '../../store/json.ts';
import type { Store } from '../../store/store.ts';
import { isStale, type Retention, readManifest } from '../manifest.ts';
import type { StagedDay } from './staging.ts';
import { totalBytes } from './stretches.ts';

/** Files that are read together. */
export interface Batch {
  rule: DayRule;
  files: readonly RawFile[];
  /** Files of the source that are not in the batch. */
  others: readonly RawFile[];
  /** True if these are all files of the source. */
  has_all_files: boolean;
  /** Days to write even if no line belongs to them. */
  days: readonly Day[];
  /** True if no file outside the batch may contain a line of the day. */
  isCompleteFor(day: Day): boolean;
  /** The files of the batch from which a day is made. */
  filesOf(staged: StagedDay): readonly RawFile[];
}

/** The days of a source to refresh, and the files to refresh them from. */
export interface RefreshInput {
  store: Store;
  source: string;
  format_sha256: string;
  files: readonly RawFile[];
  days: readonly Day[];
  /** How many days after its event a line may arrive. */
  late_days: number;
  retention: Retention;
}

/** Uncompressed bytes of raw lines in one batch, unless a single day has more. */
const BATCH_BYTES = 512 * 1024 ** 2;

/** True if each file is in the folder of a day and contains the events of that day only. */
export function isDated(source: Source, files: readonly RawFile[]): boolean {
  return dayRule(source) === 'folder' && files.every((file) => folderDay(file.log_object) !== undefined);
}

/** The files that may contain lines of some days. */
export function filesOfDays(
  source: Source,
  files: readonly RawFile[],
  days: readonly Day[],
  { late_days, retention }: Pick<RefreshInput, 'late_days' | 'retention'>,
): readonly RawFile[] {
  if (!isDated(source, files)) return within({ files, days, late_days, retention });
  const wanted = new Set<Day | undefined>(days);
  return files.filter((file) => wanted.has(folderDay(file.log_object)));
}

/** Batches of the days that are missing or whose files have changed, for files in folders of their day. */
export async function datedBatches(input: RefreshInput): Promise<Batch[]> {
  const { store, source, format_sha256, files, days, retention } = input;
  const byDay = Map.groupBy(files, (file) => folderDay(file.log_object));
  const filesOf = (day: Day) => byDay.get(day) ?? [];
  const batches: Day[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const day of days) {
    const manifest = await readManifest(store, source, day);
    if (!isStale(manifest, filesOf(day).map(inputOf), format_sha256, retention)) continue;
    const bytes = totalBytes(filesOf(day));
    if (size + bytes > BATCH_BYTES) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push(day);
    size += bytes;
  }
  return batches.map((batch) => {
    const inputs = batch.flatMap(filesOf);
    return {
      rule: 'folder',
      files: inputs,
      others: [],
      has_all_files: inputs.length === files.length,
      days: batch,
      isCompleteFor: () => true,
      filesOf: ({ day }) => filesOf(day),
    };
  });
}

/** One batch of all files that may contain lines of the days. Undefined if exactly these files have been staged before. */
export async function mixedBatch(input: RefreshInput): Promise<Batch | undefined> {
  const files = within(input);
  if (await isRemembered(input, files)) return undefined;
  return {
    rule: 'event_time',
    files,
    others: without(input.files, files),
    has_all_files: true,
    days: [],
    isCompleteFor: (day) => files.length === input.files.length || input.days.includes(day),
    filesOf: ({ log_objects }) => files.filter((file) => log_objects.has(file.log_object)),
  };
}

function without(files: readonly RawFile[], left_out: readonly RawFile[]): RawFile[] {
  const names = new Set(left_out);
  return files.filter((file) => !names.has(file));
}

/** The files of a mixed batch and the days that they have lines of, so that unchanged files are not read again. */
interface MixedIndex {
  format_sha256: string;
  files: Input[];
  days?: Day[];
  /** Files that were skipped; they belong to no day. */
  unreadable?: Unreadable[];
  /** Names of files with lines of days that the lake holds without them, because they came too late for those days. */
  uncounted?: string[];
}

/** Records a mixed batch whose days have been written. */
export async function rememberMixed(
  input: RefreshInput,
  { files }: Batch,
  found: { days: readonly Day[]; uncounted: readonly string[]; unreadable: readonly Unreadable[] },
): Promise<void> {
  await writeJson(input.store, indexKey(input.source), { ...indexOf(input, files), ...found });
}

/** Names of a source's files with lines that the lake does not count. */
export async function uncountedFiles(store: Store, source: string): Promise<string[]> {
  return (await readJson<MixedIndex>(store, indexKey(source)))?.uncounted ?? [];
}

/** Files that the last mixed batch of a source skipped or read in part. */
export async function unreadableOfMixed(store: Store, source: string): Promise<Unreadable[]> {
  return (await readJson<MixedIndex>(store, indexKey(source)))?.unreadable ?? [];
}

/** Forgets the last mixed batch, before days are written: a run that is killed meanwhile leaves all of them to do again. */
export async function forgetMixed(input: RefreshInput): Promise<void> {
  await input.store.delete([indexKey(input.source)]);
}

/** True if exactly these files have been staged before, and the lake still has a manifest of each of their days. */
async function isRemembered(input: RefreshInput, files: readonly RawFile[]): Promise<boolean> {
  const known = await readJson<MixedIndex>(input.store, indexKey(input.source));
  if (!known?.days) return false;
  const { days, uncounted: _uncounted, unreadable: _unreadable, ...index } = known;
  if (JSON.stringify(index) !== JSON.stringify(indexOf(input, files))) return false;
  const manifests = await Promise.all(days.map((day) => readManifest(input.store, input.source, day)));
  return manifests.every((manifest) => manifest !== undefined);
}

function indexKey(source: string): string {
  return `manifests/source=${source}/files.json`;
}

function indexOf({ format_sha256 }: RefreshInput, files: readonly RawFile[]): MixedIndex {
  return { format_sha256, files: files.map(inputOf) };
}

/**
 * Leaves out files that were delivered too early or too late to hold lines of the days. A lake that mirrors its files counts
 * a line however late it was delivered.
 */
function within({
  files,
  days,
  late_days,
  retention,
}: Pick<RefreshInput, 'files' | 'days' | 'late_days' | 'retention'>): RawFile[] {
  const period = { kind: 'date_range', from: days[0] ?? '', to: days.at(-1) ?? '' } as const;
  const { from, to } = daysToRead('event_time', period, late_days);
  return files.filter((file) => {
    const day = fileDay(file.log_object);
    return day === undefined || (day >= from && (day <= to || retention === 'mirror'));
  });
}
