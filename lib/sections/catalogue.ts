import { listSql, readSql } from '../sql/sql-files.ts';
import { describedColumns } from './columns.ts';
import { checkHeader, type Header, namedColumns } from './header.ts';
import { withMeasures } from './measures.ts';
import { outputColumns } from './output-columns.ts';
import { SECTION_GROUPS, type Section } from './section.ts';
import { readSectionFile } from './section-file.ts';

const FOLDER = 'sections';

/** The note on approximate columns. `test/trino/percentile-bounds.ts` checks the bounds on Trino. */
export const APPROXIMATION =
  'Percentiles are exact on DuckDB; Athena estimates them by t-digest, within about 5 % of the ranks and 5 % of the value.';

let loaded: readonly Section[] | undefined;

/**
 * All sections of the catalogue, in the order of a report; read once. Throws an Error that names a malformed file.
 */
export function loadSections(): readonly Section[] {
  loaded ??= listSql(FOLDER)
    .map((name) => namedSection(name, readSql(`${FOLDER}/${name}`)))
    .sort(inOrder);
  return loaded;
}

/** The ids of the catalogue's sections, in no order; the sections are not read. */
export function sectionIds(): string[] {
  return listSql(FOLDER).map((name) => name.slice(0, -'.sql'.length));
}

/** The built-in sections and the user's own, in the order of a report. */
export function allSections(own: readonly Section[]): readonly Section[] {
  return own.length === 0 ? loadSections() : [...loadSections(), ...own].sort(inOrder);
}

/** The section that gives the headline figures. Throws if there is none. */
export function headlineSection(): Section {
  const found = loadSections().find(({ headline }) => headline);
  if (!found) throw new Error(`sql/${FOLDER} needs a section with the key headline`);
  return found;
}

function namedSection(name: string, text: string): Section {
  try {
    const [, id] = name.match(/^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.sql$/) ?? [];
    if (!id) throw new Error('the name must be in kebab-case and end in .sql');
    return parseSection(id, text);
  } catch (cause) {
    throw new Error(`sql/${FOLDER}/${name}: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Reads the text of a built-in section file. Measures are replaced by their SQL; settings stay placeholders. Throws an
 * Error that says what is wrong with the file.
 */
export function parseSection(id: string, text: string): Section {
  const { header, sql } = readSectionFile(text);
  return sectionOf(id, checkHeader(header), sql);
}

/** A section from its header and its SELECT. Throws an Error if they do not match. */
export function sectionOf(id: string, header: Header, select: string): Section {
  const sql = withMeasures(select);
  const names = outputColumns(sql);
  const { columns: changes, note, ...rest } = header;
  const columns = describedColumns(names, changes);
  for (const [key, name] of namedColumns(header)) {
    if (!names.includes(name)) throw new Error(`${key} names the column ${name}, which the SELECT does not return`);
  }
  const notes = [note, columns.some(({ approximate }) => approximate) ? APPROXIMATION : undefined];
  const said = notes.filter((one) => one !== undefined).join(' ');
  return { id, ...rest, ...(said && { note: said }), columns, sql };
}

/** Sorts by group, then by order within the group. */
function inOrder(a: Section, b: Section): number {
  const group = SECTION_GROUPS.indexOf(a.group) - SECTION_GROUPS.indexOf(b.group);
  return group || a.order - b.order || (a.id < b.id ? -1 : 1);
}
