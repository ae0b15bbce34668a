import type { Value } from '../model/value.ts';
import { ownerOf, withOwner } from '../text/owners.ts';
import { shortenText, visibleText } from '../text/visible-text.ts';
import type { Material, Row } from './input.ts';

/** What sections count by: whoever asks, the addresses they ask from, and what they ask for. */
export interface Thing {
  /** In a sentence, for one of them. */
  noun: string;
  plural: string;
  /** Columns that together name one. */
  columns: readonly string[];
  changes_section: string;
  top_section: string;
}

export const THINGS: readonly Thing[] = [
  {
    noun: 'requester',
    plural: 'requesters',
    columns: ['requester'],
    changes_section: 'requester-changes',
    top_section: 'top-requesters',
  },
  {
    noun: 'client',
    plural: 'clients',
    columns: ['client_ip'],
    changes_section: 'client-changes',
    top_section: 'top-clients',
  },
  {
    noun: 'object',
    plural: 'objects',
    columns: ['bucket', 'object'],
    changes_section: 'object-changes',
    top_section: 'top-objects-by-requests',
  },
  {
    noun: 'endpoint',
    plural: 'endpoints',
    columns: ['endpoint'],
    changes_section: 'endpoint-changes',
    top_section: 'top-endpoints',
  },
];

const NAME_SHOWN = 80;
/** A finding's figures hold no more of a text: a key may be longer than all the rest of an edition's record. */
const NAME_KEPT = 256;

/** One requester, client or object as a sentence names it, with its owner in front if it has one. */
export function nameOf({ columns }: Thing, row: Row, owners: Material['owners']): string {
  const value = columns.flatMap((column) => textOf(row[column])).join('/');
  const shown = visibleText(shortenText(value, NAME_SHOWN)) || '(empty)';
  return withOwner(ownerOf(owners, columns[0] ?? '', value), shown);
}

/** The same as data: its columns, NULL ones left out. */
export function namesOf({ columns }: Thing, row: Row): Record<string, string> {
  return Object.fromEntries(
    columns.flatMap((column) => textOf(row[column]).map((text) => [column, shortenText(text, NAME_KEPT)])),
  );
}

/** Tells rows of the same thing from others. */
export function keyOf({ columns }: Thing, row: Row): string {
  return JSON.stringify(columns.map((column) => textOf(row[column])));
}

function textOf(value: Value | undefined): string[] {
  return value == null ? [] : [String(value)];
}
