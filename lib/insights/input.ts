import type { Headline } from '../model/edition.ts';
import type { Period } from '../model/period.ts';
import type { Value } from '../model/value.ts';

/** A row of a section, by the names of its columns. */
export type Row = Readonly<Record<string, Value>>;

/** What the rules look at: headlines and rows of sections, of the period and of the one before. */
export interface Material {
  period: Period;
  period_before: Period;
  headline: Headline;
  headline_before: Headline;
  /** Owners of values (teams or customers), by column and value. */
  owners: Record<string, Record<string, string>>;
  /** Rows by section; a section that the report leaves out is missing, and so are the findings from it. */
  now: ReadonlyMap<string, readonly Row[]>;
  /** Rows of `SECTIONS_BEFORE` over the period before; empty when that period holds no line. */
  before: ReadonlyMap<string, readonly Row[]>;
}

/** The sections that rules compare row by row, so that they are asked over the period before too. */
export const SECTIONS_BEFORE = [
  'top-requesters',
  'top-clients',
  'top-objects-by-requests',
  'top-endpoints',
  'status',
  'status-codes',
] as const;

/** The sections whose rows of the period the rules read. */
export const SECTIONS_NOW = [
  ...SECTIONS_BEFORE,
  'by-day',
  'requester-changes',
  'client-changes',
  'object-changes',
  'endpoint-changes',
] as const;
