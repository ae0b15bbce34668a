import { existsSync } from 'node:fs';
import { type Config, type ConfigOptions, loadConfig, loadFormats } from '../config/config.ts';
import type { Format } from '../formats/format.ts';
import { loadSections, sectionIds } from '../sections/catalogue.ts';
import { UsageError } from './usage-error.ts';

/** The configuration that is read if --config names none. */
const DEFAULT_CONFIG = 'logtally.yaml';

/** True if a configuration is in this folder. */
export function hasConfigFile(): boolean {
  return existsSync(DEFAULT_CONFIG);
}

/** Hints that this process has printed: a command may read its configuration more than once. */
const printed = new Set<string>();

/**
 * The configuration of --config, or else the one in this folder. Prints a hint to standard error for each old name in it.
 * Throws a UsageError if there is no configuration; `alternative` adds another remedy to its message.
 */
export function configFile(config: string | undefined, alternative = ''): Config {
  if (config === undefined && !hasConfigFile()) {
    throw new UsageError(`there is no ${DEFAULT_CONFIG} in this folder; name one with --config${alternative}`);
  }
  return loadConfig(config ?? DEFAULT_CONFIG, configOptions(loadSections().map(({ id }) => id)));
}

function configOptions(section_ids: readonly string[]): ConfigOptions {
  return {
    section_ids,
    onHint(hint) {
      if (!printed.has(hint)) process.stderr.write(`${hint}\n`);
      printed.add(hint);
    },
  };
}

/** The formats that a configuration describes: the one that --config names, else the one in this folder, if there is one. */
export function ownFormats(config: string | undefined): Format[] {
  if (config === undefined && !hasConfigFile()) return [];
  // Their order, which takes longer to find out, does not matter to formats.
  return loadFormats(config ?? DEFAULT_CONFIG, configOptions(sectionIds()));
}
