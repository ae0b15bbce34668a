import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A good line of a bucket's log: the time as `2026-10-05 12:00:00`, and a request id of its own. */
export function logLine(time: string, request_id: string, key = 'a.txt', user_agent = 'curl/8.4.0'): string {
  const [, year, month, day, clock] = /^(\d{4})-(\d\d)-(\d\d) (.*)$/.exec(time) ?? [];
  const when = `${day}/${MONTHS[Number(month) - 1]}/${year}:${clock} +0000`;
  return `79a5 example-website [${when}] 192.0.2.3 - ${request_id} REST.GET.OBJECT ${key} "GET /${key} HTTP/1.1" 200 - 10 10 7 6 "-" "${user_agent}" - HOST= - - - example.com - - -`;
}

/** Writes a log, its lines each ended by LF; a name in `.gz` is compressed. */
export function writeLog(path: string, lines: readonly (string | Buffer)[]): void {
  mkdirSync(dirname(path), { recursive: true });
  const bytes = Buffer.concat(lines.flatMap((line) => [Buffer.from(line as string), Buffer.from('\n')]));
  writeFileSync(path, path.endsWith('.gz') ? gzipSync(bytes) : bytes);
}
