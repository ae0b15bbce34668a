/** A valid line of an S3 log. */
export const GOOD_LINE =
  '79a5 example-website [06/Oct/2026:00:00:38 +0000] 192.0.2.3 79a5 3E57427F3EXAMPLE REST.GET.OBJECT a.txt "GET /a.txt HTTP/1.1" 200 - 113 113 7 6 "-" "curl/8.4.0" - HOST= SigV4 ECDHE AuthHeader example.com TLSv1.2 - -';
const changed = (from: string, to: string) => GOOD_LINE.replace(from, () => to);

/** The same with what clients can write into it, and with what makes it invalid. */
export const HOSTILE_LINES: readonly string[] = [
  GOOD_LINE,
  changed('"GET /a.txt HTTP/1.1"', '"GET /" HTTP/1.1"'),
  changed('"GET /a.txt HTTP/1.1"', '-'),
  changed('"GET /a.txt HTTP/1.1"', '"-"'),
  changed('"GET /a.txt HTTP/1.1"', '"GET /x" 404 - 1 1 1 1 "evil" "evil" - HTTP/1.1"'),
  changed('"curl/8.4.0"', '"curl/8.4.0""'),
  changed('"curl/8.4.0"', '""'),
  changed('"curl/8.4.0"', '"a" "b" "c"'),
  changed('"curl/8.4.0"', '"a\u2028b\tc\u0001😀"'),
  changed('"-" "curl', '"https://example.com/"q"" "curl'),
  changed('HOST=', 'AIDAEXAMPLE HOST='),
  changed('HOST=', 'AIDAEXAMPLE HOST'),
  changed('HOST=', '-'),
  changed('192.0.2.3', '2001:db8::1'),
  changed('+0000', '-0500'),
  changed('+0000]', '+0000]]'),
  changed('06/Oct', '31/Feb'),
  changed('06/Oct', '06/oct'),
  changed('00:00:38', '24:00:00'),
  changed(' 113 113 ', ' 1131131131131131131 113 '),
  changed(' 200 ', ' 2000 '),
  changed('a.txt "', 'a"b.txt "'),
  `${GOOD_LINE} us-east-1`,
  `${GOOD_LINE} us-east-1 "more" to come`,
  GOOD_LINE.replace(/ - HOST=.*/, ''),
  GOOD_LINE.replace(/ HOST=.*/, ''),
  ` ${GOOD_LINE}`,
  `${GOOD_LINE} `,
  changed(' 79a5 3E5', '  3E5'),
  '"""""" """" """"""',
  '      ',
  '-',
  'o b [06/Oct/2026:02:03:04 +0000] - AmazonS3 ID S3.EXPIRE.OBJECT k%20 - - - - 5 - - - - - H=',
  'o b [06/Oct/2026:02:03:04 +0000] - AmazonS3 ID BATCH.DELETE.OBJECT k "-" 204 - - - - - "-" "-" -',
];

/** The same with requesters of several words, and with text that only looks like one. */
export const PRINCIPAL_LINES: readonly string[] = [
  changed(' 79a5 3E5', ' arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E3EXAMPLEOAI 3E5'),
  changed(' 79a5 3E5', ' arn:aws:sts::111122223333:assumed-role/a b 3E5').replace('"GET /a.txt HTTP/1.1"', '-'),
  changed(' 79a5 3E5', ' arn:a b c d e f g h i j 3E5'),
  changed(' 79a5 3E5', ' arn:a  b 3E5'),
  changed(' 79a5 3E5', ' arn:a "b" 3E5'),
  changed(' 79a5 3E5', ' 79a5 b 3E5'),
];

/** `count` lines made from others with characters dropped, doubled, swapped and moved; the same ones in each run. */
export function mutatedLines(good: readonly string[], count: number): string[] {
  let state = 7;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
  const alphabet = [...'" -[]=0A\t%\\\u2028😀'];
  return Array.from({ length: count }, () => {
    const characters = [...(good[random(good.length)] ?? '')];
    for (let change = 0; change <= random(4); change++) {
      const at = random(characters.length + 1);
      const other = random(characters.length + 1);
      const character = alphabet[random(alphabet.length)] ?? '';
      const kind = random(4);
      if (kind === 0) characters.splice(at, 1);
      else if (kind === 1) characters.splice(at, 0, character);
      else if (kind === 2) characters.splice(at, 1, character);
      else characters.splice(at, 0, ...characters.slice(other, other + random(20)));
    }
    return characters.join('');
  });
}
