import { APACHE_TIMES, apacheParts, apacheText } from './apache-log-format.ts';
import type { JsonSource } from './format.ts';
import { GOACCESS_TIMES, type GoaccessTimes, goaccessParts, isGoaccess } from './goaccess-log-format.ts';
import { patternOfParts } from './log-parts-pattern.ts';
import { nginxJsonSources } from './nginx-json-template.ts';
import { NGINX_TIMES, nginxParts, nginxText } from './nginx-log-format.ts';

/** How lines of a format string are read. */
export interface ReadFormat {
  patterns: string[];
  json: Record<string, JsonSource[]>;
}

/** True for text that is a format string and no name of a format. */
export function isLogFormat(text: string): boolean {
  return /[$%]/.test(text);
}

/**
 * Derives how to read a server's lines from the format string in its configuration: `log_format` of nginx, `LogFormat` of
 * Apache, or GoAccess's --log-format. Throws an Error that names the mistake and the remedy.
 */
export function readLogFormat(pasted: string, times: GoaccessTimes = {}): ReadFormat {
  if (isGoaccess(pasted) && !pasted.includes('$')) {
    return { patterns: [patternOfParts(goaccessParts(pasted.trim(), times), GOACCESS_TIMES)], json: {} };
  }
  if (!/\$\{?[a-z]/.test(pasted)) {
    if (!/%[^%]/.test(pasted)) throw new Error('has no variable, such as $remote_addr or %h');
    return { patterns: [patternOfParts(apacheParts(apacheText(pasted)), APACHE_TIMES)], json: {} };
  }
  const text = nginxText(pasted);
  if (text.trimStart().startsWith('{')) return { patterns: [], json: nginxJsonSources(text) };
  return { patterns: [patternOfParts(nginxParts(text), NGINX_TIMES)], json: {} };
}
