import { visibleText } from './visible-text.ts';

/** The owner (team or customer) of a value in a column; `owners` as in `edition.json`, by column and value. */
export function ownerOf(
  owners: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined,
  column: string,
  value: unknown,
): string | undefined {
  const byValue = owners && Object.hasOwn(owners, column) ? owners[column] : undefined;
  return byValue && typeof value === 'string' && Object.hasOwn(byValue, value) ? byValue[value] : undefined;
}

/** `Web team (192.0.2.7)`: text with its owner in front, or unchanged if it has none. */
export function withOwner(owner: string | undefined, text: string): string {
  return owner === undefined ? text : `${visibleText(owner)} (${text})`;
}
