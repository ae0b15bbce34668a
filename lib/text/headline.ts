import type { Column, Unit } from '../model/columns.ts';
import type { EditionRecord, Headline } from '../model/edition.ts';
import { type Change, changeBetween, formatChange } from './format-change.ts';
import { type FormattedValue, formatValue, isFigure, toNumber } from './format-value.ts';

/** A figure of the overview beside the one before it. */
export interface HeadlineFigure {
  name: string;
  title: string;
  now: FormattedValue;
  before: FormattedValue;
  /** `≈ 34.5 ms`: the figure with a mark where engines may answer differently. */
  shown: string;
  /** Null where there is nothing to compare. */
  change: Change | null;
  /** `▲ 12.3% (+1,234)`, or why there is no change to show. */
  moved: string;
  /** Whether the change is good or bad news; most are neither. */
  sentiment: 'better' | 'worse' | 'neutral';
}

interface HeadlineColumn {
  name: string;
  title: string;
  unit: Unit;
  /** A rise of this figure is bad news, a fall good news. */
  rise_is_bad?: true;
  /** Not every kind of log tells this figure; where it is nothing in both periods it is left out. */
  may_lack?: true;
}

/** The figures that lead a report, in order, where the overview has them. */
const LEADING: readonly HeadlineColumn[] = [
  { name: 'requests', title: 'Requests', unit: 'count' },
  { name: 'error_percent', title: 'Error rate', unit: 'percent', rise_is_bad: true },
  { name: 'bytes_sent', title: 'Sent to clients', unit: 'bytes' },
  { name: 'bytes_received', title: 'Received from clients', unit: 'bytes', may_lack: true },
  { name: 'clients', title: 'Clients', unit: 'count' },
  { name: 'requesters', title: 'Requesters', unit: 'count', may_lack: true },
  { name: 'median_ms', title: 'Median time', unit: 'ms', rise_is_bad: true, may_lack: true },
  { name: 'p95_ms', title: '95th percentile time', unit: 'ms', rise_is_bad: true, may_lack: true },
];

/** The leading figures that this edition's overview holds. */
export function leadingFigures(record: EditionRecord): HeadlineFigure[] {
  const isNothing = (name: string) => [record.headline, record.headline_before].every((one) => !Number(one[name]));
  return LEADING.filter(({ name, may_lack }) => name in record.headline && !(may_lack && isNothing(name))).map(
    (leading) => {
      const column = overviewColumns(record).find(({ name }) => name === leading.name);
      return figure(record, { type: 'double', ...leading, ...column, title: leading.title });
    },
  );
}

/** Every figure of the overview that either period tells, in its own order. */
export function overviewFigures(record: EditionRecord): HeadlineFigure[] {
  return overviewColumns(record)
    .filter(({ name }) => record.headline[name] != null || record.headline_before[name] != null)
    .map((column) => figure(record, column));
}

/** False when the period before holds no line, so that nothing can be compared. */
export function hasPeriodBefore({ headline_before }: EditionRecord): boolean {
  return holdsRequests(headline_before);
}

/** True when a period holds at least one request. */
export function holdsRequests({ requests }: Headline): boolean {
  return requests != null && Number(requests) > 0;
}

function overviewColumns(record: EditionRecord): readonly Column[] {
  return record.sections.find(({ id }) => id === 'overview')?.columns ?? [];
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
    shown: column.approximate && value !== null ? `≈ ${now.text}` : now.text,
    change,
    moved: hasPeriodBefore(record) ? (change ? formatChange(change) : 'nothing to compare') : 'no lines before',
    sentiment: sentimentOf(column.name, change),
  };
}

function sentimentOf(name: string, change: Change | null): HeadlineFigure['sentiment'] {
  const judged = LEADING.some((leading) => leading.name === name && leading.rise_is_bad);
  if (!judged || !change || change.direction === 'same') return 'neutral';
  return change.direction === 'up' ? 'worse' : 'better';
}
