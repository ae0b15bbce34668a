import { readSql } from '../sql/sql-files.ts';

const FOLDER = 'templates';

/**
 * The text of a template, a section file in which `{{name}}` stands for the parameters of the section that uses it. Other
 * placeholders stay: measures and settings. Throws if the template does not exist or does not name a parameter.
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
