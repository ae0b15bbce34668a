import { createHash } from 'node:crypto';
import { formatOf } from '../formats/formats.ts';
import { linePattern } from '../formats/pattern.ts';
import { REQUEST_COLUMNS } from '../requests.ts';
import { readSql } from '../sql.ts';

/** The columns of `requests` that a format's mapping selects: all but `copies`, which deduplication adds. */
export const MAPPED_COLUMNS = REQUEST_COLUMNS.filter(({ name }) => name !== 'copies').map(({ name }) => name);

/** The rows of a raw relation as `requests` columns, `reason` and `line`, in Trino's SQL. */
export function mappingSql(format: string, raw: string): string {
  return readSql(`formats/${formatOf(format).id}.sql`).replace('{{raw}}', () => raw);
}

/** One row a request from mapped rows, with how often it was delivered. */
export function deduplicationSql(mapped: string): string {
  return readSql('lake/deduplicated.sql')
    .replace('{{columns}}', () => MAPPED_COLUMNS.join(', '))
    .replace('{{mapped}}', () => mapped);
}

/** Changes whenever the same lines would become other rows. */
export function formatSha256(format: string): string {
  const parts = [linePattern(formatOf(format)), mappingSql(format, 'raw'), deduplicationSql('mapped')];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
