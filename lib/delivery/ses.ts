import { SESClient, type SESClientConfig, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { type Envelope, MailError, type Mailer } from './mailer.ts';

/** Limits of the SES v1 API for one message. */
const LARGEST_MESSAGE_BYTES = 10_000_000;
const MOST_RECIPIENTS = 50;

export interface SesOptions {
  /** Receives bounces, complaints and deliveries of this mail. */
  configuration_set?: string;
  client?: SESClientConfig;
}

/** A mailer over Amazon SES. Region, credentials and retries are those of the AWS SDK. */
export function sesMailer({ configuration_set, client: config = {} }: SesOptions): Mailer {
  const client = new SESClient(config);
  return {
    async send(raw, envelope) {
      refuseBeyondLimits(raw, envelope);
      const command = new SendRawEmailCommand({
        Source: envelope.from,
        Destinations: envelope.to,
        RawMessage: { Data: raw },
        ConfigurationSetName: configuration_set,
      });
      const { MessageId } = await client.send(command).catch((error: Error) => {
        throw new MailError(explain(error, envelope), { cause: error });
      });
      return { message_id: MessageId ?? '' };
    },
  };
}

function refuseBeyondLimits(raw: Uint8Array, { to }: Envelope): void {
  if (to.length === 0) throw new MailError('the mail has no recipient; name one under mail.recipients');
  if (to.length > MOST_RECIPIENTS) {
    throw new MailError(`SES sends to at most ${MOST_RECIPIENTS} recipients, not ${to.length}; use a mailing list`);
  }
  if (raw.byteLength > LARGEST_MESSAGE_BYTES) {
    throw new MailError(`SES sends at most 10 MB, and this mail has ${raw.byteLength} bytes; choose fewer sections`);
  }
}

function explain(error: Error, { from, to }: Envelope): string {
  switch (error.name) {
    case 'MessageRejected':
      return /not verified/i.test(error.message)
        ? `SES refused the mail: ${error.message} Verify the address or its domain in SES. In the SES sandbox every ` +
            'recipient must be verified too; to reach others, request production access for the account in this Region.'
        : `SES refused the mail from ${from}: ${error.message}`;
    case 'MailFromDomainNotVerifiedException':
      return `SES refused the sender ${from}: ${error.message} Verify its MAIL FROM domain in SES.`;
    case 'ConfigurationSetDoesNotExist':
    case 'ConfigurationSetDoesNotExistException':
      return `SES has no such configuration set: ${error.message} Deploy the stack again.`;
    case 'AccountSendingPausedException':
      return `SES has paused sending for this account: ${error.message} See the reputation page of the SES console.`;
    case 'AccessDenied':
    case 'AccessDeniedException':
      return `SES does not let this role send as ${from}: ${error.message}`;
    default:
      return `SES did not take the mail for ${to.length} recipients: ${error.name}: ${error.message}`;
  }
}
