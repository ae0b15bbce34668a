import { availableDays, daysInNames } from '../lake/available-days.ts';
import { type Day, LONGEST_RANGE_DAYS, lengthInDays, type Period, periodBefore, today } from '../model/period.ts';
import type { NoLinesError } from '../report/no-lines-error.ts';
import { refreshSources } from '../report/refresh-sources.ts';
import { dayRanges } from '../text/day-ranges.ts';
import type { LocalRun } from './local-run.ts';

/**
 * The period of a run: the requested one, or else the days from the first to the last request of its files, for which the
 * lake is refreshed. Throws an Error if no line is a request, or if a wrong date makes the range longer than ten years.
 */
export async function periodOfRun(run: LocalRun): Promise<Period> {
  const { setup, flow, ports, request } = run;
  if (setup.period) return setup.period;
  const named = daysNamed(run);
  const day = today(new Date(request.started_at), ports.config.time_zone);
  const likely = rangeOf(named.length > 0 ? named : [day]);
  await refreshSources(flow, ports, request.report, periodBefore(likely), likely);
  const days = await daysInLake(run);
  if (days.length === 0) throw new Error('no line of the files is a request; logtally parse --verbose PATH shows why');
  const period = rangeOf(days);
  run.print(`the files have requests from ${period.from} to ${period.to}`);
  return period;
}

/** Why a run wrote nothing: no line is of its period. Names the days that there are. */
export async function noLinesMessage({ period }: NoLinesError, run: LocalRun): Promise<string> {
  const days = [...(await daysInLake(run)), ...daysNamed(run)].sort();
  const [first, last] = [days[0], days.at(-1)];
  const there =
    first && last ? `there are lines of ${dayRanges(days)}: --date-range ${first} ${last}` : 'there are none';
  return `no line of the logs is from ${period.from} to ${period.to}, so nothing was written; ${there}`;
}

/** The days of the lake that have a request of one of the report's sources. */
async function daysInLake({ request, ports }: LocalRun): Promise<Day[]> {
  const available = await Promise.all(request.report.sources.map((source) => availableDays(ports.lake, source)));
  return available.flat().sort();
}

/** The days in the names of the run's files. */
function daysNamed({ files }: LocalRun): Day[] {
  return daysInNames([...files.values()].flat());
}

/** From the first day to the last of some days in order. */
function rangeOf(days: readonly Day[]): Period {
  const [from = '', to = ''] = [days[0], days.at(-1)];
  const period: Period = { kind: 'date_range', from, to };
  if (lengthInDays(period) <= LONGEST_RANGE_DAYS) return period;
  throw new Error(
    `the files have requests of ${dayRanges(days)}, more than ten years; one of these dates may be wrong, so choose the days: --date-range ${to.slice(0, 8)}01 ${to}`,
  );
}
