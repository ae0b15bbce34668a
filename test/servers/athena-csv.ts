import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  type DuckDBResultReader,
  DuckDBTimestampValue,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';

/**
 * A result as Athena writes it to S3: a header, each value in double quotes, quotes inside doubled, NULL as an empty field
 * without quotes, a line feed after each row.
 */
export function athenaCsv(result: DuckDBResultReader): string {
  const typeIds = result.columnTypes().map((type) => type.typeId);
  const rows = result
    .getRows()
    .map((row) => row.map((value, index) => (value === null ? null : print(value, typeIds[index]))));
  return csvOf(result.columnNames(), rows);
}

/** The same for values that are text already. */
export function csvOf(names: readonly string[], rows: readonly (string | null)[][]): string {
  const lines = rows.map((row) => row.map((text) => (text === null ? '' : quoted(text))).join(','));
  return `${[names.map(quoted).join(','), ...lines].join('\n')}\n`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function print(value: DuckDBValue, typeId: DuckDBTypeId | undefined): string {
  if (typeof value === 'number' && typeId === DuckDBTypeId.DOUBLE) return printDouble(value);
  if (value instanceof DuckDBTimestampValue) {
    return new Date(Number(value.micros / 1000n)).toISOString().replace('T', ' ').replace('Z', '');
  }
  if (value instanceof DuckDBDateValue || value instanceof DuckDBDecimalValue) return value.toString();
  if (value !== null && typeof value === 'object') throw new Error(`no form in Athena's CSV is known for ${value}`);
  return String(value);
}

/** As Java's Double.toString, which Athena prints: `1.0`, `1.5E10`, `NaN`, `-Infinity`. */
export function printDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) {
    const sign = Object.is(value, -0) ? '-' : '';
    return `${sign}${value}${Number.isInteger(value) ? '.0' : ''}`;
  }
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa}${mantissa.includes('.') ? '' : '.0'}E${exponent.replace('+', '')}`;
}
