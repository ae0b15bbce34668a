import type { Mailer } from '../delivery/mailer.ts';
import type { EditionRecord } from '../model/edition.ts';
import type { Flow } from '../run/flow.ts';
import type { Store } from '../store/store.ts';
import { composeMail } from '../views/mail/message.ts';
import { renderPage } from '../views/page/page.ts';
import { readTables } from './edition-store.ts';
import type { Produced } from './ports.ts';

export interface Addresses {
  from: string;
  reply_to: string;
  to: readonly string[];
  subject_prefix: string;
}

export interface DeliveryPorts {
  editions: Store;
  addresses: Addresses;
  /** Where a reader of the mail finds a file of the edition. */
  link(fileName: string): Promise<string>;
  /** Absent when the mail is only written to a file. */
  mailer?: Mailer;
  /** Names this run, the same through all its retries. */
  run_id: string;
}

export interface Delivery {
  /** `sent` now, `sent before` by another run of the same revision, or `written` to a file only. */
  mail: 'sent' | 'sent before' | 'written';
  message_id?: string;
}

/** A claim on sending one revision's mail; `sent_at` once it went out. */
interface MailClaim {
  run_id: string;
  claimed_at: string;
  sent_at?: string;
  message_id?: string;
}

/** After so long without a word a claim is that of a run that died before it could send. */
const CLAIM_MS = 60 * 60 * 1000;

/**
 * Writes an edition's page and mail, and sends the mail once for each revision, however often it is asked to. Those of an
 * edition that stood there stay as they are, unless its mail is still to be sent.
 */
export async function deliverEdition(
  flow: Flow,
  ports: DeliveryPorts,
  { record, prefix, made }: Produced,
): Promise<Delivery> {
  const { mailer } = ports;
  const key = `${prefix}mail-${record.revision}.json`;
  if (!made) {
    const wasSent = mailer && (await flow.step('look for the mail', () => isSent(ports.editions, key)));
    if (!mailer || wasSent) return { mail: mailer ? 'sent before' : 'written' };
  }
  await flow.step('write page and mail', async () => {
    const tables = await readTables(ports.editions, prefix, record);
    const edition = { record, tables };
    await ports.editions.put(`${prefix}report.html`, renderPage(edition), { content_type: 'text/html; charset=utf-8' });
    const links = new Map<string, string>();
    for (const name of fileNames(record)) links.set(name, await ports.link(name));
    const mail = await composeMail(edition, { ...ports.addresses, link: (name) => links.get(name) ?? name });
    await ports.editions.put(`${prefix}mail.eml`, mail, { content_type: 'message/rfc822' });
  });
  if (!mailer) return { mail: 'written' };
  const claimed = await flow.step('claim the mail', () => claim(ports.editions, key, ports.run_id));
  if (!claimed) return { mail: 'sent before' };
  const message_id = await sendMail(flow, { ...ports, mailer }, prefix, key);
  // A step of its own, so that whatever befalls it does not send the mail again.
  await flow.step('record the mail', async () => {
    const sent: MailClaim = {
      run_id: ports.run_id,
      claimed_at: claimed,
      sent_at: new Date().toISOString(),
      message_id,
    };
    await ports.editions.put(key, JSON.stringify(sent), { content_type: 'application/json' });
  });
  return { mail: 'sent', message_id };
}

/** Sends a mail under its claim, and gives the claim up when nobody takes the mail; returns the mail's id. */
async function sendMail(
  flow: Flow,
  { editions, mailer, addresses }: DeliveryPorts & { mailer: Mailer },
  prefix: string,
  key: string,
): Promise<string> {
  try {
    return await flow.step('send the mail', async () => {
      const raw = await editions.get(`${prefix}mail.eml`);
      if (!raw) throw new Error(`${prefix}mail.eml is missing; run the report again`);
      const { message_id } = await mailer.send(raw, { from: addresses.from, to: [...addresses.to] });
      return message_id;
    });
  } catch (error) {
    await flow.step('leave the mail to another run', () => editions.delete([key]));
    throw error;
  }
}

/** Every file a mail may link to. */
function fileNames(record: EditionRecord): string[] {
  const files = [...record.sections, ...(record.requests ?? [])].flatMap((section) => section.files);
  return ['report.html', 'edition.json', ...files.map(({ name }) => name)];
}

async function isSent(editions: Store, key: string): Promise<boolean> {
  const claimed = await readClaim(editions, key);
  return claimed?.sent_at !== undefined;
}

async function readClaim(editions: Store, key: string): Promise<MailClaim | undefined> {
  const bytes = await editions.get(key);
  return bytes && JSON.parse(new TextDecoder().decode(bytes));
}

/** When the claim was made; undefined when another run has it or has sent the mail. */
async function claim(editions: Store, key: string, run_id: string): Promise<string | undefined> {
  const claimed_at = new Date().toISOString();
  const mine = JSON.stringify({ run_id, claimed_at } satisfies MailClaim);
  if (await editions.put(key, mine, { content_type: 'application/json', if_absent: true })) return claimed_at;
  const found = await readClaim(editions, key);
  if (!found) throw new Error(`${key} was there and is gone; run the report again`);
  if (found.sent_at) return undefined;
  if (found.run_id === run_id) return found.claimed_at;
  if (Date.now() - Date.parse(found.claimed_at) < CLAIM_MS) return undefined;
  await editions.put(key, mine, { content_type: 'application/json' });
  return claimed_at;
}
