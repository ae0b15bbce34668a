import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { mailAddress } from '../../delivery/address.ts';
import type { Edition, EditionRecord } from '../../model/edition.ts';
import { visibleText } from '../../text/visible-text.ts';
import { type MailContent, mailContent } from './content.ts';
import { mailHtml } from './html.ts';
import { drawPictures } from './pictures.ts';
import { mailText } from './text.ts';

export interface MailOptions {
  /** The address of a file of the edition, by its name. */
  link: (fileName: string) => string;
  /** Bare addresses. */
  from: string;
  to: readonly string[];
  reply_to: string;
  subject_prefix: string;
}

/**
 * An edition as a MIME message, in HTML with pictures and in plain text that says the same. The same edition and options give the same
 * bytes, Message-ID included, so that a message sent twice can be told. A MailError when an address is none.
 */
export async function composeMail(edition: Edition, options: MailOptions): Promise<Uint8Array> {
  const { record } = edition;
  const content = mailContent(edition, options.link);
  const from = mailAddress(options.from, 'the sender');
  const to = options.to.map((address) => mailAddress(address, 'a recipient'));
  const replyTo = mailAddress(options.reply_to, 'the reply-to address');
  const identity = identityOf(record);
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const contentId = (name: string) => `${name}-${identity}@${domain}`;
  const pictures = await drawPictures(content.pictures);
  const message = new MailComposer({
    from: { name: 'Logtally', address: from },
    to,
    replyTo,
    subject: subject(content, options.subject_prefix),
    date: new Date(record.published_at),
    messageId: `<${identity}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: mailText(content),
    html: mailHtml(content, contentId),
    attachments: pictures.map(({ name, png }) => ({
      cid: contentId(name),
      filename: `${name}.png`,
      content: Buffer.from(png),
      contentType: 'image/png',
      contentDisposition: 'inline' as const,
    })),
    baseBoundary: identity,
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return message.compile().build();
}

function subject({ title, fact, record }: MailContent, prefix: string): string {
  const again = record.revision > 1 ? ` (revision ${record.revision})` : '';
  return visibleText(`${prefix} ${title}, ${fact}${again}`.trim());
}

/** The same for every mail about one revision of one report's period. */
function identityOf({ report, period, revision }: EditionRecord): string {
  const parts = JSON.stringify([report, period.from, period.to, revision]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 40);
}
