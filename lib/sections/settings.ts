/** The numbers that SQL may use as `{{name}}`, such as milliseconds. */
export const SETTING_NAMES = ['slow_ms'] as const;

export type SectionSettings = Readonly<Record<(typeof SETTING_NAMES)[number], number>>;

/** Replaces settings in SQL by their numbers. Throws on other placeholders, and on a setting that is not a number from 0. */
export function withSettings(sql: string, settings: SectionSettings): string {
  return sql.replace(/\{\{(.*?)\}\}/g, (placeholder, text: string) => {
    const name = SETTING_NAMES.find((known) => known === text);
    if (!name) throw new Error(`${placeholder} is not a measure, nor one of ${SETTING_NAMES.join(', ')}`);
    return doubleLiteral(name, settings[name]);
  });
}

/**
 * A number in E notation, which is a double in Athena, Trino and DuckDB; `0.5` is a decimal in some of them. Throws an
 * Error with `name` if it is not a number from 0.
 */
export function doubleLiteral(name: string, value: number): string {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new Error(`the setting ${name} must be a number from 0, not ${value}`);
  }
  return value.toExponential().replace('e+', 'E').replace('e', 'E');
}
