import type { RawRow } from './raw-rows.ts';

/** Texts that a log may have in any column: what parsers of numbers, times, URLs and regular expressions stumble over. */
const HOSTILE_VALUES: readonly (string | null)[] = [
  null,
  '',
  '-',
  ' ',
  '--',
  // Numbers
  ...[
    '0',
    '-0',
    '00',
    '1',
    '-1',
    '+1',
    ' 1',
    '1 ',
    '1.0',
    '200',
    '206',
    '404',
    '503',
    '200.000',
    '199.5',
    '1e3',
    '1E+09',
    '1e-5',
  ],
  ...['9007199254740993', '999999999999999999', '123456789012345678', '1234567890123456789', '99999999999999999999'],
  ...[
    '0.001',
    '0.0005',
    '1.5',
    '.5',
    '5.',
    '12ms',
    '0.012s',
    '1m2.5s',
    '1h2m3.25s',
    '15µs',
    '15μs',
    '7ns',
    '1e3 ms',
    'NaN',
  ],
  ...[
    'nan',
    'Infinity',
    '-inf',
    '0x10',
    '1_000',
    '1d',
    '0.1, 0.2',
    '0.1 : 0.2',
    '-, 0.25',
    '0.1,0.2,0.3,0.4,0.5,0.6',
    '٣',
  ],
  // Times
  ...[
    '06/Oct/2026:00:00:38 +0000',
    '29/Feb/2024:23:59:59 -0930',
    '29/Feb/2023:23:59:59 +0000',
    '31/Feb/2026:00:00:00 +0000',
  ],
  ...[
    '06/Oct/2026:23:59:60 +0000',
    '06/oct/2026:00:00:38 +0000',
    '06/Oct/2026 00:00:38',
    '06/Oct/2026:00:00:38.125 +0130',
  ],
  ...['06/Oct/2026:00:00:38,5', '06/Oct/2026:24:00:00 +0000', '06/Oct/0000:00:00:38 +0000', '06/Oct/2026:00:00:38'],
  ...['2026-10-06T00:00:38Z', '2026-10-06T00:00:38.125Z', '2026-10-06 00:00:38', '2026-10-06T00:00:38.123456+02:00'],
  ...[
    '2026-10-06T00:00:38,123+0530',
    '2026-10-06T23:59:60Z',
    '2024-02-29T12:00:00-08',
    '2023-02-29T12:00:00Z',
    '2026-13-01T00:00:00Z',
  ],
  ...['2026/10/06 00:00:38', '2026-10-06T24:00:00Z', '2026-10-06T00:00:38.1Z', '2026-10-06', '2026-10-06T1:2:3.4567Z'],
  ...[
    'Tue, 06 Oct 2026 00:00:38 GMT',
    'Tue, 06 Oct 2026 00:00:38',
    'Tue, 06 Oct 2026 00:00:38 +0200',
    'Tue Oct  6 00:00:38 2026',
  ],
  ...[
    'Thu Feb 29 00:00:38.123456 2024',
    'Oct  6 00:00:38',
    'Dec 31 23:59:59',
    'Feb 29 12:00:00',
    'Oct  6 2025 00:00:38',
    'Oct  6 00:00:38 2024',
  ],
  ...[
    '1791244838',
    '1791244838.075',
    '1791244838075',
    '1791244838075123',
    '1791244838075123456',
    '9999999999999999999',
    '1791244838.',
  ],
  ...['Tue Oct 06 00:00:38 UTC 2026', '00:00:38', '2026-10-06T00:00:38Z\n'],
  // URLs, escapes and requests
  ...[
    '%',
    '%2',
    '%zz',
    '%20',
    '%2520',
    '%252520',
    'a%20b+c',
    'a+b',
    '%c3%a9',
    '%C3',
    '%ff%fe',
    'a%00b',
    '%25ff',
    '%f0%9f%98%80',
    '%ed%a0%80',
  ],
  ...[
    '/a%3Fb?c=%20d+e?f',
    '/é?ü=1',
    '/?',
    '?',
    'http://example.com/a?b',
    'https://[2001:db8::1]:8443/x%2Fy',
    '://x',
    '//example.com/a',
  ],
  ...[
    'GET / HTTP/1.1',
    'GET /a b c?d=e f HTTP/2.0',
    'GET',
    'get /x',
    'GET  /x HTTP/1.1',
    'GET /x',
    'PRI * HTTP/2.0',
    ' GET / HTTP/1.1',
  ],
  ...[
    'GET http://example.com:80/p%20q?x HTTP/1.1',
    '\\x16\\x03\\x01',
    'OPTIONS * HTTP/1.1',
    'GET /x HTTP/1.1 HTTP/1.0',
    'POST /é😀?q HTTP/1.1',
  ],
  // Addresses and hosts
  ...[
    '192.0.2.1',
    '192.0.2.1:443',
    '2001:db8::1',
    '[2001:db8::1]:443',
    '::ffff:192.0.2.7',
    '[::FFFF:192.0.2.7]:80',
    '10.0.0.1',
    '127.0.0.1, 192.0.2.9',
  ],
  ...[
    'unknown, 198.51.100.7',
    'unix:',
    '192.0.2.1, 10.0.0.1',
    'fd00::1',
    '100.64.0.1',
    '"192.0.2.3", 10.1.2.3',
    '-, -',
    ',',
    '0:0:0:0:0:ffff:203.0.113.9',
  ],
  ...[
    'example.s3.eu-west-1.amazonaws.com',
    's3-website-us-east-1.amazonaws.com',
    'b.s3.dualstack.us-west-2.amazonaws.com',
    'amazonaws.com',
  ],
  ...[
    'b.vpce-1a2b.s3.us-east-1.vpce.amazonaws.com',
    's3.cn-north-1.amazonaws.com.cn',
    'x.amazonaws.com.evil.example',
    'us-east-1',
    'eu-west-1',
  ],
  // Words with a meaning
  ...[
    'REST.GET.OBJECT',
    'REST.PUT.OBJECT',
    'REST.COPY.OBJECT_GET',
    'BATCH.DELETE.OBJECT',
    'S3.EXPIRE.OBJECT',
    'S3.COMPUTE.OBJECT.CHECKSUM',
  ],
  ...[
    'WEBSITE.GET.OBJECT',
    'CONNECTION',
    'HEALTH_CHECK',
    'svc:cloudfront.amazonaws.com',
    'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1',
  ],
  ...[
    'Amazon CloudFront',
    'TLSV1.2',
    'TLS 1.3',
    'Error',
    'LimitExceeded',
    'true',
    'false',
    'False',
    '0',
    '191',
    'error',
    'GET /a',
    'ANY /b',
  ],
  // Texts
  ...[
    'é',
    '😀',
    'a😀b',
    '\ufffd',
    'a\ufffdb%20',
    '"',
    '\\',
    '\\"',
    "'",
    "'; DROP TABLE x",
    '<b>',
    '\t',
    '\u0001',
    '\u2028',
    'a\nb',
    'x\n',
    '\ud7ff\ue000',
  ],
  ...[
    'Mozilla/5.0%20(X11)',
    'Mozilla/5.0%2520(X11)',
    'a'.repeat(300),
    '$&',
    '$1',
    '.*',
    '(',
    '[',
    '%_',
    '_',
    'ſſ',
    'K',
  ],
];

/** Raw rows made from others, with values exchanged, mutated and taken from `HOSTILE_VALUES`; the same ones for a seed. */
export function mutatedRows(rows: readonly RawRow[], names: readonly string[], count: number, seed: number): RawRow[] {
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
  const pick = <T>(from: readonly T[]) => from[random(from.length)] as T;
  const pieces = [...'" -:/.,%+0159TZ?\\[]é😀', 'HTTP/', '%20', '://', ':60', ':59'];
  const mutated = (text: string | null) => {
    const characters = [...(text ?? '')];
    const at = random(characters.length + 1);
    characters.splice(at, random(3), ...(random(2) === 0 ? [] : [pick(pieces)]));
    return characters.join('');
  };
  return Array.from({ length: count }, () => {
    const row = pick(rows);
    const texts = { ...row.texts };
    for (let change = random(4); change >= 0; change--) {
      const name = pick(names);
      const kind = random(4);
      if (kind === 0) texts[name] = mutated(texts[name] ?? null);
      else if (kind === 1) texts[name] = pick(rows).texts[name] ?? null;
      else texts[name] = pick(HOSTILE_VALUES);
    }
    return { texts, line: `line ${random(1e6)} é`, unfit: random(50) === 0 };
  });
}
