import { visibleText } from '../text/visible-text.ts';

const MARKUP = Symbol('markup');

/** Markup made by `html` or `trusted`. No value read from a log or a config can have this type at run time either. */
export interface Html {
  readonly [MARKUP]: string;
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for markup, between tags and in quoted attributes; invisible characters are spelt out first. */
export function escapeHtml(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Template tag for markup: escapes every value that is not markup itself. Null, undefined and false add nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { [MARKUP]: strings.map((text, index) => text + (index < parts.length ? render(parts[index]) : '')).join('') };
}

/** Marks text as markup. Only for text written in this repository, such as the style sheet; never for text from a log or a config. */
export function trusted(text: string): Html {
  return { [MARKUP]: text };
}

/** The text of finished markup. */
export function markupOf(html: Html): string {
  return html[MARKUP];
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return isList(part) ? part.map(render).join('') : part[MARKUP];
}

function isList(part: Html | readonly Part[]): part is readonly Part[] {
  return Array.isArray(part);
}
