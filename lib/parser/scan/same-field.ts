import { isClosing, mayBegin, secondHostIdEnd } from './field-bytes.ts';
import { HOST_ID, LAST_QUOTED, QUOTED } from './field-kinds.ts';

/* Fields of a line that are those of the line before: most hosts, agents and requesters are. */

const SPACE = 0x20;
const QUOTE = 0x22;

/**
 * Where a field ends that has the same text as in the line before, which begins at `last`; -1 if it has another text, or may
 * be longer.
 */
export function nextAfterToken(
  bytes: Uint8Array,
  view: DataView,
  kind: number,
  last: number,
  length: number,
  at: number,
  end: number,
  may_extend: boolean,
): number {
  const to = at + length;
  if (to > end || (to < end && bytes[to] !== SPACE) || !isSame(view, last, at, length)) return -1;
  if (may_extend && bytes[to - 1] === QUOTE) return -1;
  if (kind === HOST_ID && to < end && secondHostIdEnd(bytes, to + 1, end) !== -1) return -1;
  return to;
}

/** The same for a quoted field; `next_kind` is that of the field after it. */
export function nextAfterQuoted(
  bytes: Uint8Array,
  view: DataView,
  kind: number,
  last: number,
  length: number,
  at: number,
  end: number,
  next_kind: number,
): number {
  const to = at + 1 + length;
  if (to >= end || bytes[to] !== QUOTE || bytes[at] !== QUOTE) return -1;
  if (kind === LAST_QUOTED && !isClosing(bytes, to, end)) return -1;
  if (kind === QUOTED && !(bytes[to + 1] === SPACE && mayBegin(next_kind, bytes[to + 2] as number))) return -1;
  return isSame(view, last, at + 1, length) ? to + 1 : -1;
}

/** True if the bytes at two places are the same. */
function isSame(view: DataView, a: number, b: number, length: number): boolean {
  let at = 0;
  for (; at <= length - 4; at += 4) {
    if (view.getInt32(a + at, true) !== view.getInt32(b + at, true)) return false;
  }
  const difference = view.getInt32(a + at, true) ^ view.getInt32(b + at, true);
  return (difference & ((1 << ((length - at) * 8)) - 1)) === 0;
}
