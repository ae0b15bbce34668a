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
