import { readSql } from '../sql/sql-files.ts';

const FOLDER = 'templates';

/**
 * The text of a template with its parameters filled in. A template is a section file with `{{name}}` for each parameter of
 * the section that uses it. Measures and settings stay placeholders. Throws if the template does not exist or does not use
 * one of the parameters.
 */
export function fillTemplate(template: string, parameters: Readonly<Record<string, string>>): string {
  const text = readTemplate(template);
  const unused = Object.keys(parameters).find((name) => !text.includes(`{{${name}}}`));
  if (unused) throw new Error(`the template ${template} has no parameter ${unused}`);
  return text.replaceAll(/\{\{(\w+)\}\}/g, (placeholder, name: string) => parameters[name] ?? placeholder);
}

function readTemplate(template: string): string {
  try {
    return readSql(`${FOLDER}/${template}.sql`);
  } catch (cause) {
    throw new Error(`there is no template ${template} in sql/${FOLDER}`, { cause });
  }
}
