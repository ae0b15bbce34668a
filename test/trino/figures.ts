/** What a section took on each engine, and how much of the lake Trino read for it. */
export interface Figure {
  id: string;
  trino_ms: number;
  duckdb_ms: number;
  input_bytes: number;
}

/** Prints the figures of all sections, and their sum. */
export function printFigures(figures: readonly Figure[]): void {
  const sum = (name: 'trino_ms' | 'duckdb_ms' | 'input_bytes') =>
    figures.reduce((total, figure) => total + figure[name], 0);
  const total = {
    id: 'together',
    trino_ms: sum('trino_ms'),
    duckdb_ms: sum('duckdb_ms'),
    input_bytes: sum('input_bytes'),
  };
  const lines = [...figures, total].map(({ id, trino_ms, duckdb_ms, input_bytes }) => {
    const cells = [trino_ms.toFixed(0), duckdb_ms.toFixed(0), (input_bytes / 1e6).toFixed(2)];
    return `${id.padEnd(26)}${cells.map((cell) => cell.padStart(12)).join('')}`;
  });
  const heading = `${'section'.padEnd(26)}${['Trino, ms', 'DuckDB, ms', 'read, MB'].map((cell) => cell.padStart(12)).join('')}`;
  process.stdout.write(`\n${[heading, ...lines].join('\n')}\n`);
}
