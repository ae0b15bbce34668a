import type { Column } from '../model/columns.ts';
import type { Headline } from '../model/edition.ts';
import type { Period } from '../model/period.ts';
import type { Value } from '../model/value.ts';

/** A row of a section, by the names of its columns. */
export type Row = Readonly<Record<string, Value>>;

/** A section whose header names a rule for findings, with its rows. */
export interface InsightSection {
  id: string;
  rule: 'days' | 'changes' | 'ranks' | 'errors';
  columns: readonly Column[];
  /** Columns that together name what a row is about; empty for days and errors. */
  entity: readonly string[];
  /** The most rows that the section returns; undefined if it has no limit. */
  limit: number | undefined;
  rows: readonly Row[];
  /** Rows over the previous period, for the rules of `COMPARED_RULES`; empty if that period has no line. */
  rows_before: readonly Row[];
}

/** The rules that compare two periods row by row, so that their sections are queried for the previous period too. */
export const COMPARED_RULES: readonly InsightSection['rule'][] = ['ranks', 'errors'];

/** The input of the rules: headlines and rows of sections, of the period and of the previous one. */
export interface InsightsInput {
  period: Period;
  period_before: Period;
  headline: Headline;
  headline_before: Headline;
  /** Id of the section that the headlines come from. */
  headline_section: string;
  /** Owners of values (teams or customers), by column and value. */
  owners: Record<string, Record<string, string>>;
  /** The report's sections that have a rule. */
  sections: readonly InsightSection[];
}

/** The sections that a rule reads. */
export function sectionsFor(rule: InsightSection['rule'], { sections }: InsightsInput): InsightSection[] {
  return sections.filter((section) => section.rule === rule);
}

/** What findings count: requests, or, if neither period has one, lines. */
export function countedFigure({ headline, headline_before }: InsightsInput): 'requests' | 'lines' {
  return [headline, headline_before].some(({ requests }) => Number(requests ?? 0) > 0) ? 'requests' : 'lines';
}
