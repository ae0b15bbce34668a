import type { EditionRecord, SectionRecord } from '../../model/edition.ts';
import { periodName } from '../../text/format-period.ts';
import { type HeadlineFigure, headlineFigures, overviewFigures } from '../../text/headline.ts';
import { type Html, html } from '../html.ts';
import { fileLinks, renderNote } from './section.ts';

/** The headline figures at the top of the page, each with its change since the previous period. */
export function renderHeadline(record: EditionRecord): Html {
  return html`<dl class="headline">
${headlineFigures(record).map(
  ({ title, now, before, shown, change_text, sentiment }) => html`<div>
  <dt>${title}</dt>
  <dd class="value" title="${now.exact}">${shown}</dd>
  <dd class="change ${sentiment}" title="before: ${before.exact}">${change_text}</dd>
</div>
`,
)}</dl>`;
}

/** The overview's only row, transposed: one line per figure, with the previous period beside it. Collapsed, since the headline shows the main figures. */
export function renderOverview(record: EditionRecord, section: SectionRecord): Html {
  const headings = [periodName(record.period), periodName(record.period_before), 'Change'];
  const figures = overviewFigures(record);
  return html`<section id="${section.id}">
  <h3>${section.title}</h3>
  <p class="description">${section.description}</p>
  <details><summary>All ${figures.length} figures beside those of ${periodName(record.period_before)}</summary>
  <div class="scroll" role="region" aria-label="${section.title}" tabindex="0"><table>
    <thead><tr><th scope="col">Figure</th>${headings.map((heading) => html`<th scope="col" class="figure">${heading}</th>`)}</tr></thead>
    <tbody>${figures.map(renderLine)}
    </tbody>
  </table></div>
  ${renderNote(section)}
  </details>
  <p class="files">Also as files: ${fileLinks(section)}</p>
</section>
`;
}

function renderLine({ title, now, before, shown, change_text, sentiment }: HeadlineFigure): Html {
  return html`
      <tr>
        <th scope="row">${title}</th>
        <td class="figure" title="${now.exact}">${shown}</td>
        <td class="figure" title="${before.exact}">${before.text}</td>
        <td class="figure change ${sentiment}">${change_text}</td>
      </tr>`;
}
