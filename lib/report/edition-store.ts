import type { Table } from 'apache-arrow';
import type { EditionRecord } from '../model/edition.ts';
import type { Period } from '../model/period.ts';
import type { Store } from '../store/store.ts';
import { readTable } from '../tables/read-table.ts';

/** Folder of an edition: `<report>/<from>_<to>/`. */
export function editionPrefix(report: string, { from, to }: Period): string {
  return `${report}/${from}_${to}/`;
}

/** The record of an edition, or undefined when there is none yet. */
export async function readEdition(editions: Store, prefix: string): Promise<EditionRecord | undefined> {
  const bytes = await editions.get(`${prefix}edition.json`);
  return bytes && JSON.parse(new TextDecoder().decode(bytes));
}

/** The rows of every section of an edition, for those who show them. */
export async function readTables(editions: Store, prefix: string, record: EditionRecord): Promise<Map<string, Table>> {
  const tables = new Map<string, Table>();
  for (const { id, columns } of record.sections)
    tables.set(id, await readTable(editions, `${prefix}${id}.parquet`, columns));
  return tables;
}

/** The edition that stands in its place already, when it is of that identity and none of its files is missing. */
export async function standingEdition(
  editions: Store,
  prefix: string,
  identity_sha256: string,
): Promise<EditionRecord | undefined> {
  const record = await readEdition(editions, prefix);
  if (record?.identity_sha256 !== identity_sha256) return undefined;
  const sizes = new Map<string, number>();
  for await (const { key, size_bytes } of editions.list(prefix)) sizes.set(key.slice(prefix.length), size_bytes);
  const files = [...record.sections, ...(record.requests ?? [])].flatMap((section) => section.files);
  const isWhole = files.every(({ name, size_bytes }) => sizes.get(name) === size_bytes);
  return isWhole && ['report.html', 'mail.eml'].every((name) => sizes.has(name)) ? record : undefined;
}
