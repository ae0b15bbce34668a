import { createHash } from 'node:crypto';
import { downloadKindsSql } from '../formats/download-kinds.ts';
import type { Format } from '../formats/format.ts';
import { MAPPED_COLUMNS, mappingSql } from '../formats/mapping.ts';
import { RECORD_KINDS } from '../model/record-kinds.ts';
import { compactSql } from '../sql/compact-sql.ts';
import { readSql } from '../sql/sql-files.ts';
import { downloadPartsSql } from './downloads.ts';

/** Name of the column with a digest of the whole line. Lines with the same request id but another digest are no duplicates. */
export const LINE_KEY = 'line_key';

/**
 * SQL that deduplicates mapped rows: one row per request, with its number of deliveries in `copies`. The columns of `line`
 * are the line, its fields or its digest. Rows that differ in a column of `within` are different requests.
 */
export function deduplicationSql(
  mapped: string,
  {
    columns = MAPPED_COLUMNS,
    line = [LINE_KEY],
    within = [],
  }: { columns?: readonly string[]; line?: readonly string[]; within?: readonly string[] } = {},
): string {
  return readSql('lake/deduplicated.sql')
    .replace('{{columns}}', () => columns.join(', '))
    .replaceAll('{{within}}', within.map((column) => `${column}, `).join(''))
    .replaceAll('{{line}}', line.join(', '))
    .replace('{{mapped}}', () => mapped);
}

/**
 * SQL for the figures of requests in a day's manifest. A column per kind counts the lines that are not requests. With the
 * columns in `by`, it selects a row for each of their values.
 */
export function requestFiguresSql(requests: string, by: readonly string[] = []): string {
  const kinds = RECORD_KINDS.map((kind) => `count(*) FILTER (WHERE record_kind = '${kind}') AS ${kind}`);
  const figures = readSql('lake/request-figures.sql')
    .replace('{{kinds}}', [...kinds, ...by].join(',\n  '))
    .replace('{{requests}}', () => requests);
  return by.length > 0 ? `${figures}\nGROUP BY ${by.join(', ')}` : figures;
}

/** SQL for the figures of a day's manifest, from relations of its requests and its rejected lines. */
export function dayFiguresSql(requests: string, rejected: string): string {
  return `SELECT *, (${rejectedLinesSql(rejected)}) AS rejected FROM (${requestFiguresSql(requests)})`;
}

/** SQL for the number of rejected lines, from a relation of them. */
export function rejectedLinesSql(rejected: string): string {
  return `SELECT coalesce(CAST(sum(copies) AS bigint), 0) AS rejected FROM ${rejected}`;
}

/**
 * Digest of all that decides how lines of a format become rows. A day with another digest is parsed again. Titles and
 * comments are not part of it.
 */
export function formatSha256(format: Format): string {
  const { title: _title, mapping: _mapping, ...reading } = format;
  const sql = [
    mappingSql(format, 'raw'),
    deduplicationSql('mapped'),
    downloadKindsSql('mapped'),
    downloadPartsSql('mapped', []),
  ];
  const parts = [reading, ...sql.map(compactSql)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
