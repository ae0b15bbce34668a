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
  update(phase: string, state: ProgressState): void;
  /** Removes the line from the terminal. */
  clear(): void;
}

const BAR_WIDTH = 20;
const REDRAW_EVERY_MS = 100;
const LINE_EVERY_MS = 5_000;
/** Before that, rate and time left would be guesses. */
const RATE_AFTER_MS = 1_000;

const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

export function openProgress(stream: NodeJS.WriteStream, clock: Clock, env: NodeJS.ProcessEnv = process.env): Progress {
  const redraws = canRedraw(stream, env);
  let drawn = false;
  let shown_ms = redraws ? Number.NEGATIVE_INFINITY : clock();
  let current = { phase: '', started_ms: 0, lines: 0, bytes: 0 };
  return {
    update(phase, state) {
      const time_ms = clock();
      if (phase !== current.phase) current = { phase, started_ms: time_ms, lines: 0, bytes: 0 };
      current.lines += state.lines ?? 0;
      current.bytes += state.bytes ?? 0;
      if (time_ms - shown_ms < (redraws ? REDRAW_EVERY_MS : LINE_EVERY_MS)) return;
      shown_ms = time_ms;
      const text = progressText(phase, { ...state, ...current }, time_ms - current.started_ms);
      if (!redraws) {
        stream.write(`${text}\n`);
        return;
      }
      const filled = bar(state.done / Math.max(1, state.total), BAR_WIDTH).padEnd(BAR_WIDTH, '░');
      stream.write(`\r\x1b[2K${shorten(`${filled} ${text}`, terminalOf(stream, env).width - 1)}`);
      drawn = true;
    },
    clear() {
      if (drawn) stream.write('\r\x1b[2K');
      drawn = false;
    },
  };
}

/** `website: 2026-10-11, 12 of 61 days, 1.2M lines/s, 8 s left`. */
function progressText(
  phase: string,
  { at, done, total, unit, lines, bytes }: ProgressState & { lines: number; bytes: number },
  elapsed_ms: number,
): string {
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
