import type { Finding } from '../model/edition.ts';
import { changeBetween } from '../text/format-change.ts';
import { periodName } from '../text/format-period.ts';
import { formatFigure } from '../text/format-value.ts';
import { figureOf, percentText, requestsText, shareOf } from './figures.ts';
import type { Material, Row } from './input.ts';
import { nameOf, namesOf, THINGS, type Thing } from './thing.ts';

/** A client or object is told of from this share of all requests, or of all bytes sent, on; a requester always is. */
const SHARE_TOLD = 0.01;
/** Requests that rose or fell are told of when they at least doubled or halved, and by this share of all requests. */
const FACTOR_TOLD = 2;
const SHARE_MOVED = 0.05;

/** Requesters, clients and objects that are new or gone, or whose requests at least doubled or halved. */
export function arrivalsAndMoves(material: Material): Finding[] {
  return THINGS.flatMap((thing) => {
    const places = new Map<string, number>();
    return (material.now.get(thing.changes_section) ?? []).flatMap((row) => {
      const kind = String(row.kind);
      const place = (places.get(kind) ?? 0) + 1;
      places.set(kind, place);
      const id = `${thing.changes_section}-${kind}-${place}`;
      return kind === 'new' || kind === 'gone'
        ? cameOrWent(material, thing, row, id, kind)
        : roseOrFell(material, thing, row, id);
    });
  });
}

function cameOrWent(material: Material, thing: Thing, row: Row, id: string, kind: 'new' | 'gone'): Finding[] {
  const suffix = kind === 'new' ? '' : '_before';
  const totals = kind === 'new' ? material.headline : material.headline_before;
  const requests = figureOf(row[`requests${suffix}`]);
  const bytes_sent = figureOf(row[`bytes_sent${suffix}`]);
  const share = shareOf(requests, figureOf(totals.requests));
  const largest = Math.max(share, shareOf(bytes_sent, figureOf(totals.bytes_sent)));
  const isRequester = thing.noun === 'requester';
  if (largest < SHARE_TOLD && !isRequester) return [];
  const name = nameOf(thing, row, material.owners);
  const sent = bytes_sent > 0 ? ` and ${formatFigure(bytes_sent, 'bytes').text} sent` : '';
  const figures = `${requestsText(requests)} (${percentText(share)} of all)${sent}`;
  const text =
    kind === 'new'
      ? `New ${thing.noun} ${name}: ${figures}.`
      : `The ${thing.noun} ${name} is gone: ${figures} in ${periodName(material.period_before)}, none since.`;
  return [
    {
      id,
      section: thing.changes_section,
      kind,
      text,
      figures: {
        ...namesOf(thing, row),
        [`requests${suffix}`]: requests,
        [`bytes_sent${suffix}`]: bytes_sent,
        share,
      },
      weight: (isRequester ? 0.5 : 0.3) + 0.4 * Math.sqrt(largest),
    },
  ];
}

function roseOrFell(material: Material, thing: Thing, row: Row, id: string): Finding[] {
  const [requests, requests_before] = [figureOf(row.requests), figureOf(row.requests_before)];
  const [least, most] = [Math.min(requests, requests_before), Math.max(requests, requests_before)];
  const totals = requests > requests_before ? material.headline : material.headline_before;
  const share = shareOf(most - least, figureOf(totals.requests));
  if (most < FACTOR_TOLD * least || share < SHARE_MOVED) return [];
  const risen = requests > requests_before;
  const isAsker = thing.noun === 'requester' || thing.noun === 'client';
  const whose = `${isAsker ? 'of' : 'for'} the ${thing.noun} ${nameOf(thing, row, material.owners)}`;
  const [from, to] = [formatFigure(requests_before, 'count').text, formatFigure(requests, 'count').text];
  const by = changeBetween(requests, requests_before, 'count').percent;
  return [
    {
      id,
      section: thing.changes_section,
      kind: risen ? 'risen' : 'fallen',
      text: `Requests ${whose} ${risen ? 'rose' : 'fell'} by ${by}, from ${from} to ${to}.`,
      figures: { ...namesOf(thing, row), requests, requests_before, share },
      weight: 0.35 + 0.4 * Math.sqrt(share),
    },
  ];
}
