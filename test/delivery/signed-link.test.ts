import { createHmac, timingSafeEqual } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { type GenerateMac, signLink, type VerifyMac, verifyLink } from '../../lib/delivery/signed-link.ts';

const mac: GenerateMac = async (message) => createHmac('sha256', 'a key for tests').update(message).digest();
const check: VerifyMac = async (message, given) => {
  const own = await mac(message);
  return own.length === given.length && timingSafeEqual(own, given);
};
const key = 'editions/website/2026-10-01_2026-10-31/report.html';
const token = await signLink(mac, { key, expires: 2000 });

/** A token signed with the right key, but not by signLink. */
async function forge(text: string): Promise<string> {
  const message = Buffer.from(text).toString('base64url');
  return `${message}.${Buffer.from(await mac(Buffer.from(message))).toString('base64url')}`;
}

describe('a link', () => {
  test('is valid until the second it expires', async () => {
    expect(await verifyLink(check, token, 1999.9)).toEqual({ state: 'valid', payload: { key, expires: 2000 } });
    expect(await verifyLink(check, token, 2000)).toEqual({ state: 'expired' });
  });

  test('needs no escaping in a URL', () => {
    expect(token).toMatch(/^[\w.-]+$/);
  });

  test('is invalid if any character differs', async () => {
    for (let index = 0; index < token.length; index++) {
      const other = token[index] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, index) + other + token.slice(index + 1);
      const verdict = await verifyLink(check, changed, 0);
      // Two bits of the last base64url character of a MAC are unused, so that the token may be the same.
      if (index < token.length - 1) expect([index, verdict.state]).toEqual([index, 'invalid']);
    }
  });

  test('is invalid rather than expired if it is forged, so that a forger learns nothing', async () => {
    expect(await verifyLink(check, `${token.slice(0, -5)}AAAAA`, 9999)).toEqual({ state: 'invalid' });
  });

  test.each([
    '',
    '.',
    'a',
    'a.b',
    'a.b.c',
    '../../etc/passwd',
    token.replace('.', ''),
    `${token}.`,
    `/${token}`,
    ` ${token}`,
  ])('%j is not a token', async (text) => {
    expect(await verifyLink(check, text, 0)).toEqual({ state: 'invalid' });
  });

  test('is refused without verification if it is too long', async () => {
    const never: VerifyMac = () => Promise.reject(new Error('asked'));
    expect(await verifyLink(never, `${'a'.repeat(4000)}.b`, 0)).toEqual({ state: 'invalid' });
  });
});

describe('a payload that signLink does not write is invalid, also with a MAC', () => {
  const year = 366 * 86_400;
  test.each([
    '',
    'null',
    'true',
    '7',
    '"editions/website/report.html"',
    '[]',
    '{}',
    '{',
    `{"key":${JSON.stringify(key)}`,
    '\u0000',
    '{"key":null,"expires":2000}',
    '{"key":{},"expires":2000}',
    '{"key":7,"expires":2000}',
    JSON.stringify({ key: [key], expires: 2000 }),
    JSON.stringify({ key: { toString: key }, expires: 2000 }),
    JSON.stringify({ __proto__: { key }, expires: 2000 }),
    `{"__proto__":{"key":${JSON.stringify(key)},"expires":2000}}`,
    JSON.stringify({ expires: 2000 }),
    ...['null', '"2000"', '"never"', '""', 'true', '{}', '[]', '[2000]', '2000.5', '-1', '1e400', '1e300'].map(
      (expires) => `{"key":${JSON.stringify(key)},"expires":${expires}}`,
    ),
    JSON.stringify({ key }),
    JSON.stringify({ key, expires: 1000 + year + 1 }),
    JSON.stringify({ key, expires: Number.MAX_SAFE_INTEGER }),
    JSON.stringify({ key: `${key}\n`, expires: 2000 }),
    JSON.stringify({ key: `editions/${'a'.repeat(3000)}`, expires: 2000 }),
  ])('%j', async (text) => {
    expect(await verifyLink(check, await forge(text), 1000)).toEqual({ state: 'invalid' });
  });

  test('and so is text with characters dropped, doubled and changed', async () => {
    const written = JSON.stringify({ key, expires: 2000 });
    for (let index = 0; index < written.length; index++) {
      for (const other of ['', '\\', '"', '}', '\u0000', '\ud800', '0', written.slice(index, index + 1).repeat(2)]) {
        const text = written.slice(0, index) + other + written.slice(index + 1);
        const verdict = await verifyLink(check, await forge(text), 1000);
        if (verdict.state === 'valid') {
          expect(verdict.payload.key).toMatch(/^editions\/[\w./-]+$/);
          expect(verdict.payload.expires).toBeGreaterThan(1000);
        }
      }
    }
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5])('signLink refuses the time %p', async (expires) => {
    await expect(signLink(mac, { key, expires })).rejects.toThrow('not a time in seconds');
  });
});

describe('only files of editions can be linked', () => {
  test.each([
    'lake/requests/source=website/day=2026-10-01/part-0.parquet',
    'editions/',
    'editions',
    'editions/../lake/x',
    'editions/website/../../lake/x',
    'editions/website/..',
    'editions//x',
    'editions/./x',
    '/editions/x',
    'editions/a"b',
    'editions/a\r\nb',
    'editions/ä',
  ])('not to %j', async (other) => {
    await expect(signLink(mac, { key: other, expires: 2000 })).rejects.toThrow('not a file of an edition');
    expect(await verifyLink(check, await forge(JSON.stringify({ key: other, expires: 2000 })), 0)).toEqual({
      state: 'invalid',
    });
  });
});
