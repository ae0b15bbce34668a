import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];
export type Style = (format: Format, text: string) => string;

/** Sets text in bold, dim or a colour of the terminal's own palette; without colour it leaves the text as it is. */
export function styleOf(color: boolean): Style {
  if (!color) return (_format, text) => text;
  return (format, text) => styleText(format, text, { validateStream: false });
}
