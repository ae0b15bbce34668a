import { type LogField, type LogPart, SHAPES } from './log-field.ts';

const TIME_LOCAL = '%d/%b/%Y:%H:%M:%S %z';

/** Variables of nginx ("Alphabetical index of variables") and what they contain; others are ignored. */
const VARIABLES: Readonly<Record<string, LogField>> = {
  time_local: { column: 'time', time: TIME_LOCAL },
  time_iso8601: { column: 'time', time: '%Y-%m-%dT%H:%M:%S%z' },
  msec: { column: 'time', time: '%s.%f' },
  remote_addr: { column: 'client_ip' },
  http_x_forwarded_for: { column: 'forwarded_for', shape: '[^"]*?' },
  proxy_add_x_forwarded_for: { column: 'forwarded_for', preference: 1, shape: '[^"]*?' },
  remote_user: { column: 'requester' },
  request: { column: 'request' },
  request_method: { column: 'method' },
  request_uri: { column: 'request_uri' },
  uri: { column: 'url' },
  document_uri: { column: 'url', preference: 1 },
  args: { column: 'query' },
  query_string: { column: 'query', preference: 1 },
  server_protocol: { column: 'protocol' },
  status: { column: 'status', shape: SHAPES.status },
  body_bytes_sent: { column: 'bytes_sent', shape: SHAPES.number },
  bytes_sent: { column: 'bytes_sent', preference: 1, shape: SHAPES.number },
  request_length: { column: 'bytes_received', shape: SHAPES.number },
  request_time: { column: 'duration_s', shape: SHAPES.seconds },
  upstream_response_time: { column: 'server_s', shape: SHAPES.list },
  upstream_addr: { column: 'target', shape: SHAPES.list },
  upstream_status: { column: 'target_status', shape: SHAPES.list },
  upstream_connect_time: { shape: SHAPES.list },
  upstream_header_time: { shape: SHAPES.list },
  upstream_response_length: { shape: SHAPES.list },
  upstream_bytes_received: { shape: SHAPES.list },
  upstream_bytes_sent: { shape: SHAPES.list },
  upstream_cache_status: { column: 'cache_status' },
  http_referer: { column: 'referrer' },
  http_user_agent: { column: 'user_agent' },
  host: { column: 'host' },
  http_host: { column: 'host', preference: 1 },
  server_name: { column: 'host', preference: 2 },
  request_id: { column: 'request_id' },
  ssl_protocol: { column: 'tls_version' },
  ssl_cipher: { column: 'tls_cipher' },
};

export const NGINX_TIMES = '$time_local, $time_iso8601 or $msec';

/** The text of an nginx format as it is pasted from a configuration: a `log_format` directive, its strings, or the text. */
export function nginxText(pasted: string): string {
  const directive = pasted.trim().match(/^log_format\s+\S+\s+(?:escape=\w+\s+)?([\s\S]*?);?$/);
  const text = (directive?.[1] ?? pasted).trim().replace(/;$/, '');
  const strings = text.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/gs);
  const isWhole = strings && text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/gs, '').trim() === '';
  if (!isWhole || !(directive || text.startsWith("'"))) return text;
  return strings.map((string) => string.slice(1, -1).replace(/\\(['"\\])/g, '$1')).join('');
}

/** The parts of an nginx format. An Error for a dollar sign without a variable. */
export function nginxParts(text: string): LogPart[] {
  return (text.match(/\$\{\w+\}|\$\w+|\$|[^$]+/g) ?? []).map((part) => {
    if (!part.startsWith('$')) return { text: part };
    if (part === '$') throw new Error('has a $ without the name of a variable; nginx cannot write one');
    return nginxField(part);
  });
}

/** The contents of a variable, `$status` or `${status}`. */
export function nginxField(variable: string): LogField {
  // A copy, because a format may contain a variable twice.
  return { ...VARIABLES[variable.replace(/[${}]/g, '')] };
}
