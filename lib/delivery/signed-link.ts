/** What a link lets its bearer do: fetch one object until a moment. */
export interface LinkPayload {
  /** Key of an object of an edition, such as `editions/website/2026-10-01_2026-10-31/report.html`. */
  key: string;
  /** Seconds since 1970. */
  expires: number;
}

/** Authenticates a message with a key that never leaves its keeper. */
export type Mac = (message: Uint8Array) => Promise<Uint8Array>;
/** True when `mac` is the message's own. */
export type MacCheck = (message: Uint8Array, mac: Uint8Array) => Promise<boolean>;

export type LinkVerdict = { state: 'valid'; payload: LinkPayload } | { state: 'tampered' } | { state: 'expired' };

/** Longer than any token that was ever signed: an S3 key is at most 1,024 bytes. */
const MAX_TOKEN_CHARACTERS = 2048;

/** Objects of editions, in plain characters: no `..`, no empty folder, nothing that could leave a header or a path. */
const EDITION_KEY = /^editions(\/(?!\.{1,2}(\/|$))[\w.-]+)+$/;

/** The token of a link: the payload as base64url of JSON, a dot, and the base64url of its MAC. */
export async function signLink(mac: Mac, payload: LinkPayload): Promise<string> {
  if (!EDITION_KEY.test(payload.key))
    throw new Error(`no link to ${JSON.stringify(payload.key)}: not a file of an edition`);
  const message = Buffer.from(JSON.stringify({ key: payload.key, expires: payload.expires })).toString('base64url');
  return `${message}.${Buffer.from(await mac(Buffer.from(message))).toString('base64url')}`;
}

/**
 * Judges a token from anywhere. What it says is read only after its MAC has proved to be ours; a token that is no
 * token at all counts as tampered. `now` is in seconds since 1970.
 */
export async function verifyLink(check: MacCheck, token: string, now: number): Promise<LinkVerdict> {
  const [, message, mac] = (token.length <= MAX_TOKEN_CHARACTERS && token.match(/^([\w-]+)\.([\w-]+)$/)) || [];
  if (!message || !mac || !(await check(Buffer.from(message), Buffer.from(mac, 'base64url')))) {
    return { state: 'tampered' };
  }
  const payload: LinkPayload = JSON.parse(Buffer.from(message, 'base64url').toString());
  if (!EDITION_KEY.test(payload.key)) return { state: 'tampered' };
  return payload.expires <= now ? { state: 'expired' } : { state: 'valid', payload };
}
