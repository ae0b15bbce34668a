import { availableDays } from '../lake/available-days.ts';
import type { Unreadable } from '../sources/input.ts';
import { findRawFiles, NoFilesError, type RawFile } from '../sources/raw-files.ts';
import { folderStore } from '../store/folder.ts';
import type { FormatFiles } from './detect-formats.ts';
import type { Progress } from './progress.ts';
import type { ReportSetup } from './report-setup.ts';
import { spoolStreams } from './streams.ts';
import { unreadableNote } from './unreadable-note.ts';

/** Files to read, and entries that were skipped. */
export interface FoundInput {
  files: RawFile[];
  unreadable: Unreadable[];
}

/** The logs that the command line names: files, folders, globs, and copies of streams until `close`. */
export interface NamedInput extends FoundInput {
  close(): void;
}

/** Finds the logs of the command line. Prints entries that are skipped. */
export async function openInput(paths: readonly string[], progress: Progress): Promise<NamedInput> {
  const streams = await spoolStreams(paths, progress.print);
  try {
    const found = streams.paths.length > 0 ? await findInput(streams.paths, progress) : { files: [], unreadable: [] };
    return { ...found, files: [...streams.files, ...found.files], close: streams.close };
  } catch (error) {
    streams.close();
    throw error;
  }
}

/** The logs of a run by source: of the formats that were `detected`, those that the command line `named`, else its folder's. */
export async function inputOfSources(
  { inputs, config, lake_folder }: ReportSetup,
  named: FoundInput | undefined,
  detected: readonly FormatFiles[] | undefined,
  progress: Progress,
): Promise<Map<string, FoundInput>> {
  const found = new Map<string, FoundInput>();
  for (const [source, paths] of inputs) {
    const group = detected?.find(({ format }) => format === config.sources[source]?.definition);
    // Files that are not logs have no format; they are listed with the first source only.
    const unreadable = found.size === 0 && named ? named.unreadable : [];
    // A single source of a configuration gets all files, including those of unknown format.
    const files = inputs.size > 1 ? group?.files : undefined;
    if (named) found.set(source, { files: files ?? named.files, unreadable });
    else found.set(source, await inputOfFolder(source, paths));
  }
  return found;

  /** Without a file, a source of the configuration is reported from what the lake has of it. */
  async function inputOfFolder(source: string, paths: string[]): Promise<FoundInput> {
    try {
      return await findInput(paths, progress);
    } catch (error) {
      const known = await availableDays(folderStore(lake_folder), source);
      if (known.length > 0 && error instanceof NoFilesError) return { files: [], unreadable: [] };
      throw error;
    }
  }
}

export async function findInput(paths: readonly string[], progress: Progress): Promise<FoundInput> {
  const unreadable: Unreadable[] = [];
  const files = await findRawFiles(paths, (one) => {
    progress.print(unreadableNote(one));
    unreadable.push(one);
  });
  return { files, unreadable };
}
