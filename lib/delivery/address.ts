import { MailError } from './mailer.ts';

const ADDRESS = /^[^\s\p{Cc}@<>(),;:"\\[\]]+@[^\s\p{Cc}@<>(),;:"\\[\]]+$/u;

/** A bare mail address, as written; a MailError naming `field` when it is none or could break a header or an envelope. */
export function mailAddress(text: string, field: string): string {
  if (ADDRESS.test(text)) return text;
  throw new MailError(`${field} is no mail address: ${JSON.stringify(text.slice(0, 100))}; write name@example.com`);
}
