import { readSql } from '../sql/sql-files.ts';

/** The value of `download` in a row that is part of a download, until the parts are combined. */
export const DOWNLOAD_PART = 'part';

/**
 * SQL that combines the parts of each download, for a relation with the column `download`: see sql/lake/download-parts.sql.
 * Rows that differ in a column of `within` belong to different downloads.
 */
export function downloadPartsSql(rows: string, columns: readonly string[], within: readonly string[] = []): string {
  return readSql('lake/download-parts.sql')
    .replace('{{columns}}', () => columns.join(', '))
    .replaceAll('{{within}}', within.map((column) => `${column}, `).join(''))
    .replace('{{rows}}', () => rows);
}
