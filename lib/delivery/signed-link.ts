/** What a link allows: downloading one object until it expires. */
export interface LinkPayload {
  /** Key of an object of an edition, such as `editions/website/2026-10-01_2026-10-31/report.html`. */
  key: string;
  /** In seconds since 1970. */
  expires: number;
}

/** Computes the message authentication code (MAC) of a message. The key stays with the service that has it, such as KMS. */
export type GenerateMac = (message: Uint8Array) => Promise<Uint8Array>;
/** True if `mac` is the MAC of the message. */
export type VerifyMac = (message: Uint8Array, mac: Uint8Array) => Promise<boolean>;

export type VerifiedLink = { state: 'valid'; payload: LinkPayload } | { state: 'invalid' } | { state: 'expired' };

/** Longer than any signed token: an S3 key has at most 1,024 bytes. */
const MAX_TOKEN_CHARACTERS = 2048;

/** Keys of files of editions: no `..`, no empty folder, no character with a meaning in headers, paths or URLs. */
const EDITION_KEY = /^editions(\/(?!\.{1,2}(\/|$))[\w.-]+)+$/;

/** `mail.link_days` is at most a year, so nothing here signs a link that works longer. */
const LONGEST_LINK_SECONDS = 366 * 86_400;

/**
 * The token of a link: the payload as base64url of JSON, a dot, and the base64url of its MAC. Throws an Error if the key
 * does not name a file of an edition, or if the time is invalid.
 */
export async function signLink(mac: GenerateMac, payload: LinkPayload): Promise<string> {
  if (!EDITION_KEY.test(payload.key))
    throw new Error(`no link to ${JSON.stringify(payload.key)}: not a file of an edition`);
  if (!isTime(payload.expires)) throw new Error(`no link until ${payload.expires}: not a time in seconds`);
  const message = Buffer.from(JSON.stringify({ key: payload.key, expires: payload.expires })).toString('base64url');
  return `${message}.${Buffer.from(await mac(Buffer.from(message))).toString('base64url')}`;
}

/**
 * Verifies a token that may come from anyone. The payload is parsed only after its MAC has been verified, and is not trusted
 * even then: malformed tokens, and payloads that signLink does not write, are invalid. `now` is in seconds since 1970.
 */
export async function verifyLink(verify: VerifyMac, token: string, now: number): Promise<VerifiedLink> {
  const [, message, mac] = (token.length <= MAX_TOKEN_CHARACTERS && token.match(/^([\w-]+)\.([\w-]+)$/)) || [];
  if (!message || !mac || !(await verify(Buffer.from(message), Buffer.from(mac, 'base64url')))) {
    return { state: 'invalid' };
  }
  const payload = payloadOf(message);
  if (!payload || payload.expires > now + LONGEST_LINK_SECONDS) return { state: 'invalid' };
  return payload.expires <= now ? { state: 'expired' } : { state: 'valid', payload };
}

/** The payload of a message; undefined if it does not name a file of an edition and a time. */
function payloadOf(message: string): LinkPayload | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(message, 'base64url').toString());
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { key, expires } = parsed as Partial<Record<keyof LinkPayload, unknown>>;
  if (typeof key !== 'string' || !EDITION_KEY.test(key) || !isTime(expires)) return undefined;
  return { key, expires };
}

/** True for whole seconds since 1970. */
function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
