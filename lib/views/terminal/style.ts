import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];
export type Style = (format: Format, text: string) => string;

/** Styles text as bold, dim or in a colour of the terminal's palette. Without colour it returns the text unchanged. */
export function styleOf(color: boolean): Style {
  if (!color) return (_format, text) => text;
  return (format, text) => styleText(format, text, { validateStream: false });
}
