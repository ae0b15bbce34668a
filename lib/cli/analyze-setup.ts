import type { Config } from '../config/config.ts';
import { suggest } from '../config/explain.ts';
import type { ParametrizedSection } from '../report/analyze.ts';
import { answerableBy, sourcesOf } from '../report/section-scope.ts';
import { allSections } from '../sections/catalogue.ts';
import { allOf, endpointFilter, type Filter, isOfLines, type Subject, subjectsOf } from '../sections/filter/filter.ts';
import { FilterError } from '../sections/filter/filter-error.ts';
import { parseFilter, parseGroups } from '../sections/filter/parse.ts';
import { groupSection } from '../sections/group-by.ts';
import { SECTION_GROUPS, type Section } from '../sections/section.ts';
import { readsPreviousPeriod } from '../sections/tables.ts';
import type { ReportOptions } from './report-options.ts';
import type { ReportSetup } from './report-setup.ts';
import { UsageError } from './usage-error.ts';

/** The options of `logtally analyze`, except those that say what to read. */
export interface AnalyzeOptions extends ReportOptions {
  section?: string[];
  group?: string;
  where?: string;
  endpoint?: string;
  groupBy?: string;
  limit?: string;
}

/** What an analysis shows, before it is known which sources and sections there are. */
export interface Selection {
  filter: Filter | undefined;
  /** Ids of the sections that --section names. */
  named: readonly string[] | undefined;
  /** The group that --group names. */
  group: Section['group'] | undefined;
  /** True to show what is known of one endpoint. */
  of_endpoint: boolean;
  /** What the section that --group-by adds groups by. */
  groups: readonly Subject[] | undefined;
  /** Rows to show of a section. */
  limit: number | undefined;
}

/** What the options select. Throws a UsageError that names the option. */
export function selectionOf({ section, group, where, endpoint, groupBy, limit }: AnalyzeOptions): Selection {
  const groupNamed = SECTION_GROUPS.find((one) => one.toLowerCase() === group?.toLowerCase());
  if (group !== undefined && !groupNamed) {
    throw new UsageError(`--group: there is no group ${group}; ${suggest(group, SECTION_GROUPS)}`);
  }
  if (limit !== undefined && !/^[1-9]\d{0,8}$/.test(limit)) {
    throw new UsageError(`--limit ${limit}: give the number of rows to show, from 1`);
  }
  const filters = [
    ...(endpoint === undefined ? [] : [endpointFilter(endpoint)]),
    ...(where === undefined ? [] : [readOption('--where', () => parseFilter(where))]),
  ];
  return {
    filter: allOf(filters),
    named: section?.flatMap((ids) => ids.split(',')),
    group: groupNamed,
    of_endpoint: endpoint !== undefined,
    groups: groupBy === undefined ? undefined : readOption('--group-by', () => parseGroups(groupBy)),
    limit: limit === undefined ? undefined : Number(limit),
  };
}

/**
 * The sections to query, in the order of a report. Without a choice those of the report that its sources can answer; those
 * that compare periods only if there is a period to compare with. Throws a UsageError for a named section that no source
 * can answer.
 */
export function chosenSections(
  { named, group, of_endpoint, groups, filter }: Selection,
  { config, report }: Pick<ReportSetup, 'config' | 'report'>,
  compares: boolean,
): ParametrizedSection[] {
  const sections = allSections(config.sections);
  const answerable = answerableBy(config, report);
  const isChosen = (section: Section) => {
    if (named) return named.includes(section.id);
    if (group) return section.group === group;
    if (of_endpoint) return section.drill_down === 'endpoint';
    return report.sections.includes(section.id) && (compares || !readsPreviousPeriod(section));
  };
  const chosen = sections.filter(isChosen);
  const unfit = named && chosen.find((section) => !answerable(section));
  if (unfit) {
    const kinds = unfit.applies_to?.join(' or ');
    throw new UsageError(
      `--section ${unfit.id} is for sources of the kind ${kinds}, and no source here is of that kind`,
    );
  }
  return [
    ...chosen.filter(answerable),
    ...(groups ? [groupSection(groups, groupedRows(groups, filter, config, report))] : []),
  ];
}

/** Throws a UsageError for a named section that does not exist. */
export function checkNames({ named = [] }: Selection, { sections }: Pick<Config, 'sections'>): void {
  const known = allSections(sections).map(({ id }) => id);
  const unknown = named.find((id) => !known.includes(id));
  if (unknown === undefined) return;
  throw new UsageError(
    `--section: there is no section ${unknown}; ${suggest(unknown, known)} Paths come before options.`,
  );
}

/** Lines are grouped if all sources are logs of lines, or if a group or the filter names what requests do not have. */
function groupedRows(
  groups: readonly Subject[],
  filter: Filter | undefined,
  config: ReportSetup['config'],
  report: ReportSetup['report'],
): 'requests' | 'lines' {
  const named = [...groups, ...(filter ? subjectsOf(filter) : [])].some(isOfLines);
  const hasOnlyLines = sourcesOf(config, report).every(({ definition }) => definition.kind === 'log');
  return named || hasOnlyLines ? 'lines' : 'requests';
}

function readOption<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof FilterError) throw new UsageError(`${option}, ${error.message}`);
    throw error;
  }
}
