import { type SmtpSettings, smtpSettings } from '../delivery/smtp.ts';
import { UsageError } from './usage-error.ts';

/** How --email sends, from the environment. A UsageError if no variable is set. */
export function mailSettings(env: NodeJS.ProcessEnv): SmtpSettings {
  const settings = smtpSettings(env);
  if (settings) return settings;
  throw new UsageError(
    '--email sends by SMTP; set SMTP_HOST, SMTP_USERNAME, SMTP_PASSWORD, REPLY_TO_EMAIL, FROM_EMAIL and TARGET_EMAIL_ADDRESS',
  );
}
