import { trinoReader } from '../../formats/athena/reader.ts';
import type { Period } from '../../model/period.ts';
import { rawTableName } from '../../model/table-names.ts';
import { dayName, dayRule, daysToRead } from '../../sources/layout.ts';
import type { Source } from '../../sources/source.ts';
import type { RawRelation } from '../raw-requests.ts';
import { FOLDER_DAY } from './days-sql.ts';

/** The raw lines of a source that may belong to a period, as Athena reads them from the raw table. */
export function athenaRawRelation(database: string, source: Source, period: Period, late_days: number): RawRelation {
  const rule = dayRule(source);
  const { from, to } = daysToRead(rule, period, late_days);
  const table = `${database}.${rawTableName(source.name)}`;
  const reader = trinoReader(source.definition, table, '"timestamp" BETWEEN ? AND ?', FOLDER_DAY);
  const parameters = [dayName(source, from), dayName(source, to)];
  return { reader: { sql: reader, parameters }, contains_other_days: rule === 'event_time' };
}
