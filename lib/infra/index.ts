/* What `import … from 'logtally/cdk'` offers. */

import { type Config, loadConfig as loadConfigFile } from '../config/config.ts';
import { sectionIds } from './logtally-props.ts';

export { type Config, ConfigError } from '../config/config.ts';
export { Logtally } from './logtally.ts';
export type { ExistingResources, LogtallyConfigProps, LogtallyProps } from './logtally-props.ts';
export { type AccessLogOptions, type LogsOptions, Source } from './source.ts';
export { LogtallyStack, type LogtallyStackProps } from './stack.ts';

/** Reads and checks a `logtally.yaml`. A ConfigError says by line and key what is wrong. */
export function loadConfig(path: string): Config {
  return loadConfigFile(path, {
    section_ids: sectionIds(),
    onHint: (hint) => process.stderr.write(`${hint}\n`),
  });
}
