import type { FoundFile } from '../lake/duckdb/forget.ts';
import { REQUESTS_TABLE } from '../model/table-names.ts';
import type { EditionName } from '../report/editions-with-address.ts';
import { visibleText } from '../text/visible-text.ts';
import type { ForgetOptions } from './forget-options.ts';

/** Where an address was found, and whether it was removed from the lakes. */
export interface Forgotten {
  address: string;
  removed: boolean;
  lakes: { root: string; files: FoundFile[] }[];
  editions: EditionName[];
}

/** Raw logs that are listed by name; --json lists all. */
const LISTED = 20;

/** What `logtally forget` found and did, and what is left to do. */
export function forgottenText(forgotten: Forgotten, options: ForgetOptions): string {
  const lines = [...forgotten.lakes.flatMap(lakeLines), summary(forgotten)];
  return `${[...lines, ...rawLogLines(forgotten), ...editionLines(forgotten, options)].join('\n')}\n`;
}

function lakeLines({ root, files }: Forgotten['lakes'][number]): string[] {
  const days = Map.groupBy(files, ({ source, day }) => `${source} ${day}`);
  const lines = [...days]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([day, of]) => `  ${day}: ${counts(of)}`);
  return lines.length === 0 ? [] : [`${root}`, ...lines];
}

function summary({ address, removed, lakes }: Forgotten): string {
  const files = lakes.flatMap((lake) => lake.files);
  if (lakes.length === 0)
    return 'There is no lake here; name its folder with --config or --out, or its bucket with --bucket.';
  if (files.length === 0) return `${address} is not in the lake.`;
  return removed
    ? `Removed ${address} from ${counts(files)}. All rows are still there and counted.`
    : `${address} is in ${counts(files)}. Nothing was changed; run the command again with --yes to remove it.`;
}

function counts(files: readonly FoundFile[]): string {
  const rows = (isRequests: boolean) =>
    files.reduce((sum, { table, rows }) => sum + ((table === REQUESTS_TABLE) === isRequests ? rows : 0), 0);
  const [requests, rejected] = [rows(true), rows(false)];
  const parts = [
    ...(requests > 0 ? [counted(requests, 'request')] : []),
    ...(rejected > 0 ? [counted(rejected, 'rejected line')] : []),
  ];
  return parts.join(' and ');
}

function rawLogLines({ lakes }: Forgotten): string[] {
  const names = [...new Set(lakes.flatMap(({ files }) => files.flatMap(({ log_objects }) => log_objects)))].sort();
  if (names.length === 0) return [];
  const more = names.length > LISTED ? [`  and ${names.length - LISTED} more, which --json lists`] : [];
  return [
    `${counted(names.length, 'raw log')} had these lines. Delete what still exists: a day that is parsed again brings the address back.`,
    ...names.slice(0, LISTED).map((name) => `  ${visibleText(name)}`),
    ...more,
  ];
}

function editionLines({ editions, removed }: Forgotten, { bucket }: ForgetOptions): string[] {
  if (editions.length === 0) return [];
  const again = removed ? 'Run their reports again' : 'After removing it, run their reports again';
  return [
    `${counted(editions.length, 'edition')} ${editions.length === 1 ? 'shows' : 'show'} the address. ${again}, or delete them:`,
    ...editions.map(({ report, from, to }) =>
      bucket === undefined
        ? `  logtally report --report ${visibleText(report)} --date-range ${from} ${to}`
        : `  {"report":${JSON.stringify(visibleText(report))},"date_range":["${from}","${to}"]}`,
    ),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
