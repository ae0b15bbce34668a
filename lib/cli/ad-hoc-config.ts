import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, parseConfig } from '../config/config.ts';
import type { Format } from '../formats/format.ts';
import { UNRECOGNISED } from '../formats/formats.ts';
import { loadSections } from '../sections/catalogue.ts';
import { DEFAULT_LAYOUTS } from '../sources/layout.ts';
import type { ReportOptions } from './report-options.ts';

export const DEFAULT_OUT = 'logtally-out';

/** The configuration for --input without --config: one source, or one per format if the files have several. */
export function adHocConfig({ source, report, out }: ReportOptions, formats: readonly Format[]): Config {
  const hasOne = formats.filter(({ id }) => id !== UNRECOGNISED).length === 1;
  const nameOf = ({ id }: Format) => {
    if (hasOne && id !== UNRECOGNISED) return source ?? 'logs';
    return source === undefined ? id : `${source}-${id}`;
  };
  const sources = formats.map((format): [string, Format] => [nameOf(format), format]);
  const text = JSON.stringify({
    sources: Object.fromEntries(sources.map(([name]) => [name, {}])),
    reports: { [report ?? 'report']: { title: 'Access logs' } },
    out: resolve(out ?? DEFAULT_OUT),
  });
  const section_ids = loadSections().map(({ id }) => id);
  return withFormats(parseConfig(text, resolve('the command line'), { section_ids }), new Map(sources));
}

/** The same configuration with other formats for some of its sources. */
export function withFormats(config: Config, formats: ReadonlyMap<string, Format>): Config {
  const sources = Object.entries(config.sources).map(([name, source]) => {
    const definition = formats.get(name) ?? source.definition;
    const layout = definition === source.definition ? source.layout : DEFAULT_LAYOUTS[definition.kind];
    return [name, { ...source, format: definition.id, definition, layout }];
  });
  return { ...config, sources: Object.fromEntries(sources) };
}

/** Names the logs that a command line chose, by their paths and format: the same for the same, in any order. */
export function inputsId(inputs: ReadonlyMap<string, string[]>, format = ''): string {
  const identity = JSON.stringify([
    format,
    [...inputs].map(([name, paths]) => [name, paths.map((path) => resolve(path)).sort()]),
  ]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 12);
}

/** Folder of a lake for these logs only, so that logs of different runs never mix. */
export function adHocLake(out: string, inputs: ReadonlyMap<string, string[]>, format?: string): string {
  return join(out, 'lake', inputsId(inputs, format));
}

/** The folders of all such lakes below a folder for reports. */
export function adHocLakes(out: string): string[] {
  const folder = join(out, 'lake');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => /^[0-9a-f]{12}$/.test(name)).map((name) => join(folder, name));
}
