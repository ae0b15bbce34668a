import { createTransport } from 'nodemailer';
import { checkEnvelope, mailAddress } from './address.ts';
import { DeliveryError } from './delivery-error.ts';
import type { Envelope, Mailer } from './mailer.ts';

/** Settings for sending mail by SMTP. */
export interface SmtpSettings {
  host: string;
  port: number;
  username: string;
  password: string;
  from: string;
  reply_to: string;
  to: string[];
}

const REQUIRED = [
  'SMTP_HOST',
  'SMTP_USERNAME',
  'SMTP_PASSWORD',
  'REPLY_TO_EMAIL',
  'FROM_EMAIL',
  'TARGET_EMAIL_ADDRESS',
] as const;

const IMPLICIT_TLS_PORT = 465;
const SUBMISSION_PORT = 587;

/**
 * SMTP settings from environment variables; undefined if none of them is set. TARGET_EMAIL_ADDRESS may hold several
 * addresses, separated by commas. Throws a DeliveryError that names the variables that are missing or not valid.
 */
export function smtpSettings(env: Record<string, string | undefined>): SmtpSettings | undefined {
  const missing = REQUIRED.filter((name) => !env[name]?.trim());
  if (missing.length === REQUIRED.length) return undefined;
  if (missing.length > 0) {
    throw new DeliveryError(
      `to send mail by SMTP, also set ${missing.join(' and ')}; to write the mail to a file only, unset the other SMTP variables`,
    );
  }
  const value = (name: (typeof REQUIRED)[number]) => env[name]?.trim() ?? '';
  return {
    host: value('SMTP_HOST'),
    port: port(env.SMTP_PORT?.trim()),
    username: value('SMTP_USERNAME'),
    password: env.SMTP_PASSWORD ?? '',
    from: mailAddress(value('FROM_EMAIL'), 'FROM_EMAIL'),
    reply_to: mailAddress(value('REPLY_TO_EMAIL'), 'REPLY_TO_EMAIL'),
    to: value('TARGET_EMAIL_ADDRESS')
      .split(',')
      .map((text) => mailAddress(text.trim(), 'TARGET_EMAIL_ADDRESS')),
  };
}

/**
 * Sends mail by SMTP. On port 465 the connection starts with TLS. On any other port the server must offer STARTTLS before
 * the password is sent, unless it runs on this machine.
 */
export function smtpMailer({ host, port, username, password }: SmtpSettings): Mailer {
  const transport = createTransport({
    host,
    port,
    secure: port === IMPLICIT_TLS_PORT,
    requireTLS: !isLoopback(host),
    // Certificates rarely name localhost, and nobody can listen on the way there.
    tls: { rejectUnauthorized: !isLoopback(host) },
    auth: { user: username, pass: password },
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
  });
  return {
    async send(raw, envelope) {
      checkEnvelope(envelope);
      const response = await transport
        .sendMail({ envelope: { ...envelope }, raw: Buffer.from(raw) })
        .catch((error: SmtpFailure) => {
          throw new DeliveryError(explain(error, { host, port, envelope }));
        });
      if (response.rejected.length > 0)
        throw new DeliveryError(partlyRefused(response.accepted.map(String), response.rejectedErrors));
      return { message_id: messageIdOf(raw) };
    },
  };
}

interface SmtpFailure extends Error {
  code?: string;
  response?: string;
  recipient?: string;
  rejected?: string[];
}

/** What an SMTP error means, and what to do about it. */
function explain(
  error: SmtpFailure,
  { host, port, envelope }: { host: string; port: number; envelope: Envelope },
): string {
  const server = `the SMTP server ${host}:${port}`;
  // Only the server's response: nodemailer's message can quote more of the dialogue.
  const response = error.response ? `: ${error.response}` : '';
  switch (error.code) {
    case 'EAUTH':
      return `${server} refused the login${response}; check SMTP_USERNAME and SMTP_PASSWORD`;
    case 'EENVELOPE':
      return error.rejected?.length
        ? `${server} refused ${error.rejected.join(', ')}${response}; check TARGET_EMAIL_ADDRESS`
        : `${server} refused the sender ${envelope.from} or the size${response}; check FROM_EMAIL`;
    case 'ETLS':
      return `${server} offers no working STARTTLS, and Logtally does not send a password without TLS${response}; use port 465 or a server with TLS`;
    case 'EDNS':
    case 'ESOCKET':
      return `${server} cannot be reached (${error.message}); check SMTP_HOST and SMTP_PORT`;
    case 'ETIMEDOUT':
      return `${server} did not respond in time (${error.message}); check SMTP_HOST and SMTP_PORT, then send again`;
    case 'ECONNECTION':
      return `${server} closed the connection before it accepted the message; the mail may not have been sent, so send it again`;
    default:
      return `${server} did not accept the message${response || `: ${error.message}`}`;
  }
}

function partlyRefused(accepted: string[], errors: SmtpFailure[] = []): string {
  const refused = errors.map(({ recipient, response }) => `${recipient} (${response})`).join(', ');
  return `the mail went to ${accepted.join(', ')}, but the SMTP server refused ${refused}; check TARGET_EMAIL_ADDRESS`;
}

function messageIdOf(raw: Uint8Array): string {
  return /^Message-ID:\s*(<[^>]*>)/im.exec(Buffer.from(raw).toString('latin1'))?.[1] ?? '';
}

function port(text: string | undefined): number {
  if (!text) return SUBMISSION_PORT;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 65_535) {
    throw new DeliveryError(`SMTP_PORT is not a port: ${JSON.stringify(text)}; write 465 or 587`);
  }
  return number;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
