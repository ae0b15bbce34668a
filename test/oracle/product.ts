import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { logtally } from '../cli/command.ts';

/** A cell as a program without knowledge of the product reads it: a number, text, or nothing. */
export type Cell = number | string | null;
export type Row = Record<string, Cell>;

/** The rows of each section of a report, as its CSV files hold them. */
export interface Reported {
  sections: Map<string, Row[]>;
  /** Percentiles and columns that the report says are estimates, by section. */
  estimated: Map<string, Set<string>>;
  sources: { lines: number; parsed: number; rejected: number; duplicates: number }[];
}

/** Runs `logtally report` over a file and reads what it wrote. */
export async function reported(file: string, format: string, out: string): Promise<Reported> {
  const ended = await logtally(['report', file, '--format', format, '--out', out, '--json']);
  if (ended.code !== 0) throw new Error(ended.stderr);
  const { folder, edition } = JSON.parse(ended.stdout) as {
    folder: string;
    edition: { sections: SectionOfEdition[]; sources: Reported['sources'] };
  };
  const sections = new Map<string, Row[]>();
  const estimated = new Map<string, Set<string>>();
  for (const { id, columns } of edition.sections) {
    const [, ...lines] = cells(gunzipSync(readFileSync(join(folder, `${id}.csv.gz`))).toString());
    const isNumber = columns.map(({ type }) => ['bigint', 'integer', 'double'].includes(type));
    sections.set(
      id,
      lines.map((line) => Object.fromEntries(columns.map(({ name }, at) => [name, cellOf(line[at], isNumber[at])]))),
    );
    estimated.set(
      id,
      new Set(
        columns.flatMap(({ name, approximate }) => (approximate || /^(median|p95|p99)_/.test(name) ? [name] : [])),
      ),
    );
  }
  return { sections, estimated, sources: edition.sources };
}

interface SectionOfEdition {
  id: string;
  columns: { name: string; type: string; approximate?: boolean }[];
}

function cellOf(text: string | undefined, isNumber: boolean | undefined): Cell {
  if (text === undefined || text === '') return null;
  return isNumber ? Number(text) : text.replace(/^"(.*)"$/s, (_, inner: string) => inner.replaceAll('""', '"'));
}

/** The cells of a CSV file, quoted ones with their quotes, so that an empty text is not an empty cell. */
function cells(text: string): string[][] {
  return text
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? []);
}
