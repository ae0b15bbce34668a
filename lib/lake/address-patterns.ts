import { isIPv4, isIPv6 } from 'node:net';

/** A character as logs and URLs escape it. Its last digits are not part of an address that follows. */
const ESCAPED = '(?:%|\\\\x)[0-9a-f]{2}|\\\\u[0-9a-f]{4}';
const COLON = '(?::|%3a)';

/**
 * Regular expressions that find a client's address in text in all its spellings, but not longer addresses that contain it.
 * Use them in this order, ignoring case. The first group is the character before the address, the second what follows it.
 * Throws a RangeError unless the text is one IPv4 or IPv6 address.
 */
export function addressPatterns(address: string): string[] {
  if (isIPv4(address)) return ipv4Patterns(address);
  if (!isIPv6(address) || address.includes('%')) {
    throw new RangeError(`${address} is not an address; write one like 192.0.2.7 or 2001:db8::7`);
  }
  const groups = ipv6Groups(address);
  const mapped = groups.slice(0, 6).join() === '0,0,0,0,0,65535';
  return mapped ? ipv4Patterns(dottedQuad(groups)) : [ipv6Pattern(groups)];
}

/** An IPv4 address by itself, and as part of an IPv6 one: `::ffff:192.0.2.7`. */
function ipv4Patterns(address: string): string[] {
  return [
    ipv6Pattern(ipv6Groups(`::ffff:${address}`)),
    `(^|[^0-9]|${ESCAPED})${address.replaceAll('.', '\\.')}($|[^0-9])`,
  ];
}

/** A colon may come before or after an address, as in `client:2001:db8::7: denied`, unless a digit is on its other side. */
function ipv6Pattern(groups: readonly number[]): string {
  const before = `(^|[^0-9a-f:]|(?:^|[^0-9a-f:]):|${ESCAPED})`;
  const after = '($|[^0-9a-f:]|:(?:$|[^0-9a-f:]))';
  return `${before}(?:${ipv6Spellings(groups).join('|')})${after}`;
}

/** All spellings of an IPv6 address (RFC 4291, section 2.2): leading zeros, any run of zeros as `::`, IPv4 at its end. */
function ipv6Spellings(groups: readonly number[]): string[] {
  const hexadecimal = groups.map((group) => `0{0,3}${group.toString(16)}`);
  const dotted = [...hexadecimal.slice(0, 6), dottedQuad(groups).replaceAll('.', '\\.')];
  return [hexadecimal, dotted].flatMap((parts) => {
    const isZero = (index: number) => groups[index] === 0 && !parts[index]?.includes('\\.');
    const shortened = parts.flatMap((_part, start) => {
      const spellings: string[] = [];
      for (let end = start; end < parts.length && isZero(end); end++) {
        spellings.push(`${parts.slice(0, start).join(COLON)}${COLON}${COLON}${parts.slice(end + 1).join(COLON)}`);
      }
      return spellings;
    });
    return [parts.join(COLON), ...shortened];
  });
}

function ipv6Groups(address: string): number[] {
  const plain = address.replace(/\d+\.\d+\.\d+\.\d+$/, (quad) => {
    const [a = 0, b = 0, c = 0, d = 0] = quad.split('.').map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head = '', tail] = plain.split('::');
  const numbers = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [first, last] = [numbers(head), numbers(tail ?? '')];
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
}

/** The last 32 bits of an IPv6 address in the notation of IPv4. */
function dottedQuad(groups: readonly number[]): string {
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}
