import { parse } from 'yaml';
import * as z from 'zod';
import { fillTemplate } from './template.ts';

const templateSchema = z.object({
  template: z.string().regex(/^[a-z][a-z-]*$/),
  parameters: z.record(z.string(), z.coerce.string()).default({}),
});

/** A section file as written: the header, not yet checked, and the SELECT. */
export interface SectionFile {
  header: Readonly<Record<string, unknown>>;
  sql: string;
}

/** The two parts of a section file as text, and the line on which the second part starts, counted from 1. */
export function splitSectionFile(text: string): { yaml: string; sql: string; sql_line: number } {
  const [, yaml, rest] = text.match(/^\/\*\r?\n(.*?)\*\/(.*)$/s) ?? [];
  if (yaml === undefined || rest === undefined) {
    throw new Error('it must start with a block comment that holds its header');
  }
  const sql = rest.trim();
  const before = text.slice(0, text.length - rest.trimStart().length);
  return { yaml, sql, sql_line: before.split('\n').length };
}

/**
 * Reads the text of a section file: a block comment that holds a header in YAML, then one SELECT. A file with the key
 * `template` has only a header, whose keys replace those of the template's header.
 */
export function readSectionFile(text: string): SectionFile {
  const { header, sql } = parsed(text);
  if (!('template' in header)) return { header, sql };
  const { success, data, error } = templateSchema.safeParse(header);
  if (!success) throw new Error(`its header is malformed: ${z.prettifyError(error)}`);
  if (sql !== '') throw new Error('it has a template, so it must not have a SELECT');
  const { template: _template, parameters: _parameters, ...own } = header;
  const filled = parsed(fillTemplate(data.template, data.parameters));
  return { header: { ...filled.header, ...own }, sql: filled.sql };
}

function parsed(text: string): SectionFile {
  const { yaml, sql } = splitSectionFile(text);
  const header: unknown = parse(yaml);
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw new Error('its header must be a mapping of keys, such as title: Methods');
  }
  return { header: header as SectionFile['header'], sql };
}
