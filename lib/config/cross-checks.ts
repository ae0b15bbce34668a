import type * as z from 'zod';
import type { SourceKind } from '../formats/format.ts';
import { FORMATS } from '../formats/formats.ts';
import type { Frequency } from '../model/period.ts';
import { DELAY_DAYS } from '../model/schedule.ts';
import { applies } from '../sections/applies.ts';
import type { Section } from '../sections/section.ts';
import { DEFAULT_LAYOUTS, type LayoutId, listedFolders, PARTITIONED_PREFIX } from '../sources/layout.ts';

/* Checks that need several keys of `logtally.yaml`. */

interface MailKeys {
  reports: Record<string, { email?: boolean | undefined; recipients?: string[] | undefined }>;
  mail?: { recipients: string[]; links: 'signed' | 'console' | 'none'; link_days: number } | undefined;
  stack: { results_days: number };
}

/** A mail has a sender and a recipient, and its links work no longer than the files exist. */
export function checkMail({ reports, mail, stack }: MailKeys, context: z.RefinementCtx): void {
  const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  for (const [reportName, { email = mail !== undefined, recipients = mail?.recipients }] of Object.entries(reports)) {
    if (!email) continue;
    const key = ['reports', reportName, 'email'];
    if (!mail) refuse(key, 'needs a sender; add mail.from, or set email to false');
    else if (recipients?.length === 0) {
      refuse(key, 'has no recipient; add mail.recipients, or recipients here, or set email to false');
    }
  }
  if (mail?.links === 'signed' && mail.link_days > stack.results_days) {
    const message = `the files are deleted after ${stack.results_days} days; lower it or raise stack.results_days`;
    refuse(['mail', 'link_days'], message);
  }
}

interface LakeKeys {
  reports: Record<string, { frequency: Frequency }>;
  limits: { late_days: number };
  stack: { lake_days?: number | undefined };
}

const LONGEST_PERIOD_DAYS: Record<Frequency, number> = { weekly: 7, monthly: 31, quarterly: 92 };

/** A report compares two periods, so the lake keeps both until it has run. */
export function checkLakeDays({ reports, limits, stack: { lake_days } }: LakeKeys, context: z.RefinementCtx): void {
  if (lake_days === undefined) return;
  for (const [name, { frequency }] of Object.entries(reports)) {
    const least = 2 * LONGEST_PERIOD_DAYS[frequency] + DELAY_DAYS[frequency].longest + limits.late_days;
    if (lake_days >= least) continue;
    const message = `must be at least ${least}, because ${name} compares two ${frequency} periods; raise it, or remove the key to keep them`;
    context.addIssue({ code: 'custom', path: ['stack', 'lake_days'], message });
  }
}

interface SourceKeys {
  sources: Record<
    string,
    Record<'accounts' | 'regions' | 'buckets', string[]> & {
      format: string;
      location?: string | undefined;
      layout?: LayoutId | undefined;
    }
  >;
  formats: Record<string, { kind: SourceKind }>;
}

/** A source lists the values of all folders of its layout, and flat logs do not arrive at the prefix of their copies. */
export function checkLayouts({ sources, formats }: SourceKeys, context: z.RefinementCtx): void {
  for (const [name, source] of Object.entries(sources)) {
    const { location, layout = DEFAULT_LAYOUTS[kindOf(source, formats) ?? 'web'] } = source;
    if (!location) continue;
    for (const { list } of listedFolders(layout)) {
      if (source[list].length > 0) continue;
      const message = `is missing; list the ${list} in the keys below ${location}, or choose another layout`;
      context.addIssue({ code: 'custom', path: ['sources', name, list], message });
    }
    if (layout === 'flat' && location.replace(/^s3:\/\/[^/]+\//, '').startsWith(PARTITIONED_PREFIX)) {
      const message = 'is where Logtally puts its copies of flat logs; give the prefix where the logs arrive';
      context.addIssue({ code: 'custom', path: ['sources', name, 'location'], message });
    }
  }
}

function kindOf({ format }: { format: string }, formats: SourceKeys['formats']): SourceKind | undefined {
  return formats[format]?.kind ?? FORMATS.find(({ id }) => id === format)?.kind;
}

interface SectionKeys extends SourceKeys {
  reports: Record<string, { sources?: string[] | undefined; sections: 'all' | string[] }>;
}

/** A section that a report names has a source that can answer it. */
export function checkSections(
  { sources, formats, reports }: SectionKeys,
  known: readonly Section[],
  context: z.RefinementCtx,
): void {
  for (const [name, report] of Object.entries(reports)) {
    if (report.sections === 'all') continue;
    const kinds = (report.sources ?? Object.keys(sources)).map((source) => {
      const described = sources[source];
      return described && kindOf(described, formats);
    });
    for (const [index, id] of report.sections.entries()) {
      const section = known.find((one) => one.id === id);
      if (!section || kinds.some((kind) => applies(section, kind))) continue;
      const message = `${id} needs ${section.applies_to?.join(' or ')} logs, and the report reads ${[...new Set(kinds)].join(', ')} logs; remove it`;
      context.addIssue({ code: 'custom', path: ['reports', name, 'sections', index], message });
    }
  }
}

interface OriginKeys {
  sources: Record<string, { origin_of?: string | undefined }>;
}

/** An origin is asked by a CDN, which is not an origin itself. */
export function checkOrigins({ sources }: OriginKeys, context: z.RefinementCtx): void {
  for (const [name, { origin_of }] of Object.entries(sources)) {
    if (origin_of === undefined) continue;
    const refuse = (message: string) =>
      context.addIssue({ code: 'custom', path: ['sources', name, 'origin_of'], message });
    if (origin_of === name) refuse('names the source itself; name the source of its CDN');
    else if (sources[origin_of]?.origin_of !== undefined) {
      refuse(`names ${origin_of}, which is an origin as well; name the CDN that clients ask`);
    }
  }
}
