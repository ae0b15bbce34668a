import { leadingFindings } from '../../insights/findings.ts';
import type { Finding } from '../../model/edition.ts';
import { type Html, html } from '../html.ts';

const SHOWN = 8;

/** A word for each kind, so that nothing rests on a colour or a sign alone. */
const KINDS: Record<Finding['kind'], string> = {
  new: 'New',
  gone: 'Gone',
  risen: 'Up',
  fallen: 'Down',
  rank: 'Rank',
  appeared: 'Error',
  outlier: 'Day',
};

/** What moved, the weightiest first, each linked to the section that it rests on. */
export function renderFindings(findings: readonly Finding[]): Html | false {
  const shown = leadingFindings(findings, SHOWN);
  return (
    shown.length > 0 &&
    html`<section id="moved" class="moved-list">
  <h2>What moved</h2>
  <ul>${shown.map(
    ({ kind, text, section }) => html`
    <li><a class="kind-of ${kind}" href="#${section}">${KINDS[kind]}</a> <bdi>${text}</bdi></li>`,
  )}
  </ul>
</section>
`
  );
}
