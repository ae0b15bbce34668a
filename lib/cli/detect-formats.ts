import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckdb } from '../engine/duckdb/duckdb.ts';
import { inCompany, type Trial, type Verdict } from '../formats/detect.ts';
import { tellFormats } from '../formats/duckdb/detect-files.ts';
import type { Format } from '../formats/format.ts';
import { FORMATS } from '../formats/formats.ts';
import type { RawFile } from '../sources/raw-files.ts';
import { visibleText } from '../text/visible-text.ts';
import { formatNamed } from './format-named.ts';

/** Files in one format. */
export interface FormatFiles {
  format: Format;
  files: RawFile[];
}

/** Where it is all the same: for files without a line. */
const DEFAULT_FORMAT = 's3-access';
/** So many files are named where there are more. */
const NAMED_FILES = 3;

/**
 * Files by the format that their first lines are in, built in or one of `own`. `tell` is told what was chosen and how sure
 * that is: of each format, with `verbose` of each file too. A file whose lines fit no format is told of by name, and goes
 * with the most frequent one, where its lines are kept as rejected; an Error when that holds for all of them.
 */
export async function detectFormats(
  files: readonly RawFile[],
  own: readonly Format[],
  { verbose = false, tell }: { verbose?: boolean; tell(line: string): void },
): Promise<FormatFiles[]> {
  const formats = [...own, ...FORMATS];
  const { judged, strange } = await verdictsOf(files, formats);
  const choose = `name one with --format: ${formats.map(({ id }) => id).join(', ')}`;
  if (judged.size === 0 && strange.length > 0) {
    throw new Error(`${namesOf(strange, verbose)}: the first lines fit no format; ${choose}`);
  }
  const byFormat = [...Map.groupBy(judged, ([, { best }]) => best.format)].sort(([, a], [, b]) => b.length - a.length);
  for (const [format, members] of byFormat) {
    const lines = members.map(([file, verdict]) => verdictLine(format, visibleText(file.log_object), [verdict]));
    if (verbose || lines.length === 1) for (const line of lines) tell(line);
    const verdicts = members.map(([, verdict]) => verdict);
    if (lines.length > 1) tell(verdictLine(format, `${lines.length} files`, verdicts));
  }
  if (strange.length > 0)
    tell(`${namesOf(strange, verbose)}: the first lines fit no format and will be rejected; or ${choose}`);
  const usual = byFormat[0]?.[0] ?? formatNamed(DEFAULT_FORMAT);
  const groups = Map.groupBy(files, (file) => judged.get(file)?.best.format ?? usual);
  return [...groups].map(([format, members]) => ({ format, files: members }));
}

/** What was found of each file, and the files whose lines fit nothing. */
async function verdictsOf(files: readonly RawFile[], formats: readonly Format[]) {
  const temp_folder = mkdtempSync(join(tmpdir(), 'logtally-formats-'));
  const duckdb = await openDuckdb({ memory: '1GB', threads: null, temp_folder });
  try {
    const told = [...(await tellFormats(duckdb, files, formats))];
    const known = told.flatMap(([file, verdict]) => (verdict ? [{ file, verdict }] : []));
    const settled = inCompany(known.map(({ verdict }) => verdict));
    const judged = new Map(known.flatMap(({ file }, index) => (settled[index] ? [[file, settled[index]]] : [])));
    return { judged, strange: told.flatMap(([file, verdict]) => (verdict ? [] : [file])) };
  } finally {
    duckdb.close();
    rmSync(temp_folder, { recursive: true, force: true });
  }
}

/** `nginx: access.log, 98 of its first 100 lines fit; apache reads them alike`. */
function verdictLine(format: Format, name: string, verdicts: readonly Verdict[]): string {
  const requests = verdicts.reduce((total, { best }) => total + best.requests, 0);
  const lines = verdicts.reduce((total, { best }) => total + best.requests + best.rejected, 0);
  const ids = (pick: (verdict: Verdict) => Trial[]) => [
    ...new Set(verdicts.flatMap(pick).map(({ format: { id } }) => id)),
  ];
  const [alike, others] = [ids((verdict) => verdict.alike), ids((verdict) => verdict.others)];
  const sure = verdicts.every((verdict) => verdict.sure);
  return [
    `${format.id}: ${name}, ${requests === lines ? 'all' : requests} of ${lines} first lines fit`,
    ...(alike.length > 0 ? [`${alike.join(', ')} would do as well`] : []),
    ...(sure ? [] : [`a guess${others.length > 0 ? `, ${others.join(', ')} fits some` : ''}`]),
    ...(alike.length > 0 || !sure ? ['--format decides'] : []),
  ].join('; ');
}

function namesOf(files: readonly RawFile[], verbose: boolean): string {
  const named = files.slice(0, verbose ? files.length : NAMED_FILES).map(({ log_object }) => visibleText(log_object));
  const more = files.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
