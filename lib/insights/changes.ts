import type { Finding } from '../model/edition.ts';
import { numberOrZero } from '../model/value.ts';
import { changeBetween } from '../text/format-change.ts';
import { periodName } from '../text/format-period.ts';
import { formatFigure } from '../text/format-value.ts';
import { type Entity, entityOf, nameOf, namesOf } from './entity.ts';
import { percentText, requestsText, shareOf } from './figures.ts';
import { type InsightSection, type InsightsInput, type Row, sectionsFor } from './input.ts';

/** Minimum share of all requests, or of all bytes sent, to report what is new or gone. Requesters are always reported. */
const MIN_SHARE = 0.01;
/** Requests that rose or fell are reported if they at least doubled or halved, and by this share of all requests. */
const MIN_FACTOR = 2;
const MIN_CHANGED_SHARE = 0.05;

interface EntityChange {
  section: InsightSection;
  entity: Entity;
  row: Row;
  /** Id of its finding. */
  id: string;
}

/** Requesters, clients, objects and endpoints that are new or gone, or whose requests at least doubled or halved. */
export function changes(input: InsightsInput): Finding[] {
  return sectionsFor('changes', input).flatMap((section) => {
    const entity = entityOf(section);
    const counts = new Map<string, number>();
    return section.rows.flatMap((row) => {
      const kind = String(row.kind);
      const place = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, place);
      const change = { section, entity, row, id: `${section.id}-${kind}-${place}` };
      return kind === 'new' || kind === 'gone' ? newOrGone(input, change, kind) : risenOrFallen(input, change);
    });
  });
}

function newOrGone(input: InsightsInput, { section, entity, row, id }: EntityChange, kind: 'new' | 'gone'): Finding[] {
  const [suffix, totals] = kind === 'new' ? ['', input.headline] : ['_before', input.headline_before];
  const requests = numberOrZero(row[`requests${suffix}`]);
  const bytes_sent = numberOrZero(row[`bytes_sent${suffix}`]);
  const share = shareOf(requests, numberOrZero(totals.requests));
  const largest_share = Math.max(share, shareOf(bytes_sent, numberOrZero(totals.bytes_sent)));
  const isRequester = entity.columns[0] === 'requester';
  if (largest_share < MIN_SHARE && !isRequester) return [];
  const name = nameOf(entity, row, input.owners);
  const sent = bytes_sent > 0 ? ` and ${formatFigure(bytes_sent, 'bytes').text} sent` : '';
  const figures = `${requestsText(requests)} (${percentText(share)} of all)${sent}`;
  const text =
    kind === 'new'
      ? `New ${entity.noun} ${name}: ${figures}.`
      : `The ${entity.noun} ${name} is gone: ${figures} in ${periodName(input.period_before)}, none since.`;
  return [
    {
      id,
      section: section.id,
      kind,
      text,
      figures: {
        ...namesOf(entity, row),
        [`requests${suffix}`]: requests,
        ...(row[`bytes_sent${suffix}`] != null && { [`bytes_sent${suffix}`]: bytes_sent }),
        share,
      },
      weight: (isRequester ? 0.5 : 0.3) + 0.4 * Math.sqrt(largest_share),
    },
  ];
}

function risenOrFallen(input: InsightsInput, { section, entity, row, id }: EntityChange): Finding[] {
  const [requests, requests_before] = [numberOrZero(row.requests), numberOrZero(row.requests_before)];
  const [smaller, larger] = [Math.min(requests, requests_before), Math.max(requests, requests_before)];
  const hasRisen = requests > requests_before;
  const totals = hasRisen ? input.headline : input.headline_before;
  const share = shareOf(larger - smaller, numberOrZero(totals.requests));
  if (larger < MIN_FACTOR * smaller || share < MIN_CHANGED_SHARE) return [];
  const sendsRequests = entity.columns[0] === 'requester' || entity.columns[0] === 'client_ip';
  const subject = `${sendsRequests ? 'of' : 'for'} the ${entity.noun} ${nameOf(entity, row, input.owners)}`;
  const [from, to] = [formatFigure(requests_before, 'count').text, formatFigure(requests, 'count').text];
  const by = changeBetween(requests, requests_before, 'count').percent;
  return [
    {
      id,
      section: section.id,
      kind: hasRisen ? 'risen' : 'fallen',
      text: `Requests ${subject} ${hasRisen ? 'rose' : 'fell'} by ${by}, from ${from} to ${to}.`,
      figures: { ...namesOf(entity, row), requests, requests_before, share },
      weight: 0.35 + 0.4 * Math.sqrt(share),
    },
  ];
}
