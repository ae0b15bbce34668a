import type { Edition, Finding } from '../../model/edition.ts';
import type { ChartData } from '../charts/chart.ts';
import { chartHeight } from '../charts/dimensions.ts';
import { drawPicture } from '../charts/picture.ts';
import { chartsOf, type SectionChart } from '../charts/section-charts.ts';
import { chartPeaks, chartSummary, chartTitle } from '../charts/summary.ts';
import { PICTURE_THEMES } from '../charts/theme.ts';

/** A chart in a mail, with a summary in words. */
export interface MailPicture {
  /** Name of the attached file without its extension; the dark variant's ends in `-dark`. */
  name: string;
  heading: string;
  summary: string;
  /** The summary without the part that the heading repeats. */
  peaks: string;
  data: ChartData;
  height: number;
}

export interface DrawnPicture {
  name: string;
  png: Uint8Array;
}

/** Width in the mail, in CSS px. */
export const PICTURE_WIDTH = 552;
/** Width that charts are drawn at, in px. Narrower than shown, so that the text is readable on a phone. */
const DRAWN_WIDTH = 440;

const MIN_PICTURES = 3;
const MAX_PICTURES = 5;
/** Otherwise a section with many charts would fill the mail. */
const MAX_PER_SECTION = 3;

/**
 * Three to five charts of an edition: those that show the most important findings, then the first charts of the report up
 * to three.
 */
export function mailPictures(edition: Edition): MailPicture[] {
  const { sections, findings } = edition.record;
  const candidates = sections.flatMap((section) =>
    chartsOf(edition, section).map((chart) => ({
      section,
      chart,
      weight: Math.max(0, ...findings.filter((one) => isShownBy(one, section.id, chart)).map(({ weight }) => weight)),
    })),
  );
  const ranked = candidates.toSorted((a, b) => b.weight - a.weight);
  const counts = new Map<string, number>();
  const chosen = ranked.filter(({ section }) => {
    const count = (counts.get(section.id) ?? 0) + 1;
    counts.set(section.id, count);
    return count <= MAX_PER_SECTION;
  });
  const relevant = chosen.filter(({ weight }) => weight > 0).length;
  const most = Math.min(MAX_PICTURES, Math.max(MIN_PICTURES, relevant));
  return chosen.slice(0, most).map(({ section, chart: { id, data } }) => ({
    name: id,
    heading: data.x_domain === 'name' ? `${section.title}: ${chartTitle(data)}` : chartTitle(data),
    summary: chartSummary(data),
    peaks: chartPeaks(data),
    data,
    height: Math.round((chartHeight(data) * PICTURE_WIDTH) / DRAWN_WIDTH),
  }));
}

/** The pictures as PNG, each in a light and a dark variant. */
export async function drawPictures(pictures: readonly MailPicture[]): Promise<DrawnPicture[]> {
  const drawn: DrawnPicture[] = [];
  for (const { name, data } of pictures) {
    drawn.push({ name, png: await drawPicture(data, PICTURE_THEMES.light, DRAWN_WIDTH) });
    drawn.push({ name: `${name}-dark`, png: await drawPicture(data, PICTURE_THEMES.dark, DRAWN_WIDTH) });
  }
  return drawn;
}

/** True if the chart draws a figure of the finding: one of the chart's section, or by day a headline figure. */
function isShownBy(
  { section, figures, headline_figure }: Finding,
  sectionId: string,
  { chart, data }: SectionChart,
): boolean {
  if (section !== sectionId && !(headline_figure !== undefined && data.x_domain === 'day')) return false;
  if (data.x_domain === 'name') return true;
  const named = Object.keys(figures).map((name) =>
    name === 'errors' || name === 'error_percent' ? 'errors_4xx' : name,
  );
  return chart.y.some((name) => named.includes(name));
}
