/** What text is formatted for: the width in columns, and whether colours are shown. */
export interface Terminal {
  width: number;
  color: boolean;
}

/** The properties of a stream that say whether it is a terminal. */
export interface Stream {
  isTTY?: boolean;
  columns?: number;
}

const DEFAULT_WIDTH = 80;
const MIN_WIDTH = 40;
/** Longer lines are hard to read. */
const MAX_WIDTH = 120;

/**
 * Width and colours of a stream. FORCE_COLOR turns colours on (0 and false turn them off), otherwise NO_COLOR and TERM=dumb
 * turn them off, otherwise they are on for terminals (https://no-color.org, https://force-color.org). If the stream is not
 * a terminal, COLUMNS sets the width.
 */
export function terminalOf({ isTTY, columns }: Stream, env: NodeJS.ProcessEnv): Terminal {
  const known = isTTY && columns ? columns : Number(env.COLUMNS);
  const width = Number.isInteger(known) && known > 0 ? known : DEFAULT_WIDTH;
  return { width: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)), color: hasColor(isTTY ?? false, env) };
}

/** True if the cursor can be moved, so that a line can be overwritten: on a terminal whose user wants escape sequences. */
export function canRedraw({ isTTY }: Stream, env: NodeJS.ProcessEnv): boolean {
  return (isTTY ?? false) && env.TERM !== 'dumb' && !env.NO_COLOR;
}

function hasColor(isTTY: boolean, { FORCE_COLOR, NO_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR || TERM === 'dumb') return false;
  return isTTY;
}
