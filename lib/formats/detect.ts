import type { Format } from './format.ts';

/** A format, and how the first lines of a file read in it. */
export interface Candidate {
  format: Format;
  /** Lines of which more than a time was understood, and the others; ignored lines are not counted. */
  requests: number;
  rejected: number;
  /** Columns of `requests` that have a value, summed over these requests. */
  filled: number;
}

/** The format of a file, as far as its first lines show. */
export interface Detection {
  best: Candidate;
  /** Candidates that read the lines as well as the best one. */
  ties: Candidate[];
  /** True if the path of the file contains the name of the best one. */
  is_named: boolean;
  /** Other candidates that read some of the lines. */
  others: Candidate[];
  /** False if too many lines do not fit the best one. */
  is_sure: boolean;
}

/** Shares of requests that differ by no more than this count as equal: every log has an odd line. */
const SHARE_TOLERANCE = 0.05;
/** The share of requests from which a detection is sure. */
const SURE_SHARE = 0.8;

/**
 * Lines that only one format has. nginx and Apache write the same `combined` line, but a time after it differs:
 * $request_time is in seconds with three decimals, %D in whole microseconds. CloudFront separates fields by tabs.
 */
const DISTINCTIVE_LINES: Readonly<Record<string, RegExp>> = {
  nginx: /" \d+\.\d{3}$/,
  apache: /" \d+$/,
  cloudfront: /^[^#].*\t/,
  w3c: /^[^#\t]+$/,
};

/**
 * The format that fits most lines. If several fit as many, or at least SURE_SHARE, the one that fills most columns: a Fastly line is a syslog line
 * too, but has a status and a path. If they fill as many, the one whose distinctive shape most `lines` have, else the one
 * whose name is in the path, else the first of `candidates`. Undefined if no line fits any format.
 */
export function rankFormats(
  candidates: readonly Candidate[],
  lines: readonly string[],
  path: string,
): Detection | undefined {
  const fitting = candidates.filter(({ requests }) => requests > 0);
  const highest = Math.max(...fitting.map(requestShare));
  const ranked = fitting
    .filter((candidate) => requestShare(candidate) >= Math.min(highest - SHARE_TOLERANCE, SURE_SHARE))
    .sort((a, b) => filledPerLine(b) - filledPerLine(a));
  const first = ranked[0];
  if (!first) return undefined;
  const equal = ranked.filter((candidate) => filledPerLine(candidate) === filledPerLine(first));
  const distinctive = equal.map(
    ({ format }) => lines.filter((line) => DISTINCTIVE_LINES[format.id]?.test(line)).length,
  );
  const most = Math.max(...distinctive);
  const tied = equal.filter((_, index) => distinctive[index] === most);
  const named = tied.find(({ format }) => path.includes(format.id));
  const best = named ?? tied[0] ?? first;
  return {
    best,
    is_named: named !== undefined,
    ties: tied.filter((candidate) => candidate !== best),
    others: fitting.filter((candidate) => !tied.includes(candidate)),
    is_sure: requestShare(best) >= SURE_SHARE,
  };
}

/**
 * Resolves ties between formats by the other files of the same input: of the tied formats, a file gets the one that most
 * files have without a tie. So the access log beside an nginx error log is nginx's.
 */
export function resolveTies(detections: readonly Detection[]): Detection[] {
  const clear = detections.filter(({ ties, is_named }) => is_named || ties.length === 0);
  const files = Map.groupBy(clear, ({ best }) => best.format);
  const count = ({ format }: Candidate) => files.get(format)?.length ?? 0;
  return detections.map((detection) => {
    const { best, ties, is_named } = detection;
    if (is_named || ties.length === 0) return detection;
    const [first = best, ...others] = [best, ...ties].sort((a, b) => count(b) - count(a));
    return { ...detection, best: first, ties: others };
  });
}

/** The share of lines that became requests. */
function requestShare({ requests, rejected }: Candidate): number {
  return requests / (requests + rejected);
}

/** Columns with a value per line. */
function filledPerLine({ filled, requests, rejected }: Candidate): number {
  return filled / (requests + rejected);
}
