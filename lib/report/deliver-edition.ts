import { DEFAULT_SUBJECT_PREFIX } from '../config/schema.ts';
import type { Mailer } from '../delivery/mailer.ts';
import type { EditionRecord } from '../model/edition.ts';
import { DAY_MS } from '../model/period.ts';
import type { Flow } from '../run/flow.ts';
import { composeMail } from '../views/mail/message.ts';
import { renderPage } from '../views/page/page.ts';
import { readTables } from './edition-store.ts';
import { envelopeOf } from './envelope.ts';
import { claimMail, isMailSent, type MailClaims, recordSentMail, releaseMail } from './mail-claim.ts';
import type { MailEnvelope, ReportPorts, ReportRequest } from './ports.ts';
import type { Produced } from './produce-edition.ts';

export interface Delivery {
  /** `sent` by this run, `sent before` by another run of the same revision, or `written` to a file only. */
  mail: 'sent' | 'sent before' | 'written';
  message_id?: string;
}

/**
 * Writes an edition's page and mail, and with a mailer sends the mail once per revision, however often it is asked to. The
 * page and mail of an edition that is up to date stay as they are, unless its mail has not been sent yet.
 */
export async function deliverEdition(
  flow: Flow,
  ports: ReportPorts,
  request: ReportRequest,
  { record, prefix, outcome }: Produced,
): Promise<Delivery> {
  const { editions, clock } = ports;
  const mailer = request.email ? ports.mailer : undefined;
  const claims = { editions, key: `${prefix}mail-${record.revision}.json`, run_id: request.run_id, clock };
  if (outcome === 'up_to_date') {
    if (!mailer) return { mail: 'written' };
    if (await flow.step('look for the mail', () => isMailSent(claims))) return { mail: 'sent before' };
  }
  const envelope = ports.envelope ?? envelopeOf(ports.config, request.report);
  await flow.step('write page and mail', () => writeViews(ports, request, prefix, record, envelope));
  if (!mailer) return { mail: 'written' };
  if (!(await flow.step('claim the mail', () => claimMail(claims)))) return { mail: 'sent before' };
  const message_id = await sendMail(flow, mailer, `${prefix}mail.eml`, envelope, claims);
  // A separate step: if it fails and runs again, the mail is not sent again.
  await flow.step('record the mail', () => recordSentMail(claims, message_id));
  return { mail: 'sent', message_id };
}

async function writeViews(
  ports: ReportPorts,
  { started_at }: ReportRequest,
  prefix: string,
  record: EditionRecord,
  envelope: MailEnvelope,
): Promise<void> {
  const { config, editions } = ports;
  const edition = { record, tables: await readTables(editions, prefix, record) };
  const page = renderPage(edition);
  await editions.put(`${prefix}report.html`, page, { content_type: 'text/html; charset=utf-8' });
  const mail = await composeMail(edition, {
    ...envelope,
    subject_prefix: config.mail?.subject_prefix ?? DEFAULT_SUBJECT_PREFIX,
    access: ports.attaches_page
      ? { page, folder: `${editions.root}${prefix}` }
      : { link: await linksOf(ports, started_at, prefix, record) },
  });
  await editions.put(`${prefix}mail.eml`, mail, { content_type: 'message/rfc822' });
}

/** The URL of each file of an edition, by its name. */
async function linksOf(
  { config, link }: ReportPorts,
  started_at: string,
  prefix: string,
  record: EditionRecord,
): Promise<(fileName: string) => string> {
  const expires = Math.floor((Date.parse(started_at) + (config.mail?.link_days ?? 0) * DAY_MS) / 1000);
  const links = new Map<string, string>();
  for (const name of fileNames(record)) {
    links.set(name, (await link?.(`${prefix}${name}`, expires)) ?? `./${encodeURIComponent(name)}`);
  }
  return (name) => links.get(name) ?? name;
}

/** Sends the mail that this run has claimed, and gives the claim up if that fails; returns the mail's id. */
async function sendMail(
  flow: Flow,
  mailer: Mailer,
  key: string,
  { from, to }: MailEnvelope,
  claims: MailClaims,
): Promise<string> {
  try {
    return await flow.step('send the mail', async () => {
      const raw = await claims.editions.get(key);
      if (!raw) throw new Error(`${claims.editions.root}${key} is missing; run the report again`);
      const { message_id } = await mailer.send(raw, { from, to: [...to] });
      return message_id;
    });
  } catch (error) {
    await flow.step('leave the mail to another run', () => releaseMail(claims));
    throw error;
  }
}

/** Every file that a mail may link to. */
function fileNames(record: EditionRecord): string[] {
  const files = [...record.sections, ...(record.requests ?? [])].flatMap((section) => section.files);
  return ['report.html', 'edition.json', ...files.map(({ name }) => name)];
}
