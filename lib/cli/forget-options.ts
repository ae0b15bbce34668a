import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { DEFAULT_MEMORY } from '../config/schema.ts';
import { EDITIONS_PREFIX, LAKE_PREFIX } from '../model/bucket-prefixes.ts';
import { folderStore } from '../store/folder.ts';
import { s3Store } from '../store/s3.ts';
import { s3Client } from '../store/s3-client.ts';
import type { Store } from '../store/store.ts';
import { adHocLakes, DEFAULT_OUT } from './ad-hoc-config.ts';
import { configFile, hasConfigFile } from './config-file.ts';
import { UsageError } from './usage-error.ts';

/** The options of `logtally forget`, as the command line gives them. */
export interface ForgetOptions {
  config?: string;
  out?: string;
  bucket?: string;
  dateRange?: string[];
  yes?: boolean;
  json?: boolean;
  quiet?: boolean;
}

/** Where to look for an address. */
export interface ForgetPlaces {
  lakes: Store[];
  editions: Store;
  limits: Pick<Config['limits'], 'memory' | 'threads'>;
}

const DEFAULT_LIMITS = { memory: DEFAULT_MEMORY, threads: null };

/** The results bucket of a stack, or the folders of this machine: those of the configuration, if there is one. */
export function forgetPlaces({ config: path, out: folder, bucket }: ForgetOptions): ForgetPlaces {
  if (bucket !== undefined) {
    if (path !== undefined || folder !== undefined) {
      throw new UsageError('--bucket is for the lake in AWS; --config and --out name folders on this machine');
    }
    const client = s3Client();
    const stored = (prefix: string) => s3Store({ client, bucket, prefix });
    return { lakes: [stored(LAKE_PREFIX)], editions: stored(EDITIONS_PREFIX), limits: DEFAULT_LIMITS };
  }
  const config = path !== undefined || hasConfigFile() ? configFile(path) : undefined;
  const out = resolve(folder ?? config?.out ?? DEFAULT_OUT);
  const lakes = new Set([...(config ? [config.lake.folder] : []), join(out, 'lake'), ...adHocLakes(out)]);
  return {
    lakes: [...lakes].filter((lake) => existsSync(lake)).map(folderStore),
    editions: folderStore(out),
    limits: config?.limits ?? DEFAULT_LIMITS,
  };
}
