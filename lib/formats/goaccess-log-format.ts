import { type LogField, type LogPart, SHAPES } from './log-field.ts';

export const GOACCESS_TIMES = '%d and %t, or %x';

/** How the times of a GoAccess format are written, as its options --date-format and --time-format say. */
export interface GoaccessTimes {
  date_format?: string | undefined;
  time_format?: string | undefined;
}

/** Specifiers of GoAccess ("Custom Log/Date Format"). */
const SPECIFIERS: Readonly<Record<string, LogField>> = {
  v: { column: 'host' },
  e: { column: 'requester' },
  h: { column: 'client_ip' },
  r: { column: 'request' },
  m: { column: 'method' },
  U: { column: 'url' },
  q: { column: 'query' },
  H: { column: 'protocol' },
  s: { column: 'status', shape: SHAPES.status },
  b: { column: 'bytes_sent', shape: SHAPES.number },
  R: { column: 'referrer' },
  u: { column: 'user_agent' },
  D: { column: 'duration_us', shape: SHAPES.number },
  T: { column: 'duration_s', shape: SHAPES.seconds },
  L: { column: 'duration_ms', shape: SHAPES.seconds },
  n: { column: 'duration_ns', shape: SHAPES.number },
  C: { column: 'cache_status' },
  K: { column: 'tls_version' },
  k: { column: 'tls_cipher' },
  M: {},
  '^': {},
  '~': { shape: ' *' },
};

/** True for a format of GoAccess; Apache has these specifiers only after an argument, as in %{UNIQUE_ID}e. */
export function isGoaccess(text: string): boolean {
  return /%[\^~xde]|~h\{/.test(text.replace(/%\{[^}]*\}/g, ''));
}

/** The parts of a GoAccess format. An Error names a specifier that is not known, or how times are written. */
export function goaccessParts(text: string, { date_format, time_format = '%T' }: GoaccessTimes): LogPart[] {
  return (text.match(/~h\{[^}]*\}|%.|%|[^%~]+|~/gs) ?? []).map((part): LogPart => {
    if (part.startsWith('~h')) return { column: 'forwarded_for', shape: '[^"]*?' };
    if (!part.startsWith('%')) return { text: part.replaceAll('\\t', '\t').replaceAll('\\"', '"') };
    if (part === '%%') return { text: '%' };
    if (part === '%t') return { column: 'time', time: time_format };
    if (part === '%d' || part === '%x') {
      if (!date_format) throw new Error(`has ${part}; say in date_format how dates are written, such as %d/%b/%Y`);
      return { column: 'time', time: date_format };
    }
    const known = SPECIFIERS[part.slice(1)];
    if (!known) throw new Error(`has ${part}, which GoAccess does not know; write %^ for a field to pass over`);
    return { ...known };
  });
}
