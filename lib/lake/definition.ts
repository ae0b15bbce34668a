import { createHash } from 'node:crypto';
import type { Format } from '../formats/format.ts';
import { MAPPED_COLUMNS, mappingSql } from '../formats/mapping.ts';
import { readSql } from '../sql/sql-files.ts';

/** One row a request from mapped rows, with how often it was delivered; of rows that are alike in the columns `within`. */
export function deduplicationSql(
  mapped: string,
  columns: readonly string[] = MAPPED_COLUMNS,
  within: readonly string[] = [],
): string {
  return readSql('lake/deduplicated.sql')
    .replace('{{columns}}', () => columns.join(', '))
    .replaceAll('{{within}}', within.map((column) => `${column}, `).join(''))
    .replace('{{mapped}}', () => mapped);
}

/** The figures of a day's manifest, from relations of its requests and its rejected lines. */
export function dayFiguresSql(requests: string, rejected: string): string {
  return readSql('lake/day.sql')
    .replace('{{requests}}', () => requests)
    .replace('{{rejected}}', () => rejected);
}

/** Changes whenever the same lines would become other rows. */
export function formatSha256(format: Format): string {
  const parts = [format, mappingSql(format, 'raw'), deduplicationSql('mapped')];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
