import type { Column, Unit } from '../model/columns.ts';
import type { EditionRecord, Headline } from '../model/edition.ts';
import { toNumber } from '../model/value.ts';
import { type Change, changeBetween, formatChange } from './format-change.ts';
import { type FormattedValue, formatValue, isFigure, UNKNOWN } from './format-value.ts';

/** A figure of the overview, compared with the previous period. */
export interface HeadlineFigure {
  name: string;
  title: string;
  now: FormattedValue;
  before: FormattedValue;
  /** `≈ 34.5 ms`: the figure, marked if it is approximate; `unknown` if no line tells it. */
  shown: string;
  /** Null if there is no value to compare. */
  change: Change | null;
  /** `▲ 12.3% (+1,234)`, or why there is no change to show. */
  change_text: string;
  /** Whether the change is good or bad news; for most figures it is neither. */
  sentiment: 'better' | 'worse' | 'neutral';
}

interface HeadlineColumn {
  name: string;
  title: string;
  unit: Unit;
  /** A rise of this figure is bad news, a fall good news. */
  rise_is_bad?: true;
  /** Not every kind of log has this figure; it is left out if it is zero or unknown in both periods. */
  optional?: true;
}

/** The only figure of a report without requests, such as one over syslog. */
const LINES: HeadlineColumn = { name: 'lines', title: 'Lines', unit: 'count' };

/** The headline figures of a report, in order. Those that the overview lacks are left out. */
const HEADLINE_COLUMNS: readonly HeadlineColumn[] = [
  { name: 'requests', title: 'Requests', unit: 'count' },
  { name: 'error_percent', title: 'Error rate', unit: 'percent', rise_is_bad: true },
  { name: 'bytes_sent', title: 'Sent to clients', unit: 'bytes' },
  { name: 'bytes_received', title: 'Received from clients', unit: 'bytes', optional: true },
  { name: 'clients', title: 'Clients', unit: 'count' },
  { name: 'requesters', title: 'Requesters', unit: 'count', optional: true },
  { name: 'median_ms', title: 'Median time', unit: 'ms', rise_is_bad: true, optional: true },
  { name: 'p95_ms', title: '95th percentile time', unit: 'ms', rise_is_bad: true, optional: true },
];

/** The headline figures of an edition: about its requests, or, if neither period has one, about its lines. */
export function headlineFigures(record: EditionRecord): HeadlineFigure[] {
  const isZero = (name: string) => isZeroIn(record, name);
  const columns = isOfLines(record) ? [LINES] : HEADLINE_COLUMNS;
  const shown = columns.filter(({ name, optional }) => name in record.headline && !(optional && isZero(name)));
  return shown.map((column) => {
    const declared = overviewColumns(record).find(({ name }) => name === column.name);
    return figure(record, { type: 'double', ...column, ...declared, title: column.title });
  });
}

/** True if an edition is about lines, because neither period has a request. */
export function isOfLines(record: EditionRecord): boolean {
  return isZeroIn(record, 'requests') && !isZeroIn(record, 'lines');
}

function isZeroIn({ headline, headline_before }: EditionRecord, name: string): boolean {
  return [headline, headline_before].every((one) => !Number(one[name]));
}

/** All figures of the overview that have a value in either period, in the overview's order. */
export function overviewFigures(record: EditionRecord): HeadlineFigure[] {
  return overviewColumns(record)
    .filter(({ name }) => record.headline[name] != null || record.headline_before[name] != null)
    .map((column) => figure(record, column));
}

/** False if the previous period has no lines, so that nothing can be compared. */
export function hasPeriodBefore({ headline_before }: EditionRecord): boolean {
  return holdsLines(headline_before);
}

/** True if a period has at least one line; a headline of 0.1.0 counts its lines as requests. */
export function holdsLines({ requests = 0, lines = requests }: Headline): boolean {
  return Number(lines) > 0;
}

function overviewColumns(record: EditionRecord): readonly Column[] {
  return record.sections.find(({ headline }) => headline)?.columns ?? [];
}

function figure(record: EditionRecord, column: Column): HeadlineFigure {
  const value = record.headline[column.name] ?? null;
  const value_before = record.headline_before[column.name] ?? null;
  const comparable = hasPeriodBefore(record) && isFigure(column) && value !== null && value_before !== null;
  const change = comparable ? changeBetween(toNumber(value), toNumber(value_before), column.unit) : null;
  const now = formatValue(value, column);
  return {
    name: column.name,
    title: column.title,
    now,
    before: formatValue(value_before, column),
    shown: value === null ? UNKNOWN : column.approximate ? `≈ ${now.text}` : now.text,
    change,
    change_text: changeText(record, change),
    sentiment: sentimentOf(column.name, change),
  };
}

function changeText(record: EditionRecord, change: Change | null): string {
  if (!hasPeriodBefore(record)) return 'no lines before';
  return change ? formatChange(change) : 'nothing to compare';
}

function sentimentOf(name: string, change: Change | null): HeadlineFigure['sentiment'] {
  const hasSentiment = HEADLINE_COLUMNS.some((column) => column.name === name && column.rise_is_bad);
  if (!hasSentiment || !change || change.direction === 'same') return 'neutral';
  return change.direction === 'up' ? 'worse' : 'better';
}
