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
  /** Sender's address; SES mails it a link to confirm. */
  from: string;
  /** Hears of bounces, complaints and rejects. */
  topic: ITopic;
}

/** The sender in SES. An address rather than its domain: confirming it takes a click, not a change in the DNS. */
export class MailIdentity extends Construct {
  readonly configurationSet: ConfigurationSet;
  readonly #from: string;

  constructor(scope: Construct, id: string, { from, topic }: MailIdentityProps) {
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
    new EmailIdentity(this, 'Sender', {
      identity: Identity.email(from),
      configurationSet: this.configurationSet,
    });
  }

  /** Lets a function send from the sender's address. */
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
          "SES's sandbox asks for the recipients' identities too; the condition holds the sender to one.",
      },
    ]);
  }
}
