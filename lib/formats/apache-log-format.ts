import { type LogField, type LogPart, SHAPES } from './log-field.ts';

export const APACHE_TIMES = '%t';

/** Directives of mod_log_config ("Custom Log Formats") without an argument. */
const DIRECTIVES: Readonly<Record<string, LogField>> = {
  a: { column: 'client_ip' },
  h: { column: 'client_ip', preference: 1 },
  l: { column: 'ident' },
  u: { column: 'requester' },
  r: { column: 'request' },
  m: { column: 'method' },
  U: { column: 'url' },
  q: { column: 'query', shape: '[^ "]*' },
  H: { column: 'protocol' },
  s: { column: 'status', shape: SHAPES.status },
  b: { column: 'bytes_sent', shape: SHAPES.number },
  B: { column: 'bytes_sent', shape: SHAPES.number },
  O: { column: 'bytes_sent', preference: 1, shape: SHAPES.number },
  I: { column: 'bytes_received', shape: SHAPES.number },
  D: { column: 'duration_us', shape: SHAPES.number },
  T: { column: 'duration_s', preference: 2, shape: SHAPES.number },
  v: { column: 'host' },
  V: { column: 'host', preference: 1 },
};

/** Directives that are ignored. */
const OTHERS = 'AfkLpPRSXCenoix';

const HEADERS: Readonly<Record<string, LogField>> = {
  referer: { column: 'referrer' },
  'user-agent': { column: 'user_agent' },
  host: { column: 'host', preference: 2 },
  'x-forwarded-for': { column: 'forwarded_for', shape: '[^"]*?' },
};

const TLS: Readonly<Record<string, LogField>> = {
  SSL_PROTOCOL: { column: 'tls_version' },
  SSL_CIPHER: { column: 'tls_cipher' },
};

/** %T with its unit. */
const DURATIONS: Readonly<Record<string, LogField>> = {
  s: { column: 'duration_s', preference: 2, shape: SHAPES.number },
  ms: { column: 'duration_ms', preference: 1, shape: SHAPES.number },
  us: { column: 'duration_us', shape: SHAPES.number },
};

/** %{…}t that is not a format of strftime. */
const TIME_PARTS: Readonly<Record<string, string>> = {
  sec: '%s',
  msec: '%s%f',
  usec: '%s%f',
  msec_frac: '%f',
  usec_frac: '%f',
};

/** The text of an Apache format as it is pasted from a configuration: a directive, its string, or the text. */
export function apacheText(pasted: string): string {
  const directive = pasted
    .trim()
    .match(/^(?:LogFormat|CustomLog|TransferLog)\s+(?:"[^"]*"\s+(?=")|[^"\s]\S*\s+)?"((?:[^"\\]|\\.)*)"/is);
  const whole = pasted.trim().match(/^"((?:[^"\\]|\\.)*)"$/s);
  return (directive?.[1] ?? whole?.[1] ?? pasted.trim()).replace(/\\(["\\])/g, '$1').replaceAll('\\t', '\t');
}

/** The parts of an Apache format. An Error names a directive that is not known. */
export function apacheParts(text: string): LogPart[] {
  const parts = text.match(/%(?:!?[0-9,]+)?[<>]?(?:\{[^}]*\})?[A-Za-z%]|%|[^%]+/g) ?? [];
  return parts.flatMap((part): LogPart[] => {
    if (!part.startsWith('%')) return [{ text: part }];
    const [, argument, letter = ''] = part.match(/^%(?:!?[0-9,]+)?[<>]?(?:\{([^}]*)\})?([A-Za-z%]?)$/) ?? [];
    if (letter === '%') return [{ text: '%' }];
    if (letter === 't') return timeParts(argument);
    return [fieldOf(part, letter, argument)];
  });
}

function timeParts(argument: string | undefined): LogPart[] {
  if (argument === undefined) {
    return [{ text: '[' }, { column: 'time', time: '%d/%b/%Y:%H:%M:%S %z' }, { text: ']' }];
  }
  const format = argument.replace(/^(?:begin|end):/, '');
  return [{ column: 'time', time: TIME_PARTS[format] ?? format }];
}

function fieldOf(part: string, letter: string, argument: string | undefined): LogField {
  if (letter === 'i' && argument) return { ...HEADERS[argument.toLowerCase()] };
  if (letter === 'x' && argument) return { ...TLS[argument] };
  if (letter === 'T' && argument !== undefined) {
    const duration = DURATIONS[argument];
    if (!duration) throw new Error(`has ${part}; its unit is s, ms or us`);
    return { ...duration };
  }
  if (letter === 'h' || letter === 'a') return argument === undefined ? { ...DIRECTIVES[letter] } : {};
  const known = DIRECTIVES[letter];
  if (!known && !(letter && OTHERS.includes(letter))) {
    throw new Error(`has ${part}, which mod_log_config does not know; write %% for a percent sign`);
  }
  return { ...known };
}
