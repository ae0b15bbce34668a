/** Every `record_kind` of the lake: why a line is not a request. `sql/lake/record-kind.sql` decides it. */
export const RECORD_KINDS = [
  'lifecycle',
  'batch_item',
  'copy_read',
  'checksum',
  'connection',
  'health_check',
  'shield',
  'message',
  'unknown',
] as const;

export type RecordKind = (typeof RECORD_KINDS)[number];

/** How many rows are of which kind; kinds without a row are left out. */
export type RecordKindCounts = Partial<Record<RecordKind, number>>;

/** The counts of kinds from a row with a column per kind. */
export function kindCounts(row: Readonly<Record<string, unknown>>): RecordKindCounts {
  const counted = RECORD_KINDS.map((kind) => [kind, Number(row[kind] ?? 0)] as const);
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}
