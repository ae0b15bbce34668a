import type { Column } from '../model/columns.ts';
import { jsonValue, type Value } from '../model/value.ts';
import type { Analysis, Answer } from '../report/analyze.ts';
import { tableRows } from '../tables/rows.ts';
import { formatValue } from '../text/format-value.ts';
import { goneLines, sourceLine, unreadableLines } from '../text/quality.ts';
import { visibleText } from '../text/visible-text.ts';
import { wrap } from '../views/terminal/cell.ts';
import { terminalSection } from '../views/terminal/section.ts';
import { styleOf } from '../views/terminal/style.ts';
import type { Terminal } from '../views/terminal/terminal.ts';

export interface AnalysisView {
  /** Rows to show per section. If undefined, the terminal's default, or all rows in JSON. */
  limit: number | undefined;
  endpoint?: string | undefined;
  where?: string | undefined;
}

/** An analysis for people: sources and days, the sections with rows, and the ids of those without. */
export function analysisText(analysis: Analysis, { limit, endpoint, where }: AnalysisView, terminal: Terminal): string {
  const { period, sources, answers } = analysis;
  const style = styleOf(terminal.color);
  const paragraph = (text: string) => wrap(visibleText(text), terminal.width).map((line) => style('dim', line));
  const scope = [
    `${sources.map(({ source }) => source).join(', ')}, ${period.from} to ${period.to}`,
    ...(endpoint === undefined ? [] : [`Only the endpoint ${endpoint}.`]),
    ...(where === undefined ? [] : [`Only where ${where}.`]),
  ];
  const filled = answers.filter(({ table }) => table.numRows > 0);
  const empty = answers.filter(({ table }) => table.numRows === 0).map(({ section }) => section.id);
  const view = { ...terminal, ...(limit !== undefined && { rows: limit }), rest: 'with --limit or --output json' };
  return [
    ...scope.flatMap(paragraph),
    '',
    ...filled.map(({ section, table }) => terminalSection(section, table, view)),
    ...(empty.length > 0 ? paragraph(`No rows: ${empty.join(', ')}.`) : []),
    ...sources
      .flatMap((source) => [sourceLine(source), ...unreadableLines(source), ...goneLines(source)])
      .flatMap(paragraph),
    '',
  ].join('\n');
}

/** An analysis for machines: one JSON object with sections by id, each with its columns and its rows as objects. */
export function analysisJson({ answers, ...scope }: Analysis, { limit, endpoint, where }: AnalysisView): string {
  const sections = Object.fromEntries(answers.map((answer) => [answer.section.id, sectionJson(answer, limit)]));
  return `${JSON.stringify({ ...scope, endpoint, where, sections })}\n`;
}

function sectionJson({ section, table }: Answer, limit = Number.POSITIVE_INFINITY) {
  const { title, description, group, note, columns } = section;
  const rows = tableRows(table, section, limit).map((row) =>
    Object.fromEntries(columns.map((column, index) => [column.name, jsonCell(row[index] ?? null, column)])),
  );
  return { title, description, group, note, columns, row_count: table.numRows, rows };
}

/** A value for JSON, with times in ISO 8601. */
function jsonCell(value: Value, { type }: Column): Value {
  const isTime = type === 'timestamp' || type === 'date';
  return isTime && value !== null ? formatValue(value, { type }).exact : jsonValue(value);
}
