import type { PageData } from '../data.ts';
import { liveChart } from './chart.ts';
import { liveTable } from './table.ts';

/** The page's script: charts with tooltips, tables to sort, search, page through and copy. */
const data: PageData = JSON.parse(document.getElementById('data')?.textContent ?? '');

for (const table of data.tables) {
  const place = document.querySelector<HTMLElement>(`#${CSS.escape(table.id)} .table`);
  if (place) liveTable(place, table);
}

/** Draws a chart only when it comes near the viewport, so that a long page is usable at once. */
const chartObserver = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const chart = data.charts[target.id];
      if (!isIntersecting || !chart) continue;
      chartObserver.unobserve(target);
      liveChart(target as HTMLElement, chart);
    }
  },
  { rootMargin: '600px' },
);
for (const figure of document.querySelectorAll('.chart')) chartObserver.observe(figure);

/** Marks the current section in the contents, and scrolls the contents so that the mark stays visible. */
const contents = document.querySelector('nav');
const links = new Map(
  Array.from(document.querySelectorAll<HTMLAnchorElement>('nav a'), (link) => [link.hash.slice(1), link]),
);
const sectionObserver = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const link = links.get(target.id);
      if (!link) continue;
      if (isIntersecting) {
        link.setAttribute('aria-current', 'true');
        contents?.scrollTo({ top: link.offsetTop - contents.clientHeight / 2 });
      } else link.removeAttribute('aria-current');
    }
  },
  { rootMargin: '-30% 0px -65% 0px' },
);
for (const section of document.querySelectorAll('section[id]')) sectionObserver.observe(section);

addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});
