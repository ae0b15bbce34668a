/** What a section took on each engine, and how much of the lake Trino read for it. */
export interface Figure {
  id: string;
  trino_ms: number;
  duckdb_ms: number;
  input_bytes: number;
}

/** Prints the figures of all sections of a month, and the bytes that they would read without a lake. */
export function printFigures(figures: readonly Figure[], raw_bytes: number): void {
  const sum = (name: 'trino_ms' | 'duckdb_ms' | 'input_bytes') =>
    figures.reduce((total, figure) => total + figure[name], 0);
  const input_bytes = sum('input_bytes');
  const total = { id: 'together', trino_ms: sum('trino_ms'), duckdb_ms: sum('duckdb_ms'), input_bytes };
  const rows = [...figures, total].map(({ id, ...figure }) => [
    id,
    figure.trino_ms.toFixed(0),
    figure.duckdb_ms.toFixed(0),
    megabytes(figure.input_bytes),
  ]);
  const lines = [['section', 'Trino, ms', 'DuckDB, ms', 'read, MB'], ...rows].map(([id = '', ...cells]) =>
    [id.padEnd(26), ...cells.map((cell) => cell.padStart(12))].join(''),
  );
  const sentence =
    `Of the lake the sections read ${megabytes(input_bytes)} MB. The raw lines of the month are ${megabytes(raw_bytes)} MB: ` +
    `read once to fill the lake, and ${megabytes(raw_bytes * figures.length)} MB if each section read them.`;
  process.stdout.write(`\n${[...lines, sentence].join('\n')}\n`);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(2);
}
