import { readSql } from '../sql/sql-files.ts';

/** SQL that adds the column `download`, derived from each row alone: see sql/lake/download-kinds.sql. */
export function downloadKindsSql(rows: string): string {
  return readSql('lake/download-kinds.sql').replace('{{rows}}', () => rows);
}
