import { SESClient, type SESClientConfig, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { checkEnvelope } from './address.ts';
import { DeliveryError } from './delivery-error.ts';
import type { Envelope, Mailer } from './mailer.ts';

/** Limits of the SES v1 API per message. */
const MAX_MESSAGE_BYTES = 10_000_000;
const MAX_RECIPIENTS = 50;

export interface SesOptions {
  /** The configuration set that publishes bounces, complaints and deliveries of this mail. */
  configuration_set?: string;
  client?: SESClientConfig;
}

/** Sends mail with Amazon SES. The AWS SDK's defaults decide Region, credentials and retries. */
export function sesMailer({ configuration_set, client: config = {} }: SesOptions): Mailer {
  const client = new SESClient(config);
  return {
    async send(raw, envelope) {
      checkEnvelope(envelope);
      checkLimits(raw, envelope);
      const command = new SendRawEmailCommand({
        Source: envelope.from,
        Destinations: envelope.to,
        RawMessage: { Data: raw },
        ConfigurationSetName: configuration_set,
      });
      const { MessageId } = await client.send(command).catch((error: Error) => {
        throw new DeliveryError(explain(error, envelope), { cause: error });
      });
      return { message_id: MessageId ?? '' };
    },
  };
}

function checkLimits(raw: Uint8Array, { to }: Envelope): void {
  if (to.length > MAX_RECIPIENTS) {
    throw new DeliveryError(`SES accepts at most ${MAX_RECIPIENTS} recipients, not ${to.length}; use a mailing list`);
  }
  if (raw.byteLength > MAX_MESSAGE_BYTES) {
    throw new DeliveryError(
      `SES accepts at most 10 MB, and this mail has ${raw.byteLength} bytes; choose fewer sections`,
    );
  }
}

/** What SES's error means, and what to do about it. */
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
      return `SES did not accept the mail for ${to.length} ${to.length === 1 ? 'recipient' : 'recipients'}: ${error.name}: ${error.message}`;
  }
}
