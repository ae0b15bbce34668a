import { Stack } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
} from 'aws-cdk-lib/aws-ses';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { permit } from './permission.ts';

export interface MailIdentityProps {
  /** Sender's address. */
  from: string;
  /** Whether SES has verified the address or its domain already. If not, SES mails a link to confirm to the address. */
  exists: boolean;
  /** Receives bounces, complaints and rejects. */
  topic: ITopic;
}

/** The sender in SES. A new one is an address, not its domain: it is confirmed by a click, without a change to the DNS. */
export class MailIdentity extends Construct {
  readonly configurationSet: ConfigurationSet;
  readonly #from: string;

  constructor(scope: Construct, id: string, { from, exists, topic }: MailIdentityProps) {
    super(scope, id);
    this.#from = from;
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      reputationMetrics: true,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    });
    this.configurationSet.addEventDestination('Returned', {
      destination: EventDestination.snsTopic(topic),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT, EmailSendingEvent.REJECT],
    });
    if (exists) return;
    new EmailIdentity(this, 'Sender', {
      identity: Identity.email(from),
      configurationSet: this.configurationSet,
    });
  }

  /** Allows a role to send from the sender's address. */
  grantSend(role: IRole): void {
    const stack = Stack.of(this);
    const configurationSet = this.configurationSet.configurationSetName;
    permit(role, [
      {
        actions: ['ses:SendRawEmail'],
        resources: [
          stack.formatArn({ service: 'ses', resource: 'identity', resourceName: '*' }),
          stack.formatArn({ service: 'ses', resource: 'configuration-set', resourceName: configurationSet }),
        ],
        conditions: { StringEquals: { 'ses:FromAddress': this.#from } },
        wildcard_reason:
          "SES's sandbox asks for the recipients' identities too; the condition restricts the sender to one address.",
      },
    ]);
  }
}
