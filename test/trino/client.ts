import { parameterLiteral } from '../../lib/engine/athena/statement.ts';
import type { Statement } from '../../lib/engine/engine.ts';

/** What a query answered, and what it took by Trino's own count. */
export interface Answer {
  columns: { name: string; type: string }[];
  /** Values as in Trino's JSON: dates and timestamps are text, whole numbers above 2^53 are bigints. */
  rows: unknown[][];
  elapsed_ms: number;
  /** Bytes read from files. */
  input_bytes: number;
  input_rows: number;
}

/** A part of an answer, as Trino's client protocol gives it. */
interface Page {
  nextUri?: string;
  columns?: Answer['columns'];
  data?: unknown[][];
  stats: { elapsedTimeMillis: number; physicalInputBytes: number; processedRows: number };
  error?: { errorName: string; message: string };
}

/** Asks the Trino server at `url`; names without a catalog are those of the Hive connector. An Error has Trino's own message. */
export async function ask(url: string, { sql, parameters }: Statement): Promise<Answer> {
  const headers = { 'X-Trino-User': 'logtally', 'X-Trino-Catalog': 'hive', 'X-Trino-Time-Zone': 'UTC' };
  let page = await readPage(
    await fetch(`${url}/v1/statement`, { method: 'POST', headers, body: bound(sql, parameters) }),
  );
  let columns = page.columns;
  const rows = [...(page.data ?? [])];
  while (page.nextUri !== undefined) {
    page = await readPage(await fetch(page.nextUri, { headers }));
    columns ??= page.columns;
    for (const row of page.data ?? []) rows.push(row);
  }
  if (page.error) throw new Error(`${page.error.errorName}: ${page.error.message}`);
  const { elapsedTimeMillis, physicalInputBytes, processedRows } = page.stats;
  return {
    columns: (columns ?? []).map(({ name, type }) => ({ name, type })),
    rows,
    elapsed_ms: elapsedTimeMillis,
    input_bytes: physicalInputBytes,
    input_rows: processedRows,
  };
}

/** Parameters as Athena takes them: string literals, bound by the engine and never put into the text. */
function bound(sql: string, parameters: readonly string[]): string {
  if (parameters.length === 0) return sql;
  const values = parameters.map(parameterLiteral).join(', ');
  return `EXECUTE IMMEDIATE '${sql.replaceAll("'", "''")}' USING ${values}`;
}

async function readPage(response: Response): Promise<Page> {
  const text = await response.text();
  if (!response.ok) throw new Error(`Trino answered ${response.status}: ${text.slice(0, 1000)}`);
  return JSON.parse(text, exactly);
}

function exactly(_key: string, value: unknown, { source }: { source?: string } = {}): unknown {
  const isWhole = typeof value === 'number' && /^-?[0-9]+$/.test(source ?? '');
  return isWhole && !Number.isSafeInteger(value) ? BigInt(source ?? '') : value;
}
