import type { Edition, Finding } from '../../model/edition.ts';
import type { ChartData } from '../charts/chart.ts';
import { chartHeight } from '../charts/dimensions.ts';
import { type Figure, figuresOf } from '../charts/figures.ts';
import { drawPicture } from '../charts/picture.ts';
import { chartPeaks, chartSummary, chartTitle } from '../charts/summary.ts';
import { PICTURE_LOOKS } from '../charts/theme.ts';

/** A chart in a mail, and the sentence that says what it shows. */
export interface MailPicture {
  /** Content-ID without the part after the @; the dark one has `-dark` behind. */
  name: string;
  heading: string;
  summary: string;
  /** The summary without what the heading says. */
  peaks: string;
  data: ChartData;
  height: number;
}

export interface DrawnPicture {
  name: string;
  png: Uint8Array;
}

/** Width in the mail, in px. */
export const PICTURE_WIDTH = 552;
/** Drawn narrower than shown, so that its text can still be read on a phone. */
const DRAWN_WIDTH = 440;

const LEAST = 3;
const MOST = 5;
/** Two of a section are enough, or one busy day would fill the mail. */
const MOST_OF_A_SECTION = 3;

/**
 * Three to five charts, those first on which the weightiest findings rest. Where fewer moved, the report's first charts
 * fill up.
 */
export function mailPictures(edition: Edition): MailPicture[] {
  const { sections, findings } = edition.record;
  const candidates = sections.flatMap((section) =>
    figuresOf(edition, section).map((figure) => ({
      section,
      figure,
      weight: Math.max(0, ...findings.filter((one) => restsOn(one, section.id, figure)).map(({ weight }) => weight)),
    })),
  );
  const ranked = candidates.toSorted((a, b) => b.weight - a.weight);
  const taken = new Map<string, number>();
  const chosen = ranked.filter(({ section }) => {
    const count = (taken.get(section.id) ?? 0) + 1;
    taken.set(section.id, count);
    return count <= MOST_OF_A_SECTION;
  });
  const told = chosen.filter(({ weight }) => weight > 0).length;
  return chosen.slice(0, Math.min(MOST, Math.max(LEAST, told))).map(({ section, figure: { id, data } }) => ({
    name: id,
    heading: data.along === 'name' ? `${section.title}: ${chartTitle(data)}` : chartTitle(data),
    summary: chartSummary(data),
    peaks: chartPeaks(data),
    data,
    height: Math.round((chartHeight(data) * PICTURE_WIDTH) / DRAWN_WIDTH),
  }));
}

/** The pictures as PNG, each for light and for dark mail programs. */
export async function drawPictures(pictures: readonly MailPicture[]): Promise<DrawnPicture[]> {
  const drawn: DrawnPicture[] = [];
  for (const { name, data } of pictures) {
    drawn.push({ name, png: await drawPicture(data, PICTURE_LOOKS.light, DRAWN_WIDTH) });
    drawn.push({ name: `${name}-dark`, png: await drawPicture(data, PICTURE_LOOKS.dark, DRAWN_WIDTH) });
  }
  return drawn;
}

/** True when a finding is about a figure that the chart draws: of its own section, or a total of what it shows by day. */
function restsOn({ section, figures }: Finding, sectionId: string, { chart, data }: Figure): boolean {
  if (section !== sectionId && !(section === 'overview' && data.along === 'day')) return false;
  if (data.along === 'name') return true;
  const named = Object.keys(figures).map((name) =>
    name === 'errors' || name === 'error_percent' ? 'errors_4xx' : name,
  );
  return chart.y.some((name) => named.includes(name));
}
