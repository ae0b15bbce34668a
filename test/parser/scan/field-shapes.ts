import type { FieldKind, TrailingFields } from '../../../lib/formats/format.ts';
import type { Random } from '../../oracle/random.ts';

/** How a field of each kind may be written, the usual ways first. */
const WRITTEN: Record<FieldKind, readonly string[]> = {
  token: ['-', 'a', 'b.txt', 'long-enough-for-some-words', '', 'é!', 'a"b', '"'],
  principal: [
    ...['-', 'a', 'arn:aws:iam::111122223333:user/a', 'arn:aws:iam::cloudfront:user/a b c', '', 'a b', 'arn:a "b'],
    ...['arn:a  b', 'arn: a b c d e f g h', 'arn:a b c d e f g h i j'],
  ],
  bracketed_time: ['[06/Oct/2026:00:00:38 +0000]', '[31/Feb/2026:23:59:59 -0130]', '[06/Oct/2026:24:00:00 +0000]'],
  quoted: ['-', '""', '"GET / HTTP/1.1"', '"a "b" c"', '"a" b"', '"-"', '" "', '"é 😀"'],
  plain_quoted: ['""', '"GET / HTTP/1.1"', '"a\\"', '"a\\" b"', '-', '" "'],
  status: ['-', '200', '20', '2xx'],
  number: ['-', '113', '123456789012345678', '1234567890123456789', '', '1.5'],
  seconds: ['-', '0.125', '1', '.5', '1.', '0.1234567890'],
  host_id: ['HOST=', 'AIDAEXAMPLE HOST=', '-', '', 'a "=', 'HOST'],
  address_port: ['192.0.2.3:443', '2001:db8::1', '192.0.2.3', ':1', '1:2:', '-'],
  http_time: ['Tue, 06 Oct 2026 00:00:38 GMT', 'Tue, 06 Oct 2026 ::::::: GMT', 'Tue, 06 Oct 2026 00:00:38 UTC'],
};

const MORE = ['', 'more', 'a "b"', '"c"', '"', 'x=', '- -'];

/** A line's kinds of fields, and how many leading fields every line has. */
export interface FieldShape {
  kinds: readonly FieldKind[];
  required: number;
  trailing_fields?: TrailingFields;
}

export const FIELD_SHAPES: readonly FieldShape[] = [
  { kinds: ['token', 'address_port', 'status', 'number'], required: 4 },
  { kinds: ['token', 'number', 'token', 'token'], required: 2 },
  { kinds: ['token', 'number', 'token', 'token'], required: 4, trailing_fields: 'any' },
  { kinds: ['bracketed_time', 'token', 'http_time', 'token'], required: 4 },
  { kinds: ['token'], required: 1 },
  { kinds: ['token'], required: 1, trailing_fields: 'none' },
  { kinds: ['plain_quoted', 'token', 'status'], required: 3 },
  { kinds: ['plain_quoted', 'number', 'token'], required: 3, trailing_fields: 'any' },
  { kinds: ['plain_quoted', 'plain_quoted', 'token', 'plain_quoted'], required: 4, trailing_fields: 'any' },
  { kinds: ['plain_quoted'], required: 1, trailing_fields: 'none' },
  { kinds: ['token', 'plain_quoted', 'number'], required: 2, trailing_fields: 'none' },
  { kinds: ['token', 'plain_quoted', 'seconds', 'host_id', 'status'], required: 2 },
  { kinds: ['token', 'bracketed_time', 'number', 'seconds'], required: 1 },
  { kinds: ['token', 'seconds', 'http_time'], required: 2, trailing_fields: 'none' },
  { kinds: ['token', 'quoted', 'number'], required: 2, trailing_fields: 'none' },
  { kinds: ['http_time', 'plain_quoted', 'bracketed_time'], required: 3 },
  { kinds: ['principal', 'plain_quoted', 'token'], required: 3 },
  { kinds: ['bracketed_time', 'principal', 'number', 'token', 'plain_quoted', 'number'], required: 6 },
  { kinds: ['token', 'principal', 'status', 'plain_quoted', 'number', 'plain_quoted'], required: 6 },
  { kinds: ['principal', 'quoted', 'principal', 'token', 'quoted'], required: 5, trailing_fields: 'none' },
  { kinds: ['quoted'], required: 1 },
  { kinds: ['quoted', 'token', 'number'], required: 3 },
  { kinds: ['quoted', 'quoted'], required: 2, trailing_fields: 'any' },
  { kinds: ['token', 'quoted', 'quoted', 'status', 'host_id', 'token'], required: 4 },
  { kinds: ['quoted', 'plain_quoted', 'token'], required: 2 },
  { kinds: ['plain_quoted', 'quoted', 'host_id', 'host_id', 'token'], required: 2 },
  { kinds: ['quoted', 'bracketed_time', 'address_port', 'http_time'], required: 3 },
];

/** Lines of a shape, and some that have the shape nearly. */
export function linesOfShape({ kinds, required }: FieldShape, count: number, random: Random): string[] {
  return Array.from({ length: count }, () => {
    const present = kinds.slice(0, required + random.below(kinds.length - required + 1));
    const isUsual = random.below(2) === 0;
    const written = present.map((kind) => random.pick(isUsual ? WRITTEN[kind].slice(0, 2) : WRITTEN[kind]));
    return [...written, ...(random.below(4) === 0 ? [random.pick(MORE)] : [])].join(' ');
  });
}
