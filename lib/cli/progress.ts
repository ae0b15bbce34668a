import type { Clock } from '../run/clock.ts';
import { formatFigure } from '../text/format-value.ts';
import { shorten } from '../views/terminal/cell.ts';
import { bar } from '../views/terminal/draw.ts';
import { canRedraw, terminalOf } from '../views/terminal/terminal.ts';

/** How far a phase of the work is. */
export interface ProgressState {
  /** The item at work: a day, a section. */
  at: string;
  done: number;
  total: number;
  /** What is counted: days, sections. */
  unit: string;
  /** Log lines read since the previous update, for the rate. */
  lines?: number;
  /** Bytes read since then, likewise. */
  bytes?: number;
}

/** Progress of long work on standard error: one line that is redrawn on a terminal, else a new line every few seconds. */
export interface Progress {
  /** Work begins whose length is not known. */
  start(phase: string): void;
  update(phase: string, state: ProgressState): void;
  /** Prints a line that stays, above the one that is redrawn. */
  print(line: string): void;
  /** Removes the line from the terminal. */
  clear(): void;
}

const BAR_WIDTH = 20;
const REDRAW_EVERY_MS = 100;
const LINE_EVERY_MS = 5_000;
/** Before the first plain line: a short run needs none. */
const FIRST_LINE_MS = 1_000;
/** How often a phase without news is shown again. */
const TICK_MS = 500;
/** Before that, rate and time left would be guesses. */
const RATE_AFTER_MS = 1_000;

const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** `is_silent` is for programs and for people who want none: then only `print` writes. */
export function openProgress(
  stream: NodeJS.WriteStream,
  clock: Clock,
  { is_silent = false, env = process.env }: { is_silent?: boolean; env?: NodeJS.ProcessEnv } = {},
): Progress {
  const redraws = canRedraw(stream, env);
  let drawn = false;
  let shown_ms = redraws ? Number.NEGATIVE_INFINITY : clock() - LINE_EVERY_MS + FIRST_LINE_MS;
  let current: Shown | undefined;
  // Long work without news, such as reading one large file, must not look as if the program had stopped.
  if (!is_silent) setInterval(show, TICK_MS).unref();
  return {
    start: (phase) => change(phase, undefined),
    update: change,
    print(line) {
      clear();
      stream.write(`${line}\n`);
    },
    clear() {
      clear();
      current = undefined;
    },
  };

  function change(phase: string, state: ProgressState | undefined): void {
    if (is_silent) return;
    if (phase !== current?.phase) current = { phase, state, started_ms: clock(), lines: 0, bytes: 0 };
    current.state = state;
    current.lines += state?.lines ?? 0;
    current.bytes += state?.bytes ?? 0;
    show();
  }

  function show(): void {
    const time_ms = clock();
    if (!current || time_ms - shown_ms < (redraws ? REDRAW_EVERY_MS : LINE_EVERY_MS)) return;
    shown_ms = time_ms;
    const text = progressText(current, time_ms - current.started_ms);
    if (!redraws) {
      stream.write(`${text}\n`);
      return;
    }
    const { done = 0, total = 0 } = current.state ?? {};
    const filled = bar(done / Math.max(1, total), BAR_WIDTH).padEnd(BAR_WIDTH, '░');
    stream.write(`\r\x1b[2K${shorten(`${filled} ${text}`, terminalOf(stream, env).width - 1)}`);
    drawn = true;
  }

  function clear(): void {
    if (drawn) stream.write('\r\x1b[2K');
    drawn = false;
  }
}

/** What is at work, and how much of it was done since it began. */
interface Shown {
  phase: string;
  state: ProgressState | undefined;
  started_ms: number;
  lines: number;
  bytes: number;
}

/** `website: 2026-10-11, 12 of 61 days, 1.2M lines/s, 8 s left`; without a known length `looking for logs, 3 s`. */
function progressText({ phase, state, lines, bytes }: Shown, elapsed_ms: number): string {
  if (!state) return elapsed_ms < RATE_AFTER_MS ? phase : `${phase}, ${timeText(elapsed_ms)}`;
  const { at, done, total, unit } = state;
  const parts = [`${phase}: ${at}`, `${done} of ${total} ${unit}`];
  if (bytes > 0) parts.push(sizeText(bytes));
  if (elapsed_ms >= RATE_AFTER_MS) {
    if (lines > 0) parts.push(`${COMPACT.format((lines / elapsed_ms) * 1000)} lines/s`);
    if (bytes > 0) parts.push(`${sizeText((bytes / elapsed_ms) * 1000)}/s`);
    if (done > 0 && done < total) parts.push(`${timeText((elapsed_ms / done) * (total - done))} left`);
  }
  return parts.join(', ');
}

function sizeText(bytes: number): string {
  return formatFigure(Math.round(bytes), 'bytes').text;
}

function timeText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
