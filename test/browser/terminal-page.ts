/** Colours of a light terminal, by the numbers that SGR gives them (ECMA-48, 8.3.117). */
const STYLES: Record<string, string> = {
  '1': 'font-weight:700',
  '2': 'color:#69747b',
  '31': 'color:#b3372b',
  '32': 'color:#24724a',
  '33': 'color:#a8650b',
  '36': 'color:#14857a',
};

/** Text with terminal colours as an HTML page that looks like a terminal. */
export function terminalPage(text: string): string {
  const spans = text
    .replace(/[&<]/g, (character) => (character === '&' ? '&amp;' : '&lt;'))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins a style
    .replace(/\x1b\[(\d+)m/g, (_, code: string) => (STYLES[code] ? `<span style="${STYLES[code]}">` : '</span>'));
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 20px 24px; background: #fbfcfb; color: #1b2024; width: max-content }
pre { margin: 0; font: 13px/1.35 'DejaVu Sans Mono', Menlo, Consolas, monospace }
</style><pre>${spans.trim()}</pre>`;
}
