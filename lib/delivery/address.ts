import { DeliveryError } from './delivery-error.ts';
import type { Envelope } from './mailer.ts';

/**
 * A bare address without anything that could end a header or an envelope, or add a recipient. Deliberately wider than
 * RFC 5321's grammar in everything else: whether an address exists is the mail server's decision.
 */
const ADDRESS = /^[^\s\p{Cc}@<>(),;:"\\[\]]+@[^\s\p{Cc}@<>(),;:"\\[\]]+$/u;

/** Returns a bare mail address unchanged. Throws a DeliveryError that names `field` if it is not one. */
export function mailAddress(text: string, field: string): string {
  if (ADDRESS.test(text)) return text;
  throw new DeliveryError(
    `${field} is not a mail address: ${JSON.stringify(text.slice(0, 100))}; write name@example.com`,
  );
}

/** Checks all addresses of an envelope, before any mailer sends to them. Throws a DeliveryError if there is no recipient. */
export function checkEnvelope({ from, to }: Envelope): void {
  mailAddress(from, 'the sender');
  if (to.length === 0) throw new DeliveryError('the mail has no recipient; name one under mail.recipients');
  for (const recipient of to) mailAddress(recipient, 'a recipient');
}
