import { describe, expect, test } from '@jest/globals';
import { addressPatterns } from '../../lib/lake/address-patterns.ts';

/** A text without the address, as the patterns remove it: twice, since two addresses may share the character between them. */
function without(address: string, text: string): string {
  return addressPatterns(address)
    .flatMap((pattern) => [pattern, pattern])
    .reduce((rest, pattern) => rest.replace(new RegExp(pattern, 'gi'), '$1[address]$2'), text);
}

describe('an IPv4 address', () => {
  test.each([
    ['192.0.2.7', '[address]'],
    ['192.0.2.7 192.0.2.7,192.0.2.7', '[address] [address],[address]'],
    ['from 192.0.2.7.', 'from [address].'],
    ['192.0.2.7:443', '[address]:443'],
    ['ip=192.0.2.7&x', 'ip=[address]&x'],
    ['line\n192.0.2.7\n', 'line\n[address]\n'],
    ['a192.0.2.7b', 'a[address]b'],
    ['q=%22192.0.2.7%22', 'q=%22[address]%22'],
    ['agent \\x22192.0.2.7\\x22', 'agent \\x22[address]\\x22'],
    ['{"a":"\\u0022192.0.2.7"}', '{"a":"\\u0022[address]"}'],
    ['::ffff:192.0.2.7', '[address]'],
    ['[::FFFF:c000:207]:80', '[[address]]:80'],
    ['0:0:0:0:0:ffff:192.0.2.7', '[address]'],
  ])('is found in %j', (text, expected) => expect(without('192.0.2.7', text)).toBe(expected));

  test.each(['192.0.2.70', '1192.0.2.7', '192.0.2.17', '192.0.217', '192x0.2.7', '192.0.2.6', '192-0-2-7'])(
    'is not found in %s',
    (text) => expect(without('192.0.2.7', text)).toBe(text),
  );

  test('may be named as IPv6 writes it', () => {
    for (const name of ['::ffff:192.0.2.7', '::ffff:c000:207', '0:0:0:0:0:FFFF:192.0.2.7']) {
      expect(addressPatterns(name)).toEqual(addressPatterns('192.0.2.7'));
    }
  });
});

describe('an IPv6 address', () => {
  test.each([
    '2001:db8::7',
    '2001:DB8::7',
    '2001:db8:0:0::7',
    '2001:0db8:0000:0000:0000:0000:0000:0007',
    '2001:db8:0:0:0:0:0:7',
    '2001:db8::0.0.0.7',
    '2001%3Adb8%3a%3A7',
  ])('is found as %s, in text and by whatever name it is given', (spelling) => {
    for (const name of ['2001:db8::7', '2001:0DB8:0:0::0007']) {
      expect(without(name, spelling)).toBe('[address]');
      expect(without(name, `client:${spelling}: denied`)).toBe('client:[address]: denied');
      expect(without(name, `%5B${spelling}%5D`)).toBe('%5B[address]%5D');
      expect(without(name, `[${spelling}]:443 ${spelling} ${spelling}`)).toBe('[[address]]:443 [address] [address]');
    }
  });

  test.each(['2001:db8::17', '2001:db8::7:1', 'a:2001:db8::7', '2001:db8::70', '12001:db8::7', '2001:db8:7::', '::7'])(
    'is not found in %s',
    (text) => expect(without('2001:db8::7', text)).toBe(text),
  );

  test.each([
    ['::1', ['::1', '0:0:0:0:0:0:0:1', '::0.0.0.1'], ['::11', '1::1', '::1:1']],
    ['2001:db8::', ['2001:db8::', '2001:db8:0:0:0:0:0:0'], ['2001:db8::1', '2001:db8:1::']],
    ['2001:db8:0:1:0:0:0:7', ['2001:db8:0:1::7', '2001:db8::1:0:0:0:7'], ['2001:db8::1:7']],
    ['64:ff9b::192.0.2.7', ['64:ff9b::192.0.2.7', '64:ff9b::c000:207'], ['64:ff9b::192.0.2.70', '64:ff9b::c000:2071']],
  ])('%s is found in each of its spellings only', (address, own, others) => {
    for (const text of own) expect([text, without(address, text)]).toEqual([text, '[address]']);
    for (const text of others) expect(without(address, text)).toBe(text);
  });
});

test.each(['', 'example.com', '192.0.2', '192.0.2.256', '192.0.2.0/24', '2001:db8::/32', 'fe80::1%eth0', "192.0.2.7'"])(
  '%j is refused',
  (text) => expect(() => addressPatterns(text)).toThrow('is not an address; write one like 192.0.2.7 or 2001:db8::7'),
);
