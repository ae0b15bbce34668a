import { readSql } from '../sql/sql-files.ts';

/** The value of `download` in a row that is part of a download, until the parts are put together. */
export const DOWNLOAD_PART = 'part';

/** SQL for a relation with the column `download`, as each row tells it by itself: see sql/lake/download-kinds.sql. */
export function downloadKindsSql(rows: string): string {
  return readSql('lake/download-kinds.sql').replace('{{rows}}', () => rows);
}

/**
 * SQL for the columns of a relation with `download`, in which the parts of a download are put together: see
 * sql/lake/download-parts.sql. Rows that differ in a column of `within` are of different downloads.
 */
export function downloadPartsSql(rows: string, columns: readonly string[], within: readonly string[] = []): string {
  return readSql('lake/download-parts.sql')
    .replace('{{columns}}', () => columns.join(', '))
    .replaceAll('{{within}}', within.map((column) => `${column}, `).join(''))
    .replace('{{rows}}', () => rows);
}
