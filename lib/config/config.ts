import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Format } from '../formats/format.ts';
import { complete } from './complete.ts';
import { type ConfigDocument, readDocument } from './document.ts';
import { ConfigError, problemLine } from './error.ts';
import { explain, suggest } from './explain.ts';
import { ownSections } from './own-sections.ts';
import { problemAt, problemsOf } from './problems.ts';
import { type OldName, withNewNames } from './renamed-keys.ts';
import { configSchema } from './schema.ts';
import type { Config, Report } from './types.ts';

export type { ConfigInput } from './config-input.ts';
export type * from './types.ts';
export { ConfigError };

export interface ConfigOptions {
  /** Ids of the built-in sections; a report may name these and those of the file's key `sections`. */
  section_ids: readonly string[];
  /** Called with one line per old name in the file: `file:line:column: key: what to change`. */
  onHint?(hint: string): void;
}

/** Reads a config file. A ConfigError when it cannot be read or used. */
export function loadConfig(path: string, options: ConfigOptions): Config {
  return parseConfig(readText(path), path, options);
}

/** The formats that a config file describes. Unlike for a report, it need not have sources and reports. */
export function loadFormats(path: string, options: ConfigOptions): Format[] {
  const { value, positionOf } = readDocument(readText(path), path);
  const keys = keysOf({ value }, 'value');
  const isAlone = keys.includes('formats') && !keys.includes('sources') && !keys.includes('reports');
  const usual = { sources: { logs: {} }, reports: { logs: {} } };
  return check({ value: isAlone ? { ...usual, ...(value as object) } : value, positionOf }, path, options).formats;
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    throw new ConfigError(path, [{ key: '', message: explainUnreadable(error as NodeJS.ErrnoException) }]);
  }
}

/**
 * Checks the text of a config file and fills in what it leaves out. `path` names the file in messages, and relative
 * paths start from its folder. A ConfigError lists everything that is wrong.
 */
export function parseConfig(text: string, path: string, options: ConfigOptions): Config {
  return check(readDocument(text, path), path, options);
}

/** The same for values that a program built. `place` names them in messages, without a line and a column. */
export function checkConfig(value: unknown, place: string, options: ConfigOptions): Config {
  return check({ value, positionOf: () => undefined }, place, options);
}

function check(document: ConfigDocument, path: string, { section_ids, onHint }: ConfigOptions): Config {
  if (document.value === null || document.value === undefined) {
    throw new ConfigError(path, [
      problemAt(
        [],
        'key',
        'has no keys; start with sources: { web: { format: nginx, folder: logs } } and reports: { monthly: {} }',
        document,
      ),
    ]);
  }
  const { value, replaced, conflicts } = withNewNames(document.value);
  const problemOf = (old: OldName) => problemAt(old.path, old.part, old.message, document);
  if (conflicts.length > 0) throw new ConfigError(path, conflicts.map(problemOf));
  const own = ownSections(value, path, section_ids, document);
  const all_ids = [...section_ids, ...own.map(({ id }) => id)];
  const schema = configSchema({
    section_ids: all_ids,
    own_sections: own,
    source_names: keysOf(value, 'sources'),
    format_names: keysOf(value, 'formats'),
  });
  const checked = schema.safeParse(value, { error: explain });
  if (!checked.success) throw new ConfigError(path, problemsOf(checked.error.issues, replaced, document));
  for (const old of replaced) onHint?.(problemLine(path, problemOf(old)));
  return complete(checked.data, resolve(path), all_ids, own);
}

/** The report of that name, or the only one there is; an Error that names those there are. */
export function reportOf(config: Config, name?: string): Report {
  const names = Object.keys(config.reports);
  const [only, ...others] = Object.values(config.reports);
  if (name === undefined && only && others.length === 0) return only;
  if (name === undefined) throw new Error(`${config.path} has several reports; name one of ${names.join(', ')}`);
  const report = Object.hasOwn(config.reports, name) ? config.reports[name] : undefined;
  if (!report) throw new Error(`unknown report ${JSON.stringify(name)}; ${suggest(name, names)}`);
  return report;
}

function keysOf(value: unknown, key: string): string[] {
  const named = (value as Record<string, unknown> | null)?.[key];
  return typeof named === 'object' && named !== null ? Object.keys(named) : [];
}

function explainUnreadable(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'there is no such file; name another one with --config';
  if (error.code === 'EISDIR') return 'is a folder; name a file';
  if (error.code === 'EACCES') return 'may not be read; change its permissions';
  if (error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'is not UTF-8 text; save it as UTF-8';
  return `cannot be read: ${error.message}; check the path`;
}
