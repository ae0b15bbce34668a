import { Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import {
  type IApplicationLoadBalancer,
  type INetworkLoadBalancer,
  NetworkLoadBalancer,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ConfigInput } from '../config/config.ts';
import { BucketLogging } from './bucket-logging.ts';
import { CloudFrontLogging } from './cloudfront-logging.ts';
import { LogBucket, refuseCircle } from './log-bucket.ts';

type SourceInput = ConfigInput['sources'][string];

/** A source as `logtally.yaml` would describe it, and the key that encrypts its logs. */
export interface BoundSource {
  config: SourceInput;
  encryptionKey?: IKey | undefined;
}

/** Options of logs that AWS writes. Keys with an underscore mean the same as in `logtally.yaml`. */
export interface AccessLogOptions extends Pick<SourceInput, 'since' | 'remove_original_logs'> {
  /** Bucket that receives the logs. Default: one that Logtally creates. */
  readonly logBucket?: IBucket;
  /** Where the logs are in that bucket; ends in a slash. Default: the source's name and a slash. */
  readonly prefix?: string;
  /**
   * Whether Logtally switches the logs on, with keys that hold the day, and allows AWS to write them to the bucket.
   * Default: only without a `logBucket`.
   */
  readonly enableLogging?: boolean;
}

/** Options of logs in a bucket: `format`, `layout` and the other keys of a source in `logtally.yaml`. */
export interface LogsOptions extends Omit<SourceInput, 'location' | 'folder' | 'kms_keys'> {
  /** Where the logs are in the bucket; ends in a slash. Default: the whole bucket. */
  readonly prefix?: string;
}

/** Logs that reports read. */
export abstract class Source {
  /** Requests to buckets of one Region: S3's server access logs with date-based keys. */
  static s3(buckets: IBucket | readonly IBucket[], options: AccessLogOptions = {}): Source {
    const logged: readonly IBucket[] = [buckets].flat();
    const config = {
      format: 's3-access',
      layout: 'partitioned' as const,
      accounts: distinct(logged.map(({ env }) => env.account)),
      regions: distinct(logged.map(({ env }) => env.region)),
      buckets: logged.map(({ bucketName }) => bucketName),
    };
    return new AccessLogs(config, options, (scope, logBucket, prefix) => {
      new BucketLogging(scope, 'S3', { buckets: logged, logBucket, prefix });
    });
  }

  /** Requests to CloudFront distributions: their standard logs (v2). */
  static cloudfront(distributions: IDistribution | readonly IDistribution[], options: AccessLogOptions = {}): Source {
    const logged: readonly IDistribution[] = [distributions].flat();
    const config = { format: 'cloudfront', layout: 'dated' as const };
    return new AccessLogs(config, options, (scope, logBucket, prefix) => {
      new CloudFrontLogging(scope, 'CloudFront', { distributions: logged, logBucket, prefix });
    });
  }

  /** Requests to a load balancer: its access logs. A network load balancer logs its TLS listeners only. */
  static loadBalancer(
    loadBalancer: IApplicationLoadBalancer | INetworkLoadBalancer,
    options: AccessLogOptions & { readonly format?: 'alb' | 'nlb' } = {},
  ): Source {
    const { format = loadBalancer instanceof NetworkLoadBalancer ? 'nlb' : 'alb', ...rest } = options;
    const { account, region } = loadBalancer.env;
    const config = { format, layout: 'load-balancer' as const, accounts: [account], regions: [region] };
    return new AccessLogs(config, rest, (scope, logBucket, prefix) => {
      if (!isOfThisApp(loadBalancer)) {
        throw new Error(
          `${loadBalancer.node.path} is not created by this app, so its access logs cannot be switched on here; switch ` +
            'them on, and name where they are: Source.loadBalancer(loadBalancer, { logBucket, prefix })',
        );
      }
      refuseCircle(scope, loadBalancer, logBucket);
      loadBalancer.logAccessLogs(logBucket, prefix === '' ? undefined : prefix.slice(0, -1));
    });
  }

  /** Any logs in a bucket. */
  static logs(bucket: IBucket, options: LogsOptions): Source {
    const { prefix = '', ...config } = options;
    return new Logs(bucket, prefix, config);
  }

  /** The source under a name; `Logtally` calls this once. */
  abstract bind(scope: Construct, name: string): BoundSource;
}

/** Switches on the logs of what a source was made for. */
type Enable = (scope: Construct, logBucket: IBucket, prefix: string) => void;

class AccessLogs extends Source {
  readonly #config: SourceInput;
  readonly #options: AccessLogOptions;
  readonly #enable: Enable;

  constructor(config: SourceInput, options: AccessLogOptions, enable: Enable) {
    super();
    this.#config = config;
    this.#options = options;
    this.#enable = enable;
  }

  override bind(scope: Construct, name: string): BoundSource {
    const { logBucket, prefix = `${name}/`, enableLogging = logBucket === undefined, ...config } = this.#options;
    const bucket = logBucket ?? LogBucket.of(scope).bucket;
    if (enableLogging) this.#enable(new Construct(scope, `Logging-${name}`), bucket, prefix);
    return new Logs(bucket, prefix, { ...this.#config, ...config }).bind(scope, name);
  }
}

class Logs extends Source {
  readonly #bucket: IBucket;
  readonly #prefix: string;
  readonly #config: SourceInput;

  constructor(bucket: IBucket, prefix: string, config: SourceInput) {
    super();
    this.#bucket = bucket;
    this.#prefix = prefix;
    this.#config = config;
  }

  override bind(scope: Construct, name: string): BoundSource {
    if (this.#prefix !== '' && !this.#prefix.endsWith('/')) {
      throw new Error(`${Stack.of(scope).node.path}: sources.${name}.prefix must end in a slash: ${this.#prefix}/`);
    }
    const location = `s3://${this.#bucket.bucketName}/${this.#prefix}`;
    return { config: { ...this.#config, location }, encryptionKey: this.#bucket.encryptionKey };
  }
}

/** Load balancers that were looked up or imported have no such method. */
function isOfThisApp(loadBalancer: object): loadBalancer is { logAccessLogs(bucket: IBucket, prefix?: string): void } {
  return 'logAccessLogs' in loadBalancer;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
