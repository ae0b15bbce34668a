import { topFindings } from '../../insights/findings.ts';
import type { Edition, EditionRecord, Finding, SectionRecord } from '../../model/edition.ts';
import { type Day, daysOf } from '../../model/period.ts';
import { numberOrZero } from '../../model/value.ts';
import { type Row, sectionRows } from '../../tables/rows.ts';
import { formatChange } from '../../text/format-change.ts';
import { periodDays, periodName } from '../../text/format-period.ts';
import { formatFigure, formatValue, NO_VALUE } from '../../text/format-value.ts';
import { type HeadlineFigure, hasPeriodBefore, headlineFigures, holdsLines } from '../../text/headline.ts';
import { ownerOf, withOwner } from '../../text/owners.ts';
import { rankingColumn } from '../../text/ranking.ts';
import { visibleText } from '../../text/visible-text.ts';
import { cell, shorten, textWidth, wrap } from './cell.ts';
import { bar, sparkline } from './draw.ts';
import { type Style, styleOf } from './style.ts';
import type { Terminal } from './terminal.ts';

const INDENT = '  ';
const FINDINGS_SHOWN = 6;
const BARS_SHOWN = 5;
const MOST_BAR = 24;
const MOST_LABEL = 64;
/** With fewer columns a sparkline does not show a month. */
const LEAST_DAYS = 20;

const MARKS: Record<Finding['kind'], string> = {
  new: '+',
  gone: '-',
  risen: '▲',
  fallen: '▼',
  rank: '↕',
  appeared: '!',
  outlier: '◆',
};
const LOUD: ReadonlySet<Finding['kind']> = new Set(['appeared', 'outlier']);

/**
 * An edition at a glance: headline figures and how they moved, the days, what moved, and the first of the top tables.
 * The lines of it, without a line feed. Sections that the edition or `tables` lacks are left out.
 */
export function editionLines(edition: Edition, { width, color }: Terminal): string[] {
  const { record } = edition;
  const style = styleOf(color);
  const title = `${visibleText(record.title)}, ${periodName(record.period)}`;
  const blocks = holdsLines(record.headline)
    ? [
        figureLines(headlineFigures(record), hasPeriodBefore(record), width, style),
        ...record.sections.map((section) => sparklineLines(edition, section, width, style)),
        findingLines(record.findings, width, style),
        ...record.sections.map((section) => barLines(edition, section, width, style)),
      ]
    : [[`No request was logged from ${record.period.from} to ${record.period.to}.`]];
  const heading = [style('bold', shorten(title, width)), style('dim', periodDays(record.period))];
  return [heading, ...blocks.filter((lines) => lines.length > 0)].flatMap((lines) => [...lines, '']).slice(0, -1);
}

function figureLines(figures: readonly HeadlineFigure[], compares: boolean, width: number, style: Style): string[] {
  const label = Math.max(...figures.map(({ title }) => textWidth(title)));
  const size = Math.max(...figures.map(({ shown }) => textWidth(shown)));
  const colors = { better: 'green', worse: 'red', neutral: 'dim' } as const;
  return figures.map(({ title, shown, change, sentiment }) => {
    const figure = `${INDENT}${cell(title, label)}  ${style('bold', cell(shown, size, 'right'))}`;
    if (!compares || !change) return figure;
    const [whole, short = ''] = [formatChange(change), formatChange(change).split(' (')[0]];
    const room = width - label - size - 6;
    return `${figure}  ${style(colors[sentiment], textWidth(whole) <= room ? whole : shorten(short, room))}`;
  });
}

/** The figures of a section with a row per day, each as a line of small columns. */
function sparklineLines(edition: Edition, section: SectionRecord, width: number, style: Style): string[] {
  const { terminal } = section;
  if (typeof terminal !== 'object' || !edition.tables.has(section.id)) return [];
  const days = daysOf(edition.record.period);
  if (days.length < 2) return [];
  const day = section.columns.findIndex(({ unit }) => unit === 'day');
  const byDay = new Map(sectionRows(edition, section, days.length).map((row) => [dayOf(row[day]), row]));
  const sparklines = Object.entries(terminal.sparklines);
  const label = Math.max(...sparklines.map(([title]) => title.length));
  const drawn = sparklines.flatMap(([title, columns]) => {
    const places = columns.map((name) => section.columns.findIndex((column) => column.name === name));
    const values = days.map((day) => {
      const row = byDay.get(day);
      const known = places.flatMap((place) => row?.[place] ?? []);
      return known.length > 0 ? known.reduce<number>((sum, value) => sum + numberOrZero(value), 0) : null;
    });
    if (values.every((value) => value === null)) return [];
    const peak = Math.max(...values.map((value) => value ?? 0));
    const unit = section.columns[places[0] ?? 0]?.unit;
    const peakText = peak > 0 ? `most ${formatFigure(peak, unit).text} on ${days[values.indexOf(peak)]}` : 'none';
    return { title, values, peakText };
  });
  if (drawn.length === 0) return [];
  const most = Math.max(...drawn.map(({ peakText }) => peakText.length));
  const beside = width - INDENT.length - label - 2;
  const isWide = beside - most - 2 >= LEAST_DAYS;
  const room = isWide ? beside - most - 2 : beside;
  return [
    style('bold', section.title),
    ...drawn.map(({ title, values, peakText }) => {
      const line = `${INDENT}${cell(title, label)}  ${style('cyan', sparkline(values, room))}`;
      return isWide ? `${line}  ${style('dim', peakText)}` : line;
    }),
  ];
}

function dayOf(value: Row[number] | undefined): Day {
  return formatValue(value ?? null, { type: 'date' }).text;
}

function findingLines(findings: readonly Finding[], width: number, style: Style): string[] {
  const shown = topFindings(findings, FINDINGS_SHOWN);
  if (shown.length === 0) return [];
  const more = findings.length - shown.length;
  const hanging = `${INDENT}${INDENT}`;
  return [
    style('bold', 'What moved'),
    ...shown.flatMap(({ kind, text }) => {
      const [first = '', ...others] = wrap(visibleText(text), width - hanging.length);
      const mark = style(LOUD.has(kind) ? 'yellow' : 'cyan', MARKS[kind]);
      return [`${INDENT}${mark} ${first}`, ...others.map((line) => hanging + line)];
    }),
    ...(more > 0 ? [style('dim', `${INDENT}… ${more} more in edition.json`)] : []),
  ];
}

/** The first rows of a section, each with a bar. */
function barLines(edition: Edition, section: SectionRecord, width: number, style: Style): string[] {
  if (section.terminal !== 'bars' || !edition.tables.has(section.id)) return [];
  const rows = sectionRows(edition, section, Number.POSITIVE_INFINITY);
  const ranking = rankingColumn(section, rows);
  if (ranking === undefined || rows.length === 0) return [];
  const shown = rows.slice(0, BARS_SHOWN);
  const column = section.columns[ranking];
  const figures = shown.map((row) => (column ? formatValue(row[ranking] ?? null, column).text : ''));
  const labels = shown.map((row) => labelOf(section, row, edition.record.owners));
  const figure = Math.max(...figures.map(textWidth));
  const room = width - INDENT.length - figure - 4;
  const length = Math.min(MOST_BAR, Math.floor(room * 0.4));
  const label = Math.min(room - length, Math.max(...labels.map(textWidth)));
  const largest = Math.max(...shown.map((row) => numberOrZero(row[ranking])));
  return [
    `${style('bold', section.title)}  ${style('dim', column?.title.toLowerCase() ?? '')}`,
    ...shown.map((row, at) => {
      const drawn = bar(largest > 0 ? numberOrZero(row[ranking]) / largest : 0, length);
      const cells = [cell(labels[at] ?? '', label), cell(figures[at] ?? '', figure, 'right'), style('cyan', drawn)];
      return `${INDENT}${cells.join('  ')}`.trimEnd();
    }),
  ];
}

/** What a row is about: its texts before the first figure, such as bucket and object, or the name that these have. */
function labelOf({ columns }: SectionRecord, row: Row, owners: EditionRecord['owners']): string {
  const figure = columns.findIndex(({ type }) => type !== 'varchar');
  const texts = row.slice(0, figure < 0 ? row.length : figure).filter((value) => value !== null);
  const label = visibleText(texts.join('/')) || NO_VALUE;
  return shorten(withOwner(ownerOf(owners, columns[0]?.name ?? '', row[0]), label), MOST_LABEL);
}
