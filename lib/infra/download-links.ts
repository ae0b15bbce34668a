import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { FunctionUrlAuthType, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { LinksEnvironment } from '../../lambdas/environment.ts';
import { EDITIONS_PREFIX } from '../model/bucket-prefixes.ts';
import { bundle } from './bundle.ts';
import { NodeFunction } from './node-function.ts';
import { permit, permitDecrypt } from './permission.ts';

export interface DownloadLinksProps {
  results: IBucket;
  encryptionKey?: IKey | undefined;
  log_days: number;
  /** Concurrency that is reserved for links, and the most they can take from the account's; null for no limit. */
  concurrency: number | null;
}

/**
 * Links that outlive a presigned URL, which expires with the credentials that signed it. The report function signs a token
 * with a key that never leaves KMS; this function verifies it and redirects to a URL that works for minutes.
 */
export class DownloadLinks extends Construct {
  readonly function: IFunction;
  readonly url: string;
  readonly key: Key;

  constructor(scope: Construct, id: string, props: DownloadLinksProps) {
    super(scope, id);
    const { results, encryptionKey, log_days, concurrency } = props;
    this.key = new Key(this, 'Key', {
      description: 'Authenticates the links in report mails',
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      // Links do not work without the stack.
      removalPolicy: RemovalPolicy.DESTROY,
      pendingWindow: Duration.days(7),
    });
    const environment: LinksEnvironment = { RESULTS_BUCKET: results.bucketName, LINK_KEY_ID: this.key.keyId };
    const links = new NodeFunction(this, 'Links', {
      description: 'Checks a link from a report mail and redirects to the file',
      code: bundle('download-links'),
      environment,
      timeout: Duration.seconds(10),
      memorySize: 256,
      log_days,
      ...(concurrency !== null && { reservedConcurrentExecutions: concurrency }),
    });
    this.key.grantVerifyMac(links.role);
    permit(links.role, [
      {
        actions: ['s3:GetObject'],
        resources: [results.arnForObjects(`${EDITIONS_PREFIX}*`)],
        wildcard_reason: 'A link may lead to any file of any edition; the token says to which.',
      },
    ]);
    permitDecrypt(links.role, encryptionKey);
    this.function = links.function;
    // Public, because the readers of a mail have no AWS credentials; the token in the link authorizes them.
    this.url = links.function.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url;
  }

  /** Allows a role to sign links. */
  grantSign(grantee: IGrantable): void {
    this.key.grantGenerateMac(grantee);
  }
}
