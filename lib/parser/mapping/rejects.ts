import { LINE_COLUMN, UNPARSED_COLUMN } from '../../formats/format.ts';
import type { LineChunk, RawBatch } from '../raw-batch.ts';
import { Evaluators } from '../sql/evaluator.ts';
import type { Node } from '../sql/node.ts';
import { moment, TextBase } from './base.ts';
import type { RawColumns } from './raw-columns.ts';

/** Why a line is no record, and its text, which may be a part of it. */
export interface Reject {
  row: number;
  reason: string;
  line: string;
}

/** Computes `reason` and `line` of a rejected line. `names` are the raw columns below them. */
export function rejectReader(
  raw: RawColumns,
  { reason, line }: { reason: Node; line: Node },
  names: readonly string[],
  clock_column: string | null,
): (batch: RawBatch, chunk: LineChunk, row: number) => Reject {
  const whole = new TextBase();
  const unparsed = new TextBase();
  const own = new Map([
    [LINE_COLUMN, whole],
    [UNPARSED_COLUMN, unparsed],
  ]);
  const read = names.filter((name) => !own.has(name)).map((name) => ({ name, column: raw.column(name) }));
  const leaf = ({ op, name }: Node) => (op === 'column' ? (own.get(name) ?? raw.column(name)).current : undefined);
  const evaluators = new Evaluators(leaf, moment);
  const [reasonOf, lineOf] = [evaluators.of(reason), evaluators.of(line)];
  return (batch, { bytes }, row) => {
    const text = decoded(bytes.subarray(batch.line_start[row], batch.line_end[row]));
    const isUnfit = batch.unfit[row] === 1;
    whole.loadText(text);
    unparsed.loadText(isUnfit ? text : null);
    for (const { name, column } of read) {
      const value = isUnfit ? null : column.texts.text(column.ids[row] as number);
      column.loadText(name === clock_column ? withClock(value, batch.clock_ms[row] as number) : value);
    }
    return { row, reason: reasonOf() as string, line: lineOf() as string };
  };
}

/** A time with its clock, which the scanner took out. Times that become a part of a rejected line have no fraction. */
function withClock(text: string | null, clock_ms: number): string | null {
  if (text === null || clock_ms === 0) return text;
  const clock = new Date(clock_ms).toISOString().slice(11, 19);
  return text.replace(/^([^:]*[: T])00:00:00/, (_, day) => day + clock);
}

/** The text of a line, as every reader of logs has it: invalid UTF-8 as U+FFFD, and without NULs. */
function decoded(bytes: Uint8Array): string {
  return DECODER.decode(bytes).replaceAll('\0', '');
}

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });
