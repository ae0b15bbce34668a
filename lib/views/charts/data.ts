import type { Chart } from '../../model/chart.ts';
import type { Column, Unit } from '../../model/columns.ts';
import { daysOf, type Period } from '../../model/period.ts';
import type { Value } from '../../model/value.ts';
import { periodName } from '../../text/format-period.ts';
import { formatValue } from '../../text/format-value.ts';
import { ownerOf } from '../../text/owners.ts';
import { shortenText, visibleText } from '../../text/visible-text.ts';
import type { ChartData, PaletteColor, Series } from './chart.ts';

/** A row by the names of its columns, from a table or from `edition.json`. */
export type ChartRow = Readonly<Record<string, Value | undefined>>;

export interface ChartMaterial {
  columns: readonly Column[];
  rows: readonly ChartRow[];
  /** Rows over the period before, for charts that compare with it. */
  before?: readonly ChartRow[] | undefined;
  period: Period;
  period_before: Period;
  /** Owners of values (teams or customers), by column and value. */
  owners?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
}

const NAMES_DRAWN = 10;
const NAME_LENGTH = 120;
const PARTS_DRAWN = 31;
/** A hundred days; of more, an hour would be thinner than a line. */
const HOURS_DRAWN = 2400;
const HOURS = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
const COLORS: readonly PaletteColor[] = ['primary', 'secondary', 'tertiary'];
/** Classes of HTTP status, the parts of a figure that is split by status. */
const STATUS_COLORS: Readonly<Record<string, PaletteColor>> = {
  '2xx': 'primary',
  '3xx': 'neutral',
  '4xx': 'warning',
  '5xx': 'error',
};
const NO_STATUS = 'no status';

/**
 * The data of a section's chart. Names are visible text. Undefined if there is nothing to show: only zeros, a single bar,
 * day or row of a grid with nothing to compare, or more hours than a reader can distinguish.
 */
export function chartData(chart: Chart, material: ChartMaterial): ChartData | undefined {
  const unit = material.columns.find(({ name }) => name === chart.y[0])?.unit ?? 'count';
  const place = material.columns.find(({ name }) => name === chart.x[0]);
  const x_domain = place ? domainOf(place) : 'name';
  const frame = { kind: chart.kind, title: chart.title, unit, x_domain } as const;
  const data = x_domain === 'name' ? named(chart, material, unit) : timed(chart, material, x_domain);
  const isDrawn = data.series.some(({ values }) => values.some((value) => value !== null && value !== 0));
  return isDrawn && !isAlone(chart, data) && data.labels.length <= HOURS_DRAWN ? { ...frame, ...data } : undefined;
}

function isAlone({ kind }: Chart, { labels, series }: Drawn): boolean {
  if (kind === 'percentiles') return false;
  if (kind === 'heatmap') return series.length === 1;
  return labels.filter((_, at) => series.some(({ values }) => values[at] != null)).length === 1;
}

function domainOf({ type, unit }: Column): ChartData['x_domain'] {
  if (unit === 'day') return 'day';
  if (unit === 'hour') return 'hour_of_day';
  return type === 'timestamp' ? 'hour' : 'name';
}

type Drawn = Pick<ChartData, 'labels' | 'series' | 'labels_before' | 'name_count'>;

/** Every day or hour of the period, or hour of the day, has its place, whether the log holds it or not. */
function timed(chart: Chart, material: ChartMaterial, x_domain: Exclude<ChartData['x_domain'], 'name'>): Drawn {
  const { columns, rows, before = [], period, period_before } = material;
  const labels = labelsOf(period, x_domain);
  if (chart.split !== undefined) return { labels, series: parted(chart, chart.split, material, labels) };
  const ofPeriod = chart.y.map(
    (name, index): Series => ({
      name: chart.compare && chart.y.length === 1 ? periodName(period) : titleOf(columns, name),
      color: colorOf(columns, name, index),
      values: valuesAt(chart, rows, labels, name),
    }),
  );
  if (!chart.compare || before.length === 0) return { labels, series: ofPeriod };
  const labels_before = labelsOf(period_before, x_domain).slice(0, labels.length);
  const shadows = chart.y.map((name): Series => {
    const title = chart.y.length === 1 ? '' : `, ${titleOf(columns, name)}`;
    return {
      name: `${periodName(period_before)}${title}`,
      color: 'previous',
      values: valuesAt(chart, before, labels_before, name),
    };
  });
  return { labels, series: [...ofPeriod, ...shadows], ...(x_domain === 'hour_of_day' ? {} : { labels_before }) };
}

function labelsOf(period: Period, x_domain: Exclude<ChartData['x_domain'], 'name'>): string[] {
  if (x_domain === 'hour_of_day') return HOURS;
  const days = daysOf(period);
  return x_domain === 'day' ? days : days.flatMap((day) => HOURS.map((hour) => `${day}T${hour.slice(0, 2)}`));
}

function parted(chart: Chart, split: string, { columns, rows }: ChartMaterial, labels: readonly string[]): Series[] {
  const column = columns.find(({ name }) => name === split);
  const parts = new Map<string, ChartRow[]>();
  for (const row of rows) {
    if (row[split] == null) continue;
    const part = column ? visibleText(shortenText(formatValue(row[split], column).text, NAME_LENGTH)) : '';
    parts.set(part, [...(parts.get(part) ?? []), row]);
  }
  return [...parts].slice(0, PARTS_DRAWN).map(([name, ofPart]) => ({
    name,
    color: 'primary',
    values: valuesAt(chart, ofPart, labels, chart.y[0] ?? ''),
  }));
}

function valuesAt({ x }: Chart, rows: readonly ChartRow[], labels: readonly string[], name: string): Series['values'] {
  const length = labels[0]?.length ?? 0;
  const byLabel = new Map(rows.map((row) => [timeLabel(row[x[0] ?? ''] ?? null).slice(0, length), row]));
  return labels.map((label) => toNumberOrNull(byLabel.get(label)?.[name]));
}

/** A day or time in ms since 1970 or as text, or an hour of the day, as what a label starts. */
function timeLabel(value: Value): string {
  if (typeof value === 'string') return value;
  const number = Number(value);
  return number < 24 ? (HOURS[number] ?? '') : new Date(number).toISOString();
}

/** The names with the largest figures. Rows of one name are added up; of times and percentiles the longest counts. */
function named(chart: Chart, material: ChartMaterial, unit: Unit): Drawn {
  const { columns, rows, owners } = material;
  const isSum = chart.kind !== 'percentiles' && unit !== 'ms';
  const groups = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const label = nameOf(chart.x.map((name) => ownerOf(owners, name, row[name]) ?? row[name] ?? null));
    const group = groups.get(label) ?? new Map<string, number>();
    for (const name of chart.y) {
      const key = chart.split === undefined ? name : statusClass(row[chart.split] ?? null);
      const [known, value] = [group.get(key) ?? 0, toNumberOrNull(row[name]) ?? 0];
      group.set(key, isSum ? known + value : Math.max(known, value));
    }
    groups.set(label, group);
  }
  const weight = (group: Map<string, number>) => {
    const values = [...group.values()];
    return chart.kind === 'percentiles' ? Math.max(...values) : values.reduce((sum, value) => sum + Math.abs(value), 0);
  };
  const ranked = [...groups].filter(([, group]) => weight(group) > 0).sort(([, a], [, b]) => weight(b) - weight(a));
  const drawn = ranked.slice(0, NAMES_DRAWN);
  const keys =
    chart.split === undefined ? chart.y : [...new Set(drawn.flatMap(([, group]) => [...group.keys()]))].sort();
  const series = keys.map(
    (key, index): Series => ({
      name: chart.split === undefined ? titleOf(columns, key) : key,
      color: chart.split === undefined ? colorOf(columns, key, index) : statusColor(key, index),
      values: drawn.map(([, group]) => group.get(key) ?? null),
    }),
  );
  return { labels: drawn.map(([label]) => label), series, name_count: ranked.length };
}

function nameOf(values: readonly Value[]): string {
  const name = values
    .filter((value) => value !== null && value !== '')
    .map(String)
    .join('/');
  return name === '' ? '(none)' : visibleText(shortenText(name, NAME_LENGTH));
}

function statusClass(status: Value): string {
  return status === null ? NO_STATUS : `${Math.floor(Number(status) / 100)}xx`;
}

/** The colour that the column means, or else one by its place among the series. */
function colorOf(columns: readonly Column[], name: string, index: number): PaletteColor {
  return columns.find((column) => column.name === name)?.color ?? colorAt(index);
}

function statusColor(status_class: string, index: number): PaletteColor {
  return STATUS_COLORS[status_class] ?? (status_class === NO_STATUS ? 'neutral' : colorAt(index));
}

function colorAt(index: number): PaletteColor {
  return COLORS[index % COLORS.length] ?? 'primary';
}

function titleOf(columns: readonly Column[], name: string): string {
  return columns.find((column) => column.name === name)?.title ?? name;
}

function toNumberOrNull(value: Value | undefined): number | null {
  return value == null ? null : Number(value);
}
