import { createHash } from 'node:crypto';

/** What no file name holds on any system, and what a terminal would take for a command. */
const FORBIDDEN = /\p{Cc}|\\/gu;
/** What Windows refuses besides: characters, dots and spaces at the end, names of devices. */
const FORBIDDEN_ON_WINDOWS = /[<>:"|?*]|[. ]$/g;
const DEVICES = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)/i;

const LONGEST_NAME_BYTES = 200;

/**
 * The path of an object's file, relative to the folder, with slashes: its key, with percent signs for what would lead
 * elsewhere or what a file system refuses. Different keys have different paths.
 */
export function filePath(key: string, platform: NodeJS.Platform = process.platform): string {
  return key
    .split('/')
    .map((segment) => fileName(segment, platform))
    .join('/');
}

function fileName(segment: string, platform: NodeJS.Platform): string {
  // An encoded name must not be that of another key.
  const unlike = segment.replace(/%(?=[0-9A-F]{2})/g, '%25');
  const plain = unlike.replace(FORBIDDEN, encoded);
  const name = platform === 'win32' ? plain.replace(FORBIDDEN_ON_WINDOWS, encoded).replace(DEVICES, '%$&') : plain;
  if (name === '' || name === '.' || name === '..') return `%${name}%`;
  return Buffer.byteLength(name) > LONGEST_NAME_BYTES ? shortened(name) : name;
}

function encoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** The start of a name and a hash of the whole; what it ends in says how to read it. */
function shortened(name: string): string {
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
  const start = new TextDecoder().decode(Buffer.from(name).subarray(0, LONGEST_NAME_BYTES - 40)).replace(/\ufffd$/, '');
  return `${start}%${sha256(name)}${ending}`;
}

/** The same path under a name of its own, for where another key's path differs in nothing but case. */
export function distinctPath(path: string): string {
  const [, start = path, ending = ''] = /^(.*?)(\.gz)?$/s.exec(path) ?? [];
  return `${start}%${sha256(path)}${ending}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
