import type { Config, Prices, Report } from '../config/config.ts';
import type { Period } from '../model/period.ts';
import { applies } from '../sections/applies.ts';
import { allSections } from '../sections/catalogue.ts';
import type { S3Prices } from '../sections/prices.ts';
import { addressKey } from '../sections/privacy.ts';
import type { SectionScope } from '../sections/render.ts';
import type { Section } from '../sections/section.ts';
import type { Source } from '../sources/source.ts';
import type { ReportPorts, ReportRequest } from './ports.ts';

/** The sources of a report. */
export function sourcesOf({ sources }: Config, report: Report): Source[] {
  return report.sources.flatMap((name) => sources[name] ?? []);
}

/** The report's sections that at least one of its sources can answer. */
export function answerableSections(config: Config, report: Report): Section[] {
  return allSections(config.sections)
    .filter(({ id }) => report.sections.includes(id))
    .filter(answerableBy(config, report));
}

/** A test for sections: can at least one of a report's sources answer it? */
export function answerableBy(config: Config, report: Report): (section: Section) => boolean {
  const kinds = sourcesOf(config, report).map(({ definition }) => definition.kind);
  return (section) => kinds.some((kind) => applies(section, kind));
}

/**
 * What the sections of a report read, without names of owners. Not a step of the flow, because AWS would keep the secret
 * in its result: a replay reads the secret again. An Error if the report hashes addresses and the secret is missing or too
 * short.
 */
export async function sectionScope(
  ports: ReportPorts,
  { report, period }: Pick<ReportRequest, 'report' | 'period'>,
  period_before: Period,
): Promise<SectionScope> {
  const { config, database } = ports;
  return {
    database,
    sources: report.sources,
    kinds: Object.fromEntries(sourcesOf(config, report).map(({ name, definition }) => [name, definition.kind])),
    origins: Object.fromEntries(
      sourcesOf(config, report).flatMap(({ name, origin_of }) => (origin_of ? [[name, origin_of]] : [])),
    ),
    period,
    period_before,
    settings: { slow_ms: config.slow_ms },
    prices: s3Prices(config.prices),
    privacy: report.privacy,
    address_key: await addressKeyOf(ports, report),
  };
}

function s3Prices(prices: Prices): S3Prices {
  const { s3_region, put_per_1000, get_per_1000, transfer_out_per_gb, transfer_to_region_per_gb } = prices;
  return {
    region: s3_region,
    own: {
      put_per_1000,
      get_per_1000,
      internet_per_gb: transfer_out_per_gb,
      other_region_per_gb: transfer_to_region_per_gb,
    },
  };
}

/** The key that addresses of a report are hashed with; undefined if it does not hash them. */
async function addressKeyOf({ secret }: ReportPorts, { name, privacy }: Report): Promise<string | undefined> {
  if (privacy.client_ip !== 'hash') return undefined;
  const { value, place } = await secret(privacy);
  return addressKey(value, name, place);
}
