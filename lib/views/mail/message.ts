import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { mailAddress } from '../../delivery/address.ts';
import type { Edition, EditionRecord } from '../../model/edition.ts';
import { visibleText } from '../../text/visible-text.ts';
import { ATTACHED_PAGE, type MailAccess, type MailContent, mailContent } from './content.ts';
import { mailHtml } from './html.ts';
import { drawPictures } from './pictures.ts';
import { mailText } from './text.ts';

export interface MailOptions {
  access: MailAccess;
  /** `from`, `to` and `reply_to` are bare addresses, without display names. */
  from: string;
  to: readonly string[];
  reply_to: string;
  subject_prefix: string;
}

/**
 * An edition as a MIME message: HTML with pictures, and plain text with the same content. The same edition and options
 * give the same bytes, Message-ID included, so that a message that was sent twice can be recognised. Throws a DeliveryError if
 * an address is not valid.
 */
export async function composeMail(edition: Edition, options: MailOptions): Promise<Uint8Array> {
  const { record } = edition;
  const content = mailContent(edition, options.access);
  const from = mailAddress(options.from, 'the sender');
  const to = options.to.map((address) => mailAddress(address, 'a recipient'));
  const replyTo = mailAddress(options.reply_to, 'the reply-to address');
  const id = messageId(record);
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const contentId = (name: string) => `${name}-${id}@${domain}`;
  const pictures = await drawPictures(content.pictures);
  const message = new MailComposer({
    from: { name: 'Logtally', address: from },
    to,
    replyTo,
    subject: subject(content, options.subject_prefix),
    date: new Date(record.published_at),
    messageId: `<${id}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: mailText(content),
    html: mailHtml(content, contentId),
    attachments: [
      ...pictures.map(({ name, png }) => ({
        cid: contentId(name),
        filename: `${name}.png`,
        content: Buffer.from(png),
        contentType: 'image/png',
        contentDisposition: 'inline' as const,
      })),
      ...attachedPage(options.access),
    ],
    baseBoundary: id,
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return message.compile().build();
}

function attachedPage(access: MailAccess) {
  if ('link' in access) return [];
  return [{ filename: ATTACHED_PAGE, content: access.page, contentType: 'text/html; charset=utf-8' }];
}

function subject({ title, fact, record }: MailContent, prefix: string): string {
  const revision = record.revision > 1 ? ` (revision ${record.revision})` : '';
  return visibleText(`${prefix} ${title}, ${fact}${revision}`.trim());
}

/** The part of the Message-ID before the @: the same for every mail about one revision of an edition. */
function messageId({ report, period, revision }: EditionRecord): string {
  const parts = JSON.stringify([report, period.from, period.to, revision]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 40);
}
