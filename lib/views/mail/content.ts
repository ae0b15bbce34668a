import { topFindings } from '../../insights/findings.ts';
import type { Edition, EditionRecord, Finding, SectionRecord } from '../../model/edition.ts';
import { periodName } from '../../text/format-period.ts';
import { formatFigure } from '../../text/format-value.ts';
import { type HeadlineFigure, hasPeriodBefore, headlineFigures, holdsLines } from '../../text/headline.ts';
import { shortenText, visibleText } from '../../text/visible-text.ts';
import { type ChangeList, changeLists } from './changes.ts';
import { type MailPicture, mailPictures } from './pictures.ts';
import { type MailTable, mailTables } from './tables.ts';

export interface MailFile {
  name: string;
  size: string;
  url: string;
}

/** What a mail says, independent of HTML or plain text. All text is visible text, none is markup. */
export interface MailContent {
  record: EditionRecord;
  title: string;
  /** The period and the most important fact: the end of the subject. */
  fact: string;
  figures: HeadlineFigure[];
  /** The main findings, most important first. */
  findings: Finding[];
  pictures: MailPicture[];
  changes: ChangeList[];
  tables: MailTable[];
  access: MailLinks | MailAttachment;
}

/** Readers follow links to the page and to the other files. */
export interface MailLinks {
  page: MailFile;
  files: { title: string; links: MailFile[] }[];
}

/** The page is attached under a name; all files are in a folder or below an S3 prefix. */
export interface MailAttachment {
  attached: string;
  folder: string;
}

/** Characters of a title that a subject line and a heading hold at most. */
const MAX_TITLE = 120;
const MAX_FINDINGS = 6;

/** How readers of a mail get the edition: by a URL for each file's name, or with its page attached. */
export type MailAccess = { link: (fileName: string) => string } | { page: string; folder: string };

export const ATTACHED_PAGE = 'report.html';

/** Picks from an edition what a mail has room for. */
export function mailContent(edition: Edition, access: MailAccess): MailContent {
  const { record } = edition;
  return {
    record,
    title: visibleText(shortenText(record.title, MAX_TITLE)),
    fact: mainFact(record),
    figures: headlineFigures(record),
    findings: topFindings(record.findings, MAX_FINDINGS),
    pictures: mailPictures(edition),
    changes: hasPeriodBefore(record) ? changeLists(edition) : [],
    tables: mailTables(edition),
    access: 'link' in access ? mailLinks(record, access.link) : { attached: ATTACHED_PAGE, folder: access.folder },
  };
}

function mailLinks(record: EditionRecord, link: (fileName: string) => string): MailLinks {
  const filesOf = ({ title, files }: SectionRecord) => ({
    title: visibleText(title),
    links: files.map(({ name, size_bytes }) => ({
      name,
      size: formatFigure(size_bytes, 'bytes').text,
      url: link(name),
    })),
  });
  return {
    page: { name: 'report.html', size: '', url: link('report.html') },
    files: [
      ...record.sections.map(filesOf),
      ...(record.requests ?? []).map(filesOf),
      { title: 'The edition', links: [{ name: 'edition.json', size: '', url: link('edition.json') }] },
    ],
  };
}

/**
 * `October 2026: Error rate 4.83%, ▲ +2 points`: the most important finding about a total or a day, or else the number of
 * requests (or lines). It holds no text from a log.
 */
function mainFact(record: EditionRecord): string {
  const name = periodName(record.period);
  if (!holdsLines(record.headline)) return `${name}: no requests`;
  const finding = record.findings.find(({ kind, headline_figure }) => kind === 'outlier' || headline_figure);
  if (finding?.kind === 'outlier') return `${name}: ${finding.text.replace(/:.*$/s, '')}`;
  const figures = headlineFigures(record);
  const total = figures.find((figure) => figure.name === finding?.headline_figure);
  if (total) return `${name}: ${total.title} ${total.shown}, ${total.change_text}`;
  const [counted] = figures;
  return `${name}: ${counted?.now.text} ${counted?.name}, ${counted?.change_text}`;
}
