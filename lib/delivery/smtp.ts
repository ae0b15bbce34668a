import { createTransport } from 'nodemailer';
import { mailAddress } from './address.ts';
import { type Envelope, MailError, type Mailer } from './mailer.ts';

/** Everything the environment says about sending by SMTP. */
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
 * SMTP settings from the environment; undefined when no variable of them is set. A MailError that names the variables
 * when some are missing, or the one that holds no address or port. TARGET_EMAIL_ADDRESS takes several, comma separated.
 */
export function smtpSettings(env: Record<string, string | undefined>): SmtpSettings | undefined {
  const missing = REQUIRED.filter((name) => !env[name]?.trim());
  if (missing.length === REQUIRED.length) return undefined;
  if (missing.length > 0) {
    throw new MailError(
      `to send by SMTP, set ${missing.join(' and ')} too; unset the others to write the mail to a file only`,
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
 * A mailer over SMTP. Port 465 speaks TLS at once; any other port must offer STARTTLS before the password is sent,
 * except on this machine itself.
 */
export function smtpMailer({ host, port, username, password }: SmtpSettings): Mailer {
  const transport = createTransport({
    host,
    port,
    secure: port === IMPLICIT_TLS_PORT,
    requireTLS: !isLoopback(host),
    // A certificate seldom names localhost, and nothing on the way there could listen in.
    tls: { rejectUnauthorized: !isLoopback(host) },
    auth: { user: username, pass: password },
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
  });
  return {
    async send(raw, envelope) {
      const answer = await transport
        .sendMail({ envelope: { ...envelope }, raw: Buffer.from(raw) })
        .catch((error: SmtpFailure) => {
          throw new MailError(explain(error, { host, port, envelope }));
        });
      if (answer.rejected.length > 0)
        throw new MailError(partlyRefused(answer.accepted.map(String), answer.rejectedErrors));
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

function explain(
  error: SmtpFailure,
  { host, port, envelope }: { host: string; port: number; envelope: Envelope },
): string {
  const server = `the SMTP server ${host}:${port}`;
  // The server's own answer; nodemailer's message can quote more of the dialogue.
  const said = error.response ? `: ${error.response}` : '';
  switch (error.code) {
    case 'EAUTH':
      return `${server} refused the login${said}; check SMTP_USERNAME and SMTP_PASSWORD`;
    case 'EENVELOPE':
      return error.rejected?.length
        ? `${server} refused ${error.rejected.join(', ')}${said}; check TARGET_EMAIL_ADDRESS`
        : `${server} refused the sender ${envelope.from} or the size${said}; check FROM_EMAIL`;
    case 'ETLS':
      return `${server} offers no working STARTTLS, and the password is not sent in the clear${said}; use port 465 or a server with TLS`;
    case 'EDNS':
    case 'ESOCKET':
      return `${server} cannot be reached (${error.message}); check SMTP_HOST and SMTP_PORT`;
    case 'ETIMEDOUT':
      return `${server} did not answer in time (${error.message}); check SMTP_HOST and SMTP_PORT, then send again`;
    case 'ECONNECTION':
      return `${server} closed the connection before it took the message; the mail may not have been sent, so send it again`;
    default:
      return `${server} did not take the message${said || `: ${error.message}`}`;
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
    throw new MailError(`SMTP_PORT is no port: ${JSON.stringify(text)}; write 465 or 587`);
  }
  return number;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
