import type { Config, Report } from '../config/config.ts';
import type { MailEnvelope } from './ports.ts';

/** The sender of a mail that is only written to a file, if the configuration names none. */
const EXAMPLE_SENDER = 'logtally@example.com';

/** Sender and recipients of a report's mail. Without recipients the mail goes to its sender. */
export function envelopeOf({ mail }: Config, { recipients }: Report): MailEnvelope {
  const from = mail?.from ?? EXAMPLE_SENDER;
  return { from, reply_to: mail?.reply_to ?? from, to: recipients.length > 0 ? recipients : [from] };
}
