import { listSql, readSql } from '../sql/sql-files.ts';
import { namedColumns, parseHeader } from './header.ts';
import { outputColumns } from './output-columns.ts';
import type { Section } from './section.ts';

const FOLDER = 'sections';

let loaded: readonly Section[] | undefined;

/**
 * Every section of the catalogue, in the order of a report; read once. Throws on a file that is malformed, by its name.
 */
export function loadSections(): readonly Section[] {
  loaded ??= listSql(FOLDER)
    .map((name) => parseSection(name, readSql(`${FOLDER}/${name}`)))
    .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  return loaded;
}

/** The section that gives the headline figures. Throws if there is none. */
export function headlineSection(): Section {
  const found = loadSections().find(({ headline }) => headline);
  if (!found) throw new Error(`sql/${FOLDER} needs a section with the key headline`);
  return found;
}

/**
 * Reads one section file: a block comment that holds a header in YAML, then one SELECT. Throws, naming the file, when the
 * header is malformed or names other columns than the SELECT does.
 */
export function parseSection(name: string, text: string): Section {
  try {
    const [, id] = name.match(/^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.sql$/) ?? [];
    if (!id) throw new Error('the name must be in kebab-case and end in .sql');
    const [, yaml, sql] = text.match(/^\/\*\n(.*?)\*\/\n(.*)$/s) ?? [];
    if (yaml === undefined || sql === undefined)
      throw new Error('it must start with a block comment that holds its header');
    const header = parseHeader(yaml);
    const { columns: columnsByName, ...rest } = header;
    const columns = Object.entries(columnsByName).map(([name, column]) => ({ name, ...column }));
    if (columns.some(({ approximate }) => approximate) && !rest.note) {
      throw new Error('it has an approximate column, so a note must state the bound');
    }
    for (const [key, name] of namedColumns(header)) {
      if (!(name in columnsByName)) throw new Error(`${key} names the column ${name}, which it does not declare`);
    }
    const declared = columns.map((column) => column.name).join(', ');
    const selected = outputColumns(sql).join(', ');
    if (declared !== selected) throw new Error(`it declares the columns ${declared} but selects ${selected}`);
    return { id, ...rest, columns, sql: sql.trim() };
  } catch (cause) {
    throw new Error(`sql/${FOLDER}/${name}: ${(cause as Error).message}`, { cause });
  }
}
