import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PostalMime from 'postal-mime';

/** A mail's HTML as a mail program shows it: pictures inlined, in a font that is the same on every machine. */
export async function mailPage(raw: Uint8Array): Promise<string> {
  const { html = '', attachments } = await PostalMime.parse(raw);
  const inlined = attachments.reduce(
    (text, { contentId = '', content, mimeType }) =>
      text.replace(`cid:${contentId.replace(/[<>]/g, '')}`, dataUri(mimeType, new Uint8Array(content as ArrayBuffer))),
    html,
  );
  const inter = createRequire(import.meta.url).resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf');
  const font = `@font-face { font-family: Inter; src: url(${dataUri('font/ttf', readFileSync(inter))}) } * { font-family: Inter !important }`;
  return inlined.replace('</head>', `<style>${font}</style></head>`);
}

function dataUri(type: string, bytes: Uint8Array): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}
