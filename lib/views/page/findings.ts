import { topFindings } from '../../insights/findings.ts';
import type { Finding } from '../../model/edition.ts';
import { type Html, html } from '../html.ts';

const SHOWN = 8;

/** A word for each kind, so that colour is never the only cue. */
const KIND_LABELS: Record<Finding['kind'], string> = {
  new: 'New',
  gone: 'Gone',
  risen: 'Up',
  fallen: 'Down',
  rank: 'Rank',
  appeared: 'Error',
  outlier: 'Day',
};

/** The main findings, most important first, each linked to the section that holds its rows. */
export function renderFindings(findings: readonly Finding[]): Html | false {
  const shown = topFindings(findings, SHOWN);
  return (
    shown.length > 0 &&
    html`<section id="findings" class="findings">
  <h2>What moved</h2>
  <ul>${shown.map(
    ({ kind, text, section }) => html`
    <li><a class="finding-kind ${kind}" href="#${section}">${KIND_LABELS[kind]}</a> <bdi>${text}</bdi></li>`,
  )}
  </ul>
</section>
`
  );
}
