import { type Candidate, type Detection, resolveTies } from '../formats/detect.ts';
import type { Format } from '../formats/format.ts';
import { FORMATS, unrecognisedFormat } from '../formats/formats.ts';
import type { RawFile } from '../sources/raw-files.ts';
import { visibleText } from '../text/visible-text.ts';
import { detectFileFormats } from './detect-files.ts';
import { DEFAULT_FORMAT, formatNamed } from './format-named.ts';

/** Files in one format. */
export interface FormatFiles {
  format: Format;
  files: RawFile[];
}

export interface DetectOptions {
  verbose?: boolean;
  print(line: string): void;
  /** The first lines of files that cannot be opened for them. */
  known?: ReadonlyMap<RawFile, readonly string[]>;
}

/** At most so many files are listed by name. */
const LISTED_FILES = 3;

/**
 * Groups files by the format of their first lines, built in or one of `own`. `print` gets a line per format that says
 * what was chosen and how sure that is; with `verbose` a line per file. A file whose lines fit no format is reported by
 * name and is kept apart, in the format `unrecognised`, which rejects its lines. An Error if no file fits any format.
 */
export async function detectFormats(
  files: readonly RawFile[],
  own: readonly Format[],
  { verbose = false, print, known }: DetectOptions,
): Promise<FormatFiles[]> {
  const formats = [...own, ...FORMATS];
  const { detected, unknown } = await detect(files, formats, known);
  const choose = `choose one with --format: ${formats.map(({ id }) => id).join(', ')}`;
  if (detected.size === 0 && unknown.length > 0) {
    throw new Error(`${namesOf(unknown, verbose)}: the first lines fit no format; ${choose}`);
  }
  const byFormat = [...Map.groupBy(detected, ([, { best }]) => best.format)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  for (const line of byFormat.flatMap(([format, members]) => detectionLines(format, members, verbose))) print(line);
  if (unknown.length > 0) {
    print(`${namesOf(unknown, verbose)}: the first lines fit no format, so all lines are rejected; ${choose}`);
  }
  const usual = byFormat[0]?.[0] ?? formatNamed(DEFAULT_FORMAT);
  const unrecognised = unrecognisedFormat(usual.kind);
  const groups = Map.groupBy(files, (file) => {
    return unknown.includes(file) ? unrecognised : (detected.get(file)?.best.format ?? usual);
  });
  return [...groups].map(([format, members]) => ({ format, files: members }));
}

/** The detection of each file, and the files whose lines fit no format. */
async function detect(files: readonly RawFile[], formats: readonly Format[], known: DetectOptions['known']) {
  const found = [...(await detectFileFormats(files, formats, known))];
  const fitting = found.flatMap(([file, detection]) => (detection ? [{ file, detection }] : []));
  const resolved = resolveTies(fitting.map(({ detection }) => detection));
  const detected = new Map(fitting.flatMap(({ file }, index) => (resolved[index] ? [[file, resolved[index]]] : [])));
  return { detected, unknown: found.flatMap(([file, detection]) => (detection ? [] : [file])) };
}

/** What is printed about the files of one format: a line for all of them, with `verbose` also a line per file. */
function detectionLines(format: Format, members: readonly [RawFile, Detection][], verbose: boolean): string[] {
  const lines = members.map(([file, found]) => detectionLine(format, visibleText(file.log_object), [found]));
  if (lines.length === 1) return lines;
  const all = members.map(([, found]) => found);
  return [...(verbose ? lines : []), detectionLine(format, `${lines.length} files`, all)];
}

/** `nginx: access.log, 98 of 100 sampled lines fit; apache fits as well; choose with --format`. */
function detectionLine(format: Format, name: string, detections: readonly Detection[]): string {
  const requests = detections.reduce((total, { best }) => total + best.requests, 0);
  const lines = detections.reduce((total, { best }) => total + best.requests + best.rejected, 0);
  const ids = (pick: (detection: Detection) => Candidate[]) => [
    ...new Set(detections.flatMap(pick).map(({ format: { id } }) => id)),
  ];
  const [ties, others] = [ids((detection) => detection.ties), ids((detection) => detection.others)];
  const isSure = detections.every(({ is_sure }) => is_sure);
  return [
    `${format.id}: ${name}, ${requests} of ${lines} sampled lines fit`,
    ...(ties.length > 0 ? [`${ties.join(', ')} fits as well`] : []),
    ...(isSure ? [] : [`uncertain${others.length > 0 ? `, ${others.join(', ')} fits some` : ''}`]),
    ...(ties.length > 0 || !isSure ? ['choose with --format'] : []),
  ].join('; ');
}

function namesOf(files: readonly RawFile[], verbose: boolean): string {
  const named = files.slice(0, verbose ? files.length : LISTED_FILES).map(({ log_object }) => visibleText(log_object));
  const more = files.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
