import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface AlarmTopicProps {
  email?: string | undefined;
  /** Encrypts the messages. Default: a key that the topic creates, since AWS's own key refuses alarms. */
  encryptionKey?: IKey | undefined;
}

const ALARMS = new ServicePrincipal('cloudwatch.amazonaws.com');

/** The topic for failed runs, undelivered events and returned mail. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { email, encryptionKey }: AlarmTopicProps) {
    super(scope, id);
    const key = encryptionKey ?? this.#createKey();
    // Has no effect if the key's policy is managed elsewhere; docs/deploy.md says what it has to allow.
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [ALARMS, new ServicePrincipal('ses.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
      }),
    );
    this.topic = new Topic(this, 'Topic', { enforceSSL: true, masterKey: key });
    // A topic with a policy of its own no longer accepts the account's alarms by default.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [ALARMS],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
  }

  #createKey(): Key {
    return new Key(this, 'Key', {
      description: 'Encrypts alarms about access-log reports',
      enableKeyRotation: true,
      // A message is kept no longer than its delivery takes.
      removalPolicy: RemovalPolicy.DESTROY,
      pendingWindow: Duration.days(7),
    });
  }
}
