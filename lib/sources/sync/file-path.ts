import { createHash } from 'node:crypto';

/** Characters that no file name may hold on some system, or that a terminal would execute. */
const FORBIDDEN = /\p{Cc}|\\/gu;
/** What Windows refuses too: some characters, dots and spaces at the end, and names of devices. */
const FORBIDDEN_ON_WINDOWS = /[<>:"|?*]|[. ]$/g;
const DEVICES = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)/i;

const LONGEST_NAME_BYTES = 200;

/**
 * The path of an object's file, relative to the folder, with slashes: its key, percent-encoded where it would lead out of
 * the folder or where a file system refuses it. Different keys have different paths.
 */
export function filePath(key: string, platform: NodeJS.Platform = process.platform): string {
  return key
    .split('/')
    .map((segment) => fileName(segment, platform))
    .join('/');
}

function fileName(segment: string, platform: NodeJS.Platform): string {
  // So that an encoded name cannot equal that of another key.
  const unlike = segment.replace(/%(?=[0-9A-F]{2})/g, '%25');
  const plain = unlike.replace(FORBIDDEN, encoded);
  const name = platform === 'win32' ? plain.replace(FORBIDDEN_ON_WINDOWS, encoded).replace(DEVICES, '%$&') : plain;
  if (name === '' || name === '.' || name === '..') return `%${name}%`;
  return Buffer.byteLength(name) > LONGEST_NAME_BYTES ? shortened(name) : name;
}

function encoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** The start of a name, a hash of all of it, and its ending, which says how to read the file. */
function shortened(name: string): string {
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
  const start = new TextDecoder().decode(Buffer.from(name).subarray(0, LONGEST_NAME_BYTES - 40)).replace(/\ufffd$/, '');
  return `${start}%${sha256(name)}${ending}`;
}

/** Another name for a path, for the case that another key's path differs from it only in case. */
export function distinctPath(path: string): string {
  const [, start = path, ending = ''] = /^(.*?)(\.gz)?$/s.exec(path) ?? [];
  return `${start}%${sha256(path)}${ending}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
