import type { EditionRecord, SourceRecord } from '../model/edition.ts';
import { periodName } from './format-period.ts';
import { formatFigure, formatValue } from './format-value.ts';
import { hasPeriodBefore } from './headline.ts';
import { shortenText, visibleText } from './visible-text.ts';

export const BEST_EFFORT =
  'Log delivery is best effort: a line may arrive late, twice or never. Doubled lines count once, and late ones are in the next revision.';

const MAX_UNREADABLE = 5;
const MAX_GONE = 3;

/** How complete the data of a report is: one sentence per source and per fault. Plain text; file names are visible text. */
export function qualityLines(record: EditionRecord): string[] {
  return [
    ...record.sources.map(sourceLine),
    ...privacyLines(record),
    ...record.sources.flatMap(unreadableLines),
    ...record.sources.flatMap(goneLines),
    ...record.sources.flatMap(unmappedLines),
    ...(hasPeriodBefore(record)
      ? []
      : [`No lines before: ${periodName(record.period_before)} holds none to compare with.`]),
  ];
}

/** What the report does not show because of its privacy settings. */
export function privacyLines({ privacy }: EditionRecord): string[] {
  if (!privacy) return [];
  const addresses = {
    keep: [],
    truncate: ['Clients are shown, and counted, as networks: /24 of IPv4 and /48 of IPv6.'],
    hash: ['Clients are shown as hashes of their addresses.'],
  }[privacy.client_ip];
  const queries = privacy.query === 'scrub' ? ['Query strings and what signs a request are left out.'] : [];
  return [...addresses, ...queries];
}

/** The time of an event, in UTC; a dash if there was none. */
export function formatEvent(iso: string | null): string {
  return formatValue(iso && Date.parse(iso), { type: 'timestamp' }).text;
}

/** One sentence per input that was skipped or read in part, for the first few. */
export function unreadableLines({ source, unreadable }: SourceRecord): string[] {
  const lines = unreadable
    .slice(0, MAX_UNREADABLE)
    .map(({ log_object, reason }) => `${source}: ${brief(log_object)} ${brief(reason)}.`);
  const more = unreadable.length - lines.length;
  return more > 0 ? [...lines, `${source}: ${count(more)} more inputs were passed over or read in part.`] : lines;
}

/** What the columns of an unmapped key are called in a sentence. */
const COLUMN_NAMES: Readonly<Record<string, string>> = {
  bytes_sent: 'number of bytes sent',
  duration_ms: 'duration',
  client_ip: 'client address',
  user_agent: 'user agent',
};

/** What no request of a source has, and the key that looks like it. */
export function unmappedLines({ source, unmapped = [] }: SourceRecord): string[] {
  return unmapped.map(
    ({ column, key }) =>
      `${source}: no request has a ${COLUMN_NAMES[column] ?? column}; the key ${visibleText(key)}, which is not mapped, looks like it. A format of your own can map it.`,
  );
}

/** What is counted although its raw log is gone. */
export function goneLines({ source, gone }: SourceRecord): string[] {
  if (!gone) return [];
  const { files, log_objects } = gone;
  const names = log_objects.slice(0, MAX_GONE).map(brief).join(', ');
  const more = files > MAX_GONE ? ` and ${count(files - MAX_GONE)} more` : '';
  const logs = files === 1 ? '1 raw log that is gone is' : `${count(files)} raw logs that are gone are`;
  return [`${source}: the lines of ${logs} still counted: ${names}${more}.`];
}

/** The engine, duration, bytes scanned and cost of a run. */
export function runLine({ engine, bytes_scanned, cost_usd, duration_ms }: EditionRecord): string {
  const duration = formatFigure(duration_ms, 'ms').text;
  if (bytes_scanned === null) return `${engineName(engine)} took ${duration}; queries on this machine cost nothing.`;
  const scanned = formatFigure(bytes_scanned, 'bytes').text;
  return `${engineName(engine)} scanned ${scanned} for ${formatFigure(cost_usd, 'usd').text} in ${duration}.`;
}

export function engineName(engine: EditionRecord['engine']): string {
  return engine === 'athena' ? 'Amazon Athena' : 'DuckDB';
}

/** How many lines a source has, and how many were requests, something else, duplicates or rejected. */
export function sourceLine(source: SourceRecord): string {
  const { lines, duplicates, rejected, hours_without_a_line: hours, first_event, last_event } = source;
  const share = lines > 0 && rejected > 0 ? ` (${formatFigure((rejected / lines) * 100, 'percent').text})` : '';
  const span = first_event ? `events from ${formatEvent(first_event)} to ${formatEvent(last_event)} UTC` : 'no event';
  const late = source.late ? `${count(source.late)} of them late; ` : '';
  return (
    `${source.source}: ${count(lines)} lines: ${late}${parsedText(source)}, ${count(duplicates)} duplicates, ` +
    `${count(rejected)} rejected${share}; ${span}; ${count(hours)} hour${hours === 1 ? '' : 's'} without a line.`
  );
}

/** How many lines of a source are not requests. */
export function notRequests({ not_requests = {} }: SourceRecord): number {
  return Object.values(not_requests).reduce((total, lines) => total + lines, 0);
}

/** `4 requests, 9 lines that are not requests (8 lifecycle, 1 checksum)`; an edition of 0.1.0 has no kinds. */
function parsedText(source: SourceRecord): string {
  const { parsed, requests = parsed, not_requests = {} } = source;
  const others = notRequests(source);
  const noun = (value: number, one: string, many: string) => `${count(value)} ${value === 1 ? one : many}`;
  const counted = noun(requests, 'request', 'requests');
  if (others === 0) return counted;
  const named = Object.entries(not_requests)
    .map(([kind, lines]) => `${count(lines)} ${kind.replace('_', ' ')}`)
    .join(', ');
  return `${counted}, ${noun(others, 'line that is not a request', 'lines that are not requests')} (${named})`;
}

function count(value: number): string {
  return formatFigure(value, 'count').text;
}

function brief(text: string): string {
  return visibleText(shortenText(text, 160));
}
