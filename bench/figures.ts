import { cpus, totalmem } from 'node:os';

/** One line of the result. */
export interface Figure {
  name: string;
  value: number;
  unit: 'lines_per_s' | 's' | 'bytes' | 'ratio';
  /** What it should come to, such as `≥ 400,000 lines/s`. */
  target?: string;
  met?: boolean;
}

const GiB = 1024 ** 3;

/** What the figures were measured on. */
export function describeMachine(): string {
  const models = [...new Set(cpus().map(({ model }) => model.trim()))].join(', ');
  return `${models}, ${cpus().length} cores, ${(totalmem() / GiB).toFixed(1)} GB memory, ${process.platform} ${process.arch}, Node ${process.version}`;
}

/** The figures as a table for people. */
export function printFigures(title: string, figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [figure.name, printValue(figure), printTarget(figure)]);
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const lines = rows.map(([name = '', value = '', target = '']) =>
    `  ${name.padEnd(width(0))}  ${value.padStart(width(1))}  ${target}`.trimEnd(),
  );
  return `${[title, ...lines].join('\n')}\n`;
}

function printValue({ value, unit }: Figure): string {
  if (unit === 'lines_per_s') return `${Math.round(value).toLocaleString('en-US')} lines/s`;
  if (unit === 'bytes') return `${(value / GiB).toFixed(2)} GB`;
  return unit === 's' ? `${value.toFixed(2)} s` : `1/${(1 / value).toFixed(1)}`;
}

function printTarget({ target, met }: Figure): string {
  return target ? `${met ? 'met' : 'MISSED'}: ${target}` : '';
}
