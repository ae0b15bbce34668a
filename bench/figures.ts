import type { Measurement } from './measure.ts';
import { cpuSeconds, seconds } from './rounds.ts';

/** One line of the result. */
export interface Figure {
  name: string;
  value: number;
  unit: 'lines_per_s' | 'records_per_s' | 's' | 'bytes' | 'ratio';
  /** What the figure took on all cores together, which a busy machine hardly changes. */
  cpu_s?: number;
  lines_per_cpu_s?: number;
  /** What it should come to, such as `≥ 400,000 lines/s`. */
  target?: string;
  met?: boolean;
}

/** What was measured of one thing. */
export interface Part {
  id: string;
  title: string;
  /** Where these are not as they were asked for. */
  lines?: number;
  runs?: number;
  figures: Figure[];
}

const GiB = 1024 ** 3;
export const wholeNumber = (value: number) => Math.round(value).toLocaleString('en-US');

/** Lines per second of some seconds, those of the CPU apart. */
export function rate(name: string, lines: number, duration_s: number, cpu_s: number, least?: number): Figure {
  const value = lines / duration_s;
  const target = least === undefined ? {} : { target: `≥ ${wholeNumber(least)} lines/s`, met: value >= least };
  return { name, value, unit: 'lines_per_s', cpu_s, lines_per_cpu_s: lines / cpu_s, ...target };
}

/** How long a command takes, and per line what it costs. */
export function duration(name: string, lines: number, measured: readonly Measurement[], most_s?: number): Figure {
  const [value, cpu_s] = [seconds(measured), cpuSeconds(measured)];
  const target = most_s === undefined ? {} : { target: `≤ ${most_s} s`, met: value <= most_s };
  return { name, value, unit: 's', cpu_s, lines_per_cpu_s: lines / cpu_s, ...target };
}

/** One duration in parts of another, and how many times smaller it should be. */
export function share(name: string, value_s: number, of_s: number, times: number): Figure {
  const value = value_s / of_s;
  return { name, value, unit: 'ratio', target: times === 1 ? '< 1' : `≤ 1/${times}`, met: value <= 1 / times };
}

export function memory(name: string, value: number, most_gib: number): Figure {
  return { name, value, unit: 'bytes', target: `≤ ${most_gib} GB`, met: value <= most_gib * GiB };
}

/** The figures as a table for people. */
export function printFigures({ title, figures }: Pick<Part, 'title' | 'figures'>): string {
  const rows = figures.map(figureCells);
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const lines = rows.map(([name = '', value = '', cpu = '', per_cpu = '', target = '']) =>
    `  ${name.padEnd(width(0))}  ${value.padStart(width(1))}  ${cpu.padStart(width(2))}  ${per_cpu.padStart(width(3))}  ${target}`.trimEnd(),
  );
  return `${[title, ...lines].join('\n')}\n`;
}

/** Name, value, seconds of CPU, lines per second of CPU, target: each empty if it is not known. */
export function figureCells(figure: Figure): string[] {
  const { name, cpu_s, lines_per_cpu_s, target, met } = figure;
  return [
    name,
    valueText(figure),
    cpu_s === undefined ? '' : `${cpu_s.toFixed(2)} CPU s`,
    lines_per_cpu_s === undefined || !Number.isFinite(lines_per_cpu_s)
      ? ''
      : `${wholeNumber(lines_per_cpu_s)} lines/CPU s`,
    target ? `${met ? 'met' : 'MISSED'}: ${target}` : '',
  ];
}

function valueText({ value, unit }: Figure): string {
  if (Number.isNaN(value)) return 'unknown';
  if (unit === 'lines_per_s') return `${wholeNumber(value)} lines/s`;
  if (unit === 'records_per_s') return `${wholeNumber(value)} records/s`;
  if (unit === 'bytes') return `${(value / GiB).toFixed(2)} GB`;
  return unit === 's' ? `${value.toFixed(2)} s` : `1/${(1 / value).toFixed(1)}`;
}
