import { describe, expect, test } from '@jest/globals';
import { type Owned, ownerResolver } from '../../lib/owners/resolver.ts';

function owned(parts: Partial<Owned>): Owned {
  return { requesters: [], accounts: [], addresses: [], prefixes: [], ...parts };
}

describe('a requester', () => {
  const resolver = ownerResolver({
    Platform: owned({ requesters: ['arn:aws:iam::111122223333:role/etl-*', 'arn:aws:iam::111122223333:user/maria'] }),
    Ingest: owned({ requesters: ['arn:aws:iam::111122223333:role/service/etl-ingest'] }),
    Partner: owned({ accounts: ['444455556666'] }),
    Shop: owned({
      requesters: [
        'arn:aws:sts::444455556666:assumed-role/shop-*/web-*-eu',
        '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be',
      ],
    }),
  });

  test.each([
    ['arn:aws:iam::111122223333:user/maria', 'Platform'],
    ['arn:aws:iam::111122223333:user/maria2', undefined],
    ['arn:aws:sts::111122223333:assumed-role/etl-nightly/i-0abc', 'Platform'],
    ['arn:aws:sts::111122223333:assumed-role/etl-ingest/i-0abc', 'Ingest'],
    ['arn:aws:iam::111122223333:role/etl-x', 'Platform'],
    ['arn:aws:iam::444455556666:user/anybody', 'Partner'],
    ['arn:aws:sts::444455556666:assumed-role/shop-1/web-2-eu', 'Shop'],
    ['arn:aws:sts::444455556666:assumed-role/shop-1/web-2-us', 'Partner'],
    ['arn:aws:s3:::bucket-of-444455556666', undefined],
    ['79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be', 'Shop'],
    ['', undefined],
  ])('%s belongs to %s', (requester, owner) => {
    expect(resolver.requester(requester)).toBe(owner);
  });

  test('a pattern full of stars is fast on a hostile text', () => {
    const slow = ownerResolver({ Slow: owned({ requesters: [`${'a*'.repeat(30)}b`] }) });
    const started = performance.now();
    expect(slow.requester('a'.repeat(100_000))).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(200);
  });

  test('parts of a pattern do not overlap', () => {
    const resolver = ownerResolver({ One: owned({ requesters: ['ab*ba', 'x*y*y'] }) });
    expect(['aba', 'abba', 'xy', 'xyy'].map(resolver.requester)).toEqual([undefined, 'One', undefined, 'One']);
  });
});

describe('an address', () => {
  const resolver = ownerResolver({
    Office: owned({ addresses: ['192.0.2.0/24', '2001:db8::/32'] }),
    Desk: owned({ addresses: ['192.0.2.7', '2001:db8:1::/48'] }),
    Half: owned({ addresses: ['198.51.100.0/25'] }),
  });

  test.each([
    ['192.0.2.7', 'Desk'],
    ['192.0.2.8', 'Office'],
    ['192.0.3.1', undefined],
    ['::ffff:192.0.2.8', 'Office'],
    ['2001:db8::1', 'Office'],
    ['2001:DB8:0001:0:0:0:0:9', 'Desk'],
    ['2001:db9::1', undefined],
    ['192.0.2.0/24', 'Office'],
    ['2001:db8:1::/48', 'Desk'],
    ['2001:db8:2::/48', 'Office'],
    // Only half of this network belongs to Half.
    ['198.51.100.0/24', undefined],
    ['198.51.100.1', 'Half'],
    ['unknown', undefined],
    ['', undefined],
  ])('%s belongs to %s', (address, owner) => {
    expect(resolver.address(address)).toBe(owner);
  });
});

test('a folder belongs to the longest prefix', () => {
  const resolver = ownerResolver({
    Data: owned({ prefixes: ['data/'] }),
    Acme: owned({ prefixes: ['data/customers/acme/'] }),
  });
  expect(
    ['data/', 'data/x/', 'data/customers/acme/2026/', 'data/customers/acmeville/', 'database/'].map(resolver.folder),
  ).toEqual(['Data', 'Data', 'Acme', 'Data', undefined]);
});
