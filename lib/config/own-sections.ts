import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { sectionOf } from '../sections/catalogue.ts';
import { ownHeaderSchema } from '../sections/header.ts';
import { sqlProblems } from '../sections/portable/check.ts';
import type { Section } from '../sections/section.ts';
import { readSectionFile, splitSectionFile } from '../sections/section-file.ts';
import { type ConfigDocument, readDocument } from './document.ts';
import { ConfigError, type Problem } from './error.ts';
import { explain } from './explain.ts';
import { problemAt, problemsOf } from './problems.ts';

/** Files of an edition that are not a section's. */
const RESERVED = /^(?:requests(?:-.*)?|report|edition|mail)$/;

/**
 * The sections that the key `sections` of a configuration names: a file, all files of a folder as `folder/*.sql`, or a list
 * of such, relative to the configuration at `path`. `taken` are the ids of the built-in sections. Throws a ConfigError that
 * names the section's file and line. A value of another kind is left to the schema.
 */
export function ownSections(
  config: unknown,
  path: string,
  taken: readonly string[],
  document: ConfigDocument,
): Section[] {
  const { sections } = config as { sections?: unknown };
  const entries = (Array.isArray(sections) ? sections : [sections]).flatMap((entry, index) =>
    typeof entry === 'string' ? filesAt(resolve(dirname(path), entry), entry, index) : [],
  );
  const ids = new Set(taken);
  return entries.map((file) => {
    const section = ownSection(file);
    if (ids.has(section.id)) throw refused(file, `there is a section ${section.id} already; rename the file`);
    ids.add(section.id);
    return section;
  });

  function filesAt(file: string, entry: string, index: number): string[] {
    const isFolder = basename(file) === '*.sql';
    const found = isFolder ? sqlFiles(dirname(file)) : existsSync(file) ? [file] : [];
    if (found.length > 0) return found;
    const message = `${entry} leads to no section file; give the path of a .sql file, or of a folder of them as folder/*.sql`;
    const key = Array.isArray(sections) ? ['sections', index] : ['sections'];
    throw new ConfigError(path, [problemAt(key, 'value', message, document)]);
  }
}

function sqlFiles(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => join(folder, name));
}

function ownSection(file: string): Section {
  const [, id] = basename(file).match(/^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.sql$/) ?? [];
  if (!id) throw refused(file, 'the name of a section file is lower-case words with hyphens, such as slow-pages.sql');
  if (RESERVED.test(id)) throw refused(file, `an edition has another file ${id}; rename the file`);
  const text = readFileSync(file, 'utf8');
  const { yaml, sql: written, sql_line } = attempt(file, 1, () => splitSectionFile(text));
  // The header starts in the second line, after the sign of the comment.
  const document = readDocument(`\n${yaml}`, file);
  const { header, sql } = attempt(file, 2, () => readSectionFile(text));
  const checked = ownHeaderSchema.safeParse(header, { error: explain });
  const problems: Problem[] = [
    ...(checked.success ? [] : problemsOf(checked.error.issues, [], document)),
    ...sqlProblems(sql).map(({ line, message }) => ({
      position: { line: written === '' ? 2 : sql_line + line - 1, column: 1 },
      key: '',
      message,
    })),
  ];
  if (!checked.success || problems.length > 0) throw new ConfigError(file, problems);
  return attempt(file, written === '' ? 2 : sql_line, () => sectionOf(id, checked.data, sql));
}

/** Gives an error of the file its name and a line. */
function attempt<T>(file: string, line: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw refused(file, (error as Error).message, line);
  }
}

function refused(file: string, message: string, line = 1): ConfigError {
  return new ConfigError(file, [{ position: { line, column: 1 }, key: '', message }]);
}
