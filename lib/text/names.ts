import { visibleText } from './visible-text.ts';

/** The name of the team or customer that a value of a column stands for; `names` are those of an edition's record. */
export function nameOfValue(
  names: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined,
  column: string,
  value: unknown,
): string | undefined {
  const byValue = names && Object.hasOwn(names, column) ? names[column] : undefined;
  return byValue && typeof value === 'string' && Object.hasOwn(byValue, value) ? byValue[value] : undefined;
}

/** `Web team (192.0.2.7)`: text with the name that it has before it, or as it is when it has none. */
export function withName(name: string | undefined, text: string): string {
  return name === undefined ? text : `${visibleText(name)} (${text})`;
}
