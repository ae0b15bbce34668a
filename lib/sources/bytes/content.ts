/** How many bytes of the start show what a file holds. */
export const START_BYTES = 4096;

export type Encoding = 'plain' | 'gzip' | 'zstd' | 'utf-16le' | 'utf-16be';

/** How bytes are to be read, or why not: a predicate with the way out. */
export type Content = { encoding: Encoding } | { refusal: string };

const UTF_32BE = [0, 0, 0xfe, 0xff];

/** What other files begin with: the offset of their magic number, the number, and what to do. */
const REFUSED: readonly [offset: number, magic: string | readonly number[], refusal: string][] = [
  [0, 'BZh', 'is compressed with bzip2; unpack it with bunzip2'],
  [0, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], 'is compressed with xz; unpack it with unxz'],
  [0, [0x04, 0x22, 0x4d, 0x18], 'is compressed with lz4; unpack it with unlz4'],
  [0, [0x1f, 0x9d], 'is compressed with compress; unpack it with uncompress'],
  [0, 'LZIP', 'is compressed with lzip; unpack it with lzip -d'],
  [0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], 'is a 7z archive; unpack it with 7z x'],
  [0, 'Rar!\x1a\x07', 'is a rar archive; unpack it with unrar x'],
  [0, 'PK\x03\x04', 'is a zip archive; unpack it with unzip'],
  [0, 'PK\x05\x06', 'is a zip archive without files'],
  [257, 'ustar', 'is a tar archive; unpack it with tar -xf'],
  [0, 'PAR1', 'is a Parquet file, not a log'],
  [0, 'LPKSHHRH', 'is a systemd journal; write it as text with journalctl --file'],
  [0, 'ElfFile\0', 'is a Windows event log; export it as text'],
  [0, [0xff, 0xfe, 0, 0], 'is UTF-32; write it as UTF-8 with iconv -f UTF-32 -t UTF-8'],
  [0, UTF_32BE, 'is UTF-32; write it as UTF-8 with iconv -f UTF-32 -t UTF-8'],
];

const GZIP = [0x1f, 0x8b, 0x08];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];
const UTF_16LE = [0xff, 0xfe];
const UTF_16BE = [0xfe, 0xff];

const NULS = Buffer.alloc(64 * 1024);

/** The share of control bytes from which a file is binary. Bytes at random have 11 %, a log has a few of them. */
const BINARY_SHARE = 0.1;

/** What a file contains, judged by its first `START_BYTES` and not by its name. NULs before them are ignored. */
export function contentOf(bytes: Buffer): Content {
  const nuls = begins(bytes, UTF_32BE) ? 0 : afterNuls(bytes, 0);
  // One NUL may be the first half of a character in UTF-16.
  const start = nuls > 1 ? bytes.subarray(nuls) : bytes;
  if (begins(start, GZIP)) return { encoding: 'gzip' };
  if (begins(start, ZSTD) || isSkippableFrame(start)) return { encoding: 'zstd' };
  const refused = REFUSED.find(([offset, magic]) => begins(start, magic, offset));
  if (refused) return { refusal: refused[2] };
  if (begins(start, UTF_16LE)) return { encoding: 'utf-16le' };
  if (begins(start, UTF_16BE)) return { encoding: 'utf-16be' };
  return wideText(start) ?? (isBinary(start) ? { refusal: 'is binary, not a log' } : { encoding: 'plain' });
}

/** True if there is no byte but NUL, of which a truncated or interrupted log may begin with any number. */
export function isNul(bytes: Buffer): boolean {
  if (bytes.length > 0 && bytes[0] !== 0) return false;
  for (let at = 0; at < bytes.length; at += NULS.length) {
    const part = bytes.subarray(at, at + NULS.length);
    if (!part.equals(NULS.subarray(0, part.length))) return false;
  }
  return true;
}

/** The position after a run of NULs. */
export function afterNuls(bytes: Buffer, start: number): number {
  let at = start;
  while (bytes[at] === 0) at++;
  return at;
}

function begins(start: Buffer, magic: string | readonly number[], offset = 0): boolean {
  const bytes = Buffer.from(magic as string, 'latin1');
  return start.subarray(offset, offset + bytes.length).equals(bytes);
}

/** Zstandard's frames for other data than content, RFC 8878, 3.1.2. */
function isSkippableFrame(start: Buffer): boolean {
  return start.length >= 4 && (start.readUInt32LE(0) & 0xfffffff0) >>> 0 === 0x184d2a50;
}

/** UTF-16 without a byte order mark: in text that is mostly ASCII, every second byte is NUL. */
function wideText(start: Buffer): Content | undefined {
  if (start.length < 4 || !start.includes(0)) return undefined;
  const halves = [0, 1].map((half) => start.filter((_, at) => at % 2 === half));
  const [even = 0, odd = 0] = halves.map((half) => half.filter((byte) => byte === 0).length / half.length);
  const [text, encoding] = odd > even ? ([halves[0], 'utf-16le'] as const) : ([halves[1], 'utf-16be'] as const);
  const isWide = Math.max(odd, even) > 0.6 && Math.min(odd, even) < 0.05;
  return isWide && text && !isBinary(text) ? { encoding } : undefined;
}

/** Whether many bytes are no text. A run of NULs counts as one: a log may have a long one, a binary file has many. */
function isBinary(start: Uint8Array): boolean {
  let control = 0;
  let others = 0;
  let previous = 1;
  for (const byte of start) {
    if (byte === 0) control += previous === 0 ? 0 : 1;
    else if (isControl(byte)) control++;
    else others++;
    previous = byte;
  }
  return control > (control + others) * BINARY_SHARE;
}

/** Control characters except tab, line feed, form feed, carriage return and escape, which text has. */
function isControl(byte: number): boolean {
  return (
    byte === 0x7f ||
    (byte < 0x20 && !(byte === 0x09 || byte === 0x0a || (byte >= 0x0c && byte <= 0x0d) || byte === 0x1b))
  );
}
