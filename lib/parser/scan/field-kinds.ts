import type { Format } from '../../formats/format.ts';

/** Ways to read a field. */
export const TOKEN = 0;
export const ADDRESS_PORT = 1;
export const STATUS = 2;
export const NUMBER = 3;
export const SECONDS = 4;
export const HOST_ID = 5;
export const PRINCIPAL = 6;
export const BRACKETED_TIME = 7;
const HTTP_TIME = 8;
/** Up to the first closing quote with which the rest of the line fits. */
export const QUOTED = 9;
/** Up to the last such quote. */
export const LAST_QUOTED = 10;
/** Without a quote inside. */
export const PLAIN_QUOTED = 11;
/** The same, and without a backslash before the closing quote. */
export const CLOSED_QUOTED = 12;

const KINDS = {
  token: TOKEN,
  address_port: ADDRESS_PORT,
  status: STATUS,
  number: NUMBER,
  seconds: SECONDS,
  host_id: HOST_ID,
  principal: PRINCIPAL,
  bracketed_time: BRACKETED_TIME,
  http_time: HTTP_TIME,
  quoted: QUOTED,
  plain_quoted: PLAIN_QUOTED,
} as const;

/** How each field of a format is read, as `linePattern` has it. */
export function fieldKinds({ fields, trailing_fields }: Format): Uint8Array {
  const last = fields.findLastIndex(({ kind }) => kind === 'quoted');
  return Uint8Array.from(fields, ({ kind }, index) => {
    if (index === last) return LAST_QUOTED;
    return kind === 'plain_quoted' && trailing_fields === 'any' ? CLOSED_QUOTED : KINDS[kind];
  });
}

/** True if all quoted fields are plain: then no other field has a quote. */
export function isPlain({ fields }: Format): boolean {
  return fields.some(({ kind }) => kind === 'plain_quoted') && !fields.some(({ kind }) => kind === 'quoted');
}
