import { sqlString } from '../sql/sql-string.ts';
import { type Format, LINE_COLUMN } from './format.ts';

const ISO_TIME = '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]+)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?';
const BSD_TIME = '[A-Z][a-z]{2} +[0-9]{1,2} (?:[0-9]{4} )?[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]+)?(?: [0-9]{4})?';
const TAG = '[^ :"\\[\\]]+(?:\\[[^\\] ]*\\])?:';
const STRUCTURED_DATA = '(?:-|(?:\\[(?:[^\\]"]|"(?:[^"\\\\]|\\\\.)*")*\\])+)';

/**
 * What carriers of lines put in front of them, from the start of a line: the service of `docker compose logs` or the pod of
 * `kubectl logs --prefix`, then one of syslog (RFC 5424; RFC 3164 and journald, with or without priority, host and year), CRI
 * (a line that the runtime split, P, stays as it is), and a time alone (CloudWatch Logs, `--timestamps`).
 */
export const ENVELOPE = `^(?:[A-Za-z0-9][A-Za-z0-9._-]* +[|] |\\[pod/[^\\] ]+\\] )?(?:${[
  `<[0-9]{1,3}>1 ${ISO_TIME} [^ ]+ [^ ]+ [^ ]+ [^ ]+ ${STRUCTURED_DATA} `,
  `(?:<[0-9]{1,3}>)?(?:${ISO_TIME}|${BSD_TIME}) (?:[^ "]+ )?${TAG} `,
  `${ISO_TIME} std(?:out|err) F `,
  `${ISO_TIME} `,
].join('|')})?`;

/** The keys of JSON objects that carry a line: Docker's json-file, journald, Filebeat and CloudWatch, Google Cloud. */
export const CARRYING_KEYS = ['log', 'MESSAGE', 'message', 'textPayload'];

/** The starts of objects of Docker and journald: most lines are seen to be none without a look at the rest. */
export const CARRIER_STARTS = ['{"log"', '{"_', '{"M', '{"P', '{"S'];

/** Name of the column that the readers add for what a line carries. */
export const CONTENT_COLUMN = 'content';

/** The start of a line, or of a pattern's group, that is a JSON object. */
export const OBJECT_START = '^[ \\t]*[{]';

/**
 * SQL for what a line carries, without its envelope: the text that patterns and JSON paths of a format read. The rejected
 * line is the whole line. A JSON log looks only where Docker and journald put a line, for JSON: other text is a message.
 */
export function contentExpression(format: Format): string {
  if (!format.envelopes) return LINE_COLUMN;
  const bare = `regexp_replace(line, ${sqlString(ENVELOPE)}, '')`;
  if (Object.keys(format.json).length === 0) {
    const carried = `coalesce(${CARRYING_KEYS.map(valueAt).join(', ')}, line)`;
    return `CASE
    WHEN NOT starts_with(line, '{') THEN ${bare}
    WHEN try(json_parse(line)) IS NOT NULL THEN regexp_replace(${carried}, '[\r\n]+$', '')
    ELSE line
  END`;
  }
  const carried = `coalesce(${valueAt('log')}, ${valueAt('MESSAGE')})`;
  const isObject = `try(json_parse(line)) IS NOT NULL AND regexp_like(${carried}, '${OBJECT_START}') AND try(json_parse(${carried})) IS NOT NULL`;
  const starts = CARRIER_STARTS.map((start) => `starts_with(line, '${start}')`).join(' OR ');
  return `CASE
    WHEN NOT starts_with(line, '{') THEN ${bare}
    WHEN ${starts} THEN CASE WHEN ${isObject} THEN ${carried} ELSE line END
    ELSE line
  END`;
}

/**
 * SQL that is true for lines that may start with a time or a pod. The fields of a format do not read them: in a line with a
 * field too few they would be its client.
 */
export function mayStartEnvelope(format: Format): string {
  return format.envelopes ? "(substr(line, 1, 1) = '[' OR substr(line, 5, 1) = '-')" : 'false';
}

function valueAt(key: string): string {
  return `json_extract_scalar(line, '$["${key}"]')`;
}
