import type { Finding } from '../model/edition.ts';
import { changeBetween } from '../text/format-change.ts';
import { periodName } from '../text/format-period.ts';
import { formatFigure } from '../text/format-value.ts';
import { type Entity, entityOf, nameOf, namesOf } from './entity.ts';
import { figureOf, percentText, requestsText, shareOf } from './figures.ts';
import { type InsightSection, type InsightsInput, type Row, sectionsFor } from './input.ts';

/** A client or object is told of from this share of all requests, or of all bytes sent, on; a requester always is. */
const SHARE_TOLD = 0.01;
/** Requests that rose or fell are told of when they at least doubled or halved, and by this share of all requests. */
const FACTOR_TOLD = 2;
const SHARE_MOVED = 0.05;

/** Requesters, clients and objects that are new or gone, or whose requests at least doubled or halved. */
export function arrivalsAndMoves(input: InsightsInput): Finding[] {
  return sectionsFor('changes', input).flatMap((section) => {
    const entity = entityOf(section);
    const places = new Map<string, number>();
    return section.rows.flatMap((row) => {
      const kind = String(row.kind);
      const place = (places.get(kind) ?? 0) + 1;
      places.set(kind, place);
      const change = { section, entity, row, id: `${section.id}-${kind}-${place}` };
      return kind === 'new' || kind === 'gone' ? cameOrWent(input, change, kind) : roseOrFell(input, change);
    });
  });
}

interface EntityChange {
  section: InsightSection;
  entity: Entity;
  row: Row;
  /** Id of its finding. */
  id: string;
}

function cameOrWent(input: InsightsInput, { section, entity, row, id }: EntityChange, kind: 'new' | 'gone'): Finding[] {
  const suffix = kind === 'new' ? '' : '_before';
  const totals = kind === 'new' ? input.headline : input.headline_before;
  const requests = figureOf(row[`requests${suffix}`]);
  const bytes_sent = figureOf(row[`bytes_sent${suffix}`]);
  const share = shareOf(requests, figureOf(totals.requests));
  const largest = Math.max(share, shareOf(bytes_sent, figureOf(totals.bytes_sent)));
  const isRequester = entity.columns[0] === 'requester';
  if (largest < SHARE_TOLD && !isRequester) return [];
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
        [`bytes_sent${suffix}`]: bytes_sent,
        share,
      },
      weight: (isRequester ? 0.5 : 0.3) + 0.4 * Math.sqrt(largest),
    },
  ];
}

function roseOrFell(input: InsightsInput, { section, entity, row, id }: EntityChange): Finding[] {
  const [requests, requests_before] = [figureOf(row.requests), figureOf(row.requests_before)];
  const [least, most] = [Math.min(requests, requests_before), Math.max(requests, requests_before)];
  const totals = requests > requests_before ? input.headline : input.headline_before;
  const share = shareOf(most - least, figureOf(totals.requests));
  if (most < FACTOR_TOLD * least || share < SHARE_MOVED) return [];
  const risen = requests > requests_before;
  const isAsker = entity.columns[0] === 'requester' || entity.columns[0] === 'client_ip';
  const whose = `${isAsker ? 'of' : 'for'} the ${entity.noun} ${nameOf(entity, row, input.owners)}`;
  const [from, to] = [formatFigure(requests_before, 'count').text, formatFigure(requests, 'count').text];
  const by = changeBetween(requests, requests_before, 'count').percent;
  return [
    {
      id,
      section: section.id,
      kind: risen ? 'risen' : 'fallen',
      text: `Requests ${whose} ${risen ? 'rose' : 'fell'} by ${by}, from ${from} to ${to}.`,
      figures: { ...namesOf(entity, row), requests, requests_before, share },
      weight: 0.35 + 0.4 * Math.sqrt(share),
    },
  ];
}
