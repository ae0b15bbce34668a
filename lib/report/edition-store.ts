import type { Table } from 'apache-arrow';
import type { EditionRecord } from '../model/edition.ts';
import type { Period } from '../model/period.ts';
import { readJson } from '../store/json.ts';
import type { Store } from '../store/store.ts';
import { readTable } from '../tables/read-table.ts';
import type { ChosenLogs } from './ports.ts';

/** Folder of an edition: `<report>/<from>_<to>/`. */
function editionPrefix(report: string, { from, to }: Period): string {
  return `${report}/${from}_${to}/`;
}

/**
 * Folder of a report's edition. Editions of other logs than those of the configuration are not revisions of each other, so
 * they are also named by their logs: `<report>-<id>/<from>_<to>/`. Without a configuration the first one takes the plain name.
 */
export async function prefixOf(editions: Store, report: string, period: Period, logs?: ChosenLogs): Promise<string> {
  const plain = editionPrefix(report, period);
  if (!logs) return plain;
  const apart = editionPrefix(`${report}-${logs.id}`, period);
  if (!logs.may_take_name || (await readEdition(editions, apart))) return apart;
  const taken = await readEdition(editions, plain);
  return taken && taken.logs !== logs.id ? apart : plain;
}

/** The record of an edition, or undefined if the period has none yet. */
export function readEdition(editions: Store, prefix: string): Promise<EditionRecord | undefined> {
  return readJson<EditionRecord>(editions, `${prefix}edition.json`);
}

/** The rows of every section of an edition, by section id. */
export async function readTables(editions: Store, prefix: string, record: EditionRecord): Promise<Map<string, Table>> {
  const tables = new Map<string, Table>();
  for (const { id, columns } of record.sections)
    tables.set(id, await readTable(editions, `${prefix}${id}.parquet`, columns));
  return tables;
}

/** The edition that is stored already, if it was made from the same inputs and none of its files is missing. */
export async function currentEdition(
  editions: Store,
  prefix: string,
  inputs_sha256: string,
): Promise<EditionRecord | undefined> {
  const record = await readEdition(editions, prefix);
  if (record?.inputs_sha256 !== inputs_sha256) return undefined;
  const sizes = new Map<string, number>();
  for await (const { key, size_bytes } of editions.list(prefix)) sizes.set(key.slice(prefix.length), size_bytes);
  const files = [...record.sections, ...(record.requests ?? [])].flatMap((section) => section.files);
  const isComplete = files.every(({ name, size_bytes }) => sizes.get(name) === size_bytes);
  return isComplete && ['report.html', 'mail.eml'].every((name) => sizes.has(name)) ? record : undefined;
}
