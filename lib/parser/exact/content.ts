import { CARRIER_STARTS, CARRYING_KEYS, ENVELOPE, OBJECT_START } from '../../formats/envelope.ts';
import type { Format } from '../../formats/format.ts';
import { compileStart } from '../expression/pattern.ts';
import { compileJson } from './json.ts';

/** What a line carries, without its envelope: as the SQL of `contentExpression` says. */
export function compileContent(format: Format): (line: string) => string {
  if (!format.envelopes) return (line) => line;
  const lengthOfEnvelope = compileStart(ENVELOPE);
  const bare = (line: string) => line.slice(Math.max(lengthOfEnvelope(line), 0));
  const texts = compileJson(CARRYING_KEYS.map((key) => [key]));
  if (Object.keys(format.json).length === 0) {
    return (line) => {
      if (!line.startsWith('{')) return bare(line);
      return withoutLineEnds((texts(line) ?? []).find((text) => text !== null) ?? line);
    };
  }
  const isObjectStart = new RegExp(OBJECT_START);
  const isObject = compileJson([]);
  return (line) => {
    if (!line.startsWith('{')) return bare(line);
    if (!CARRIER_STARTS.some((start) => line.startsWith(start))) return line;
    const [log, message] = texts(line) ?? [];
    const carried = log ?? message ?? '';
    return isObjectStart.test(carried) && isObject(carried) ? carried : line;
  };
}

/** True for lines that may start with a time or a pod, which fields do not read: as the SQL of `mayStartEnvelope` says. */
export function mayStartEnvelope(format: Format, line: string): boolean {
  return format.envelopes && /^(?:\[|.{4}-)/su.test(line);
}

function withoutLineEnds(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n' || text[end - 1] === '\r') end--;
  return text.slice(0, end);
}
