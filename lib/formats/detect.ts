import type { Format } from './format.ts';

/** What the first lines of a file came to when they were read in one format. */
export interface Trial {
  format: Format;
  /** Lines that became requests with a time, and those that did not; lines that the format passes over are neither. */
  requests: number;
  rejected: number;
  /** Columns of `requests` that were filled, over all of these requests. */
  filled: number;
}

/** Which format a file is in, as far as its first lines tell. */
export interface Verdict {
  best: Trial;
  /** Those that read the lines just as well. */
  alike: Trial[];
  /** True when the file's path names the best of those alike. */
  named: boolean;
  /** Those that read some of the lines. */
  others: Trial[];
  /** False when more lines than a few do not fit, and the choice is a guess. */
  sure: boolean;
}

/** A share of requests so little below the best one counts as the same: every log has an odd line. */
const SAME_SHARE = 0.05;
const SURE_SHARE = 0.8;

/**
 * nginx and Apache write the very same `combined` line; what may follow tells them apart: $request_time is seconds with
 * three decimals, %D whole microseconds.
 */
const TELLING: Readonly<Record<string, RegExp>> = { nginx: /" \d+\.\d{3}$/, apache: /" \d+$/ };

/**
 * The format that most lines fit; of several, the one that gets most out of them: a Fastly line is a syslog line too, but
 * with a status and a path. Of formats that get the same, the one told by the ends of `lines`, else the one whose name is in
 * the file's path, else the first of `trials`. Undefined when no line fits any format.
 */
export function judge(trials: readonly Trial[], lines: readonly string[], path: string): Verdict | undefined {
  const fitting = trials.filter(({ requests }) => requests > 0);
  const highest = Math.max(...fitting.map(shareOf));
  const ranked = fitting
    .filter((trial) => shareOf(trial) >= highest - SAME_SHARE)
    .sort((a, b) => yieldOf(b) - yieldOf(a));
  const first = ranked[0];
  if (!first) return undefined;
  const equal = ranked.filter((trial) => yieldOf(trial) === yieldOf(first));
  const told = equal.map(({ format }) => lines.filter((line) => TELLING[format.id]?.test(line)).length);
  const most = Math.max(...told);
  const clear = equal.filter((_, index) => told[index] === most);
  const named = clear.find(({ format }) => path.includes(format.id));
  const best = named ?? clear[0] ?? first;
  return {
    best,
    named: named !== undefined,
    alike: clear.filter((trial) => trial !== best),
    others: fitting.filter((trial) => !clear.includes(trial)),
    sure: shareOf(best) >= SURE_SHARE,
  };
}

/**
 * Verdicts on files that lie together: what several formats read alike goes to the one of most files of which there is no
 * doubt. So the access log beside nginx's error log is nginx's.
 */
export function inCompany(verdicts: readonly Verdict[]): Verdict[] {
  const clear = verdicts.filter(({ alike, named }) => named || alike.length === 0);
  const files = Map.groupBy(clear, ({ best }) => best.format);
  const count = ({ format }: Trial) => files.get(format)?.length ?? 0;
  return verdicts.map((verdict) => {
    const { best, alike, named } = verdict;
    if (named || alike.length === 0) return verdict;
    const [first = best, ...rest] = [best, ...alike].sort((a, b) => count(b) - count(a));
    return { ...verdict, best: first, alike: rest };
  });
}

/** Of the lines that the format does not pass over, the share that became requests. */
function shareOf({ requests, rejected }: Trial): number {
  return requests / (requests + rejected);
}

/** Filled columns a line. */
function yieldOf({ filled, requests, rejected }: Trial): number {
  return filled / (requests + rejected);
}
