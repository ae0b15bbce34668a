import type { Value } from '../model/value.ts';
import { ownerOf, withOwner } from '../text/owners.ts';
import { shortenText, visibleText } from '../text/visible-text.ts';
import type { InsightSection, InsightsInput, Row } from './input.ts';

/** What a section counts by: requesters, client addresses, or what they request. */
export interface Entity {
  /** Its name in a sentence, in the singular. */
  noun: string;
  plural: string;
  /** Columns that together identify one. */
  columns: readonly string[];
}

/** The entity of a section's rows. It is named after the last of its columns: an object in a bucket is an object. */
export function entityOf({ entity, columns }: Pick<InsightSection, 'entity' | 'columns'>): Entity {
  const title = columns.find(({ name }) => name === entity.at(-1))?.title ?? 'row';
  const noun = title.toLowerCase();
  return { noun, plural: `${noun}s`, columns: entity };
}

const NAME_SHOWN = 80;
/** Limit for text in a finding's figures: a key may be longer than all the rest of an edition's record. */
const NAME_KEPT = 256;

/** The name of a requester, client or object in a sentence, after its owner if it has one. */
export function nameOf({ columns }: Entity, row: Row, owners: InsightsInput['owners']): string {
  const value = columns.flatMap((column) => textOf(row[column])).join('/');
  const shown = visibleText(shortenText(value, NAME_SHOWN)) || '(empty)';
  return withOwner(ownerOf(owners, columns[0] ?? '', value), shown);
}

/** The same as data: its columns, without those that are NULL. */
export function namesOf({ columns }: Entity, row: Row): Record<string, string> {
  return Object.fromEntries(
    columns.flatMap((column) => textOf(row[column]).map((text) => [column, shortenText(text, NAME_KEPT)])),
  );
}

/** A key that is the same for all rows about one entity. */
export function keyOf({ columns }: Entity, row: Row): string {
  return JSON.stringify(columns.map((column) => textOf(row[column])));
}

function textOf(value: Value | undefined): string[] {
  return value == null ? [] : [String(value)];
}
