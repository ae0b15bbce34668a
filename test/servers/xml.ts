/** Text as the content of an element. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r\n]/g, (character) => `&#${character.codePointAt(0)};`);
}

/** The texts of all elements with a name, in order. */
export function textsOf(text: string, element: string): string[] {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  const decode = (one: string) =>
    one.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (all, hex, decimal, name) => {
      if (name) return named[name] ?? all;
      return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal));
    });
  return [...text.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'gs'))].map(([, one = '']) => decode(one));
}
