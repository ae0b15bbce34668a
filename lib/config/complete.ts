import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { formatOf } from '../formats/formats.ts';
import { formatFrom } from '../formats/parse-format.ts';
import { DELAY_DAYS } from '../model/schedule.ts';
import { allSections } from '../sections/catalogue.ts';
import { asksForOwners } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import { DEFAULT_LAYOUTS } from '../sources/layout.ts';
import type { Source } from '../sources/source.ts';
import type { configSchema } from './schema.ts';
import type { Config, Report } from './types.ts';

/** A config file that was checked but not completed. */
type ConfigFile = z.output<ReturnType<typeof configSchema>>;

/** Fills in the defaults that depend on other keys, and makes paths absolute; `path` is the absolute path of the file. */
export function complete(
  file: ConfigFile,
  path: string,
  section_ids: readonly string[],
  own: readonly Section[],
): Config {
  const directory = dirname(path);
  const { mail, formats, stack, ...rest } = file;
  const usual_ids = usualSections(file, section_ids, own);
  return {
    ...rest,
    path,
    directory,
    formats: Object.entries(formats).map(([id, described]) => formatFrom(id, described)),
    sources: mapEntries(file.sources, (name, source) => completeSource(name, source, file, directory)),
    reports: mapEntries(file.reports, (name, report) => completeReport(name, report, file, usual_ids)),
    sections: [...own],
    ...(mail && { mail: { ...mail, reply_to: mail.reply_to ?? mail.from } }),
    stack: { ...stack, database: stack.database ?? databaseName(stack.name) },
    lake: { folder: resolve(directory, file.lake.folder) },
    out: resolve(directory, file.out),
  };
}

/** What `all` stands for: every section, but for those of owners if the file names none. */
function usualSections({ owners }: ConfigFile, section_ids: readonly string[], own: readonly Section[]): string[] {
  if (Object.keys(owners).length > 0) return [...section_ids];
  const ofOwners = new Set(allSections(own).flatMap((section) => (asksForOwners(section) ? section.id : [])));
  return section_ids.filter((id) => !ofOwners.has(id));
}

function completeSource(
  name: string,
  source: ConfigFile['sources'][string],
  { formats }: ConfigFile,
  directory: string,
): Source {
  const { folder, ...rest } = source;
  const described = formats[source.format];
  const definition = described ? formatFrom(source.format, described) : formatOf(source.format);
  return {
    name,
    ...rest,
    layout: source.layout ?? DEFAULT_LAYOUTS[definition.kind],
    definition,
    ...(folder !== undefined && { folder: resolve(directory, folder) }),
  };
}

function completeReport(
  name: string,
  report: ConfigFile['reports'][string],
  file: ConfigFile,
  usual_ids: string[],
): Report {
  const { schedule, sections } = report;
  const { usual } = DELAY_DAYS[report.frequency];
  return {
    name,
    ...report,
    title: report.title ?? name,
    sources: report.sources ?? Object.keys(file.sources),
    schedule: schedule === 'off' ? null : { hour: schedule.hour, delay_days: schedule.delay_days ?? usual },
    sections: sections === 'all' ? usual_ids : sections,
    email: report.email ?? file.mail !== undefined,
    recipients: report.recipients ?? file.mail?.recipients ?? [],
  };
}

/** A stack's name as Glue and SQL take it without quotes. */
function databaseName(stack: string): string {
  return stack.toLowerCase().replaceAll('-', '_');
}

function mapEntries<V, W>(record: Record<string, V>, map: (name: string, value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(name, value)]));
}
