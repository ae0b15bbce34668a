import type { EditionRecord, SourceRecord } from '../../model/edition.ts';
import { formatFigure } from '../../text/format-value.ts';
import { isOfLines } from '../../text/headline.ts';
import {
  BEST_EFFORT,
  formatEvent,
  goneLines,
  notRequests,
  privacyLines,
  unmappedLines,
  unreadableLines,
} from '../../text/quality.ts';
import { type Html, html } from '../html.ts';

const COUNTS = [
  ['lines', 'Lines'],
  ['requests', 'Requests'],
  ['not_requests', 'Not requests'],
  ['late', 'Late'],
  ['duplicates', 'Duplicates'],
  ['rejected', 'Rejected'],
  ['hours_without_a_line', 'Hours without a line'],
] as const;

/** One line under the figures that says what they do not include; nothing if they are complete. */
export function qualityHint(record: EditionRecord): Html | false {
  const { sources } = record;
  const sum = (figure: (source: SourceRecord) => number) =>
    sources.reduce((total, source) => total + figure(source), 0);
  const missing = [
    [isOfLines(record) ? 0 : sum(notRequests), 'line that is not a request', 'lines that are not requests'],
    [sum(({ rejected }) => rejected), 'line rejected', 'lines rejected'],
    [sum(({ hours_without_a_line }) => hours_without_a_line), 'hour without a line', 'hours without a line'],
    [
      sum(({ unreadable }) => unreadable.length),
      'input passed over or read in part',
      'inputs passed over or read in part',
    ],
  ] as const;
  const parts = missing.flatMap(([figure, one, many]) =>
    figure > 0 ? `${formatFigure(figure, 'count').text} ${figure === 1 ? one : many}` : [],
  );
  return (
    parts.length > 0 &&
    html`<p class="hint">Not in these figures: ${parts.join(', ')}. <a href="#quality">Data quality</a></p>`
  );
}

/** How complete the data is: a row per source, what could not be read, and what log delivery does not guarantee. */
export function renderQuality(record: EditionRecord): Html {
  return html`<section id="quality">
  <h2>Data quality</h2>
  <p class="description">${[...privacyLines(record), BEST_EFFORT].join(' ')}</p>
  <div class="scroll" role="region" aria-label="Data quality" tabindex="0"><table>
    <thead><tr><th scope="col">Source</th>${COUNTS.map(([, title]) => html`<th scope="col" class="figure">${title}</th>`)}<th scope="col">First event (UTC)</th><th scope="col">Last event (UTC)</th></tr></thead>
    <tbody>${record.sources.map(renderSource)}
    </tbody>
  </table></div>
  ${record.sources.flatMap(unreadableLines).map((line) => html`<p class="warning"><bdi>${line}</bdi></p>`)}
  ${record.sources.flatMap(unmappedLines).map((line) => html`<p class="warning"><bdi>${line}</bdi></p>`)}
  ${record.sources.flatMap(goneLines).map((line) => html`<p class="description"><bdi>${line}</bdi></p>`)}
</section>
`;
}

function renderSource(source: SourceRecord): Html {
  return html`
      <tr><th scope="row"><bdi>${source.source}</bdi></th>${COUNTS.map(
        ([name]) => html`<td class="figure">${formatFigure(countOf(source, name), 'count').text}</td>`,
      )}${[source.first_event, source.last_event].map((event) => html`<td class="label">${formatEvent(event)}</td>`)}</tr>`;
}

function countOf(source: SourceRecord, name: (typeof COUNTS)[number][0]): number {
  if (name === 'not_requests') return notRequests(source);
  // An edition of 0.1.0 has no kinds: all that it parsed counts as a request.
  return (name === 'requests' ? (source.requests ?? source.parsed) : source[name]) ?? 0;
}
