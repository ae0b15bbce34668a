/** What a text is drawn for: columns across, and whether colours mean something there. */
export interface Terminal {
  width: number;
  color: boolean;
}

/** The parts of a stream that tell what it is connected to. */
export interface Stream {
  isTTY?: boolean;
  columns?: number;
}

const WIDTH = 80;
const LEAST_WIDTH = 40;
/** Wider lines are harder to read across. */
const MOST_WIDTH = 120;

/**
 * What a stream can show. Colours: FORCE_COLOR says yes (0 and false say no), then NO_COLOR and TERM=dumb say no, then a
 * terminal says yes (https://no-color.org, https://force-color.org). Without a terminal COLUMNS gives the width.
 */
export function terminalOf({ isTTY, columns }: Stream, env: NodeJS.ProcessEnv): Terminal {
  const known = isTTY && columns ? columns : Number(env.COLUMNS);
  const width = Number.isInteger(known) && known > 0 ? known : WIDTH;
  return { width: Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)), color: hasColor(isTTY ?? false, env) };
}

/** True where the cursor can be moved, so that a line may be drawn over. */
export function canRedraw({ isTTY }: Stream, env: NodeJS.ProcessEnv): boolean {
  return (isTTY ?? false) && env.TERM !== 'dumb';
}

function hasColor(isTTY: boolean, { FORCE_COLOR, NO_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR || TERM === 'dumb') return false;
  return isTTY;
}
