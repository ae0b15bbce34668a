import { existsSync } from 'node:fs';
import { type Config, loadConfig } from '../config/config.ts';
import type { Format } from '../formats/format.ts';
import { loadSections } from '../sections/catalogue.ts';

/** The configuration that is read when none is named. */
export const DEFAULT_CONFIG = 'logtally.yaml';

/** Hints that this process has printed: a command may read its configuration more than once. */
const printed = new Set<string>();

/** The configuration in a file. Prints a hint to standard error for each old name in it. */
export function configFile(path: string): Config {
  return loadConfig(path, {
    section_ids: loadSections().map(({ id }) => id),
    onHint(hint) {
      if (!printed.has(hint)) process.stderr.write(`${hint}\n`);
      printed.add(hint);
    },
  });
}

/** The formats that a configuration describes: the one named, else the one in this folder, if any. */
export function ownFormats(config: string | undefined): Format[] {
  if (config === undefined && !existsSync(DEFAULT_CONFIG)) return [];
  return configFile(config ?? DEFAULT_CONFIG).formats;
}
