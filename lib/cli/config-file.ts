import { existsSync } from 'node:fs';
import { type Config, loadConfig } from '../config/config.ts';
import type { Format } from '../formats/format.ts';
import { loadSections } from '../sections/catalogue.ts';

/** The configuration that is read when none is named. */
export const DEFAULT_CONFIG = 'logtally.yaml';

/** The configuration in a file. */
export function configFile(path: string): Config {
  return loadConfig(path, { section_ids: loadSections().map(({ id }) => id) });
}

/** The formats that a configuration describes: the one named, else the one in this folder, if any. */
export function ownFormats(config: string | undefined): Format[] {
  if (config === undefined && !existsSync(DEFAULT_CONFIG)) return [];
  return configFile(config ?? DEFAULT_CONFIG).formats;
}
