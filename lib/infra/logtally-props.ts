import { Names } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IEmailIdentity } from 'aws-cdk-lib/aws-ses';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type Config, type ConfigInput, checkConfig } from '../config/config.ts';
import { fillPlaceholders, type PlaceholderValues } from '../config/placeholders.ts';
import { loadSections } from '../sections/catalogue.ts';
import { withPlaceholders } from './placeholders.ts';
import type { Source } from './source.ts';

type MailInput = NonNullable<ConfigInput['mail']>;
type StackInput = NonNullable<ConfigInput['stack']>;

/** Resources of the app that Logtally uses instead of creating its own. */
export interface ExistingResources {
  /**
   * Bucket of the lake and the editions, used for nothing else. Default: a private one that outlives the stack. A bucket of
   * this app gets the lifecycle rules; its encryption and its policy stay yours.
   */
  readonly resultsBucket?: IBucket | undefined;
  /** Receives alarms and returned mail. It has to let CloudWatch and SES publish. Default: an encrypted one. */
  readonly alarmTopic?: ITopic | undefined;
  /** Verified address or domain of the sender. Default: `mail.from` is verified. */
  readonly mailIdentity?: IEmailIdentity | undefined;
  /** Encrypts the results bucket and the alarm topic. Default: S3's own keys, and a key for the topic. */
  readonly encryptionKey?: IKey | undefined;
}

/**
 * Logtally described in an app. Keys in lower case with underscores, here and within `reports`, `mail` and the others, mean
 * the same as in `logtally.yaml`.
 */
export interface LogtallyProps
  extends ExistingResources,
    Omit<ConfigInput, 'sources' | 'reports' | 'mail' | 'stack' | 'lake' | 'out'>,
    Omit<StackInput, 'account' | 'region' | 'tags' | 'termination_protection' | 'encryption_key'> {
  /** Logs to read, by name. */
  readonly sources: Readonly<Record<string, Source>>;
  /** Reports to write, by name. Default: one over all sources, called `monthly`. */
  readonly reports?: ConfigInput['reports'];
  /** Recipients of every report that lists none. Needs `mail`. */
  readonly recipients?: string[];
  /** Sender of reports. Default: no mail. */
  readonly mail?: Omit<MailInput, 'recipients' | 'identity'>;
}

/** Logtally as a configuration file describes it, for the command line and the app alike. */
export interface LogtallyConfigProps extends ExistingResources {
  /** What `loadConfig` returned. */
  readonly config: Config;
}

/** A config as the stack and its functions need it. */
export interface DeployedConfig {
  /** With the CDK's tokens where only the deployment knows the text. */
  config: Config;
  /** With a placeholder for each token. */
  asset: Config;
  /** The token of each placeholder. */
  tokens: PlaceholderValues;
  /** The keys of log buckets that the app knows, by source. */
  logKeys: Readonly<Record<string, IKey>>;
}

/** Checks what an app describes. A ConfigError names the construct and every key that is wrong. */
export function deployedConfig(scope: Construct, props: LogtallyProps | LogtallyConfigProps): DeployedConfig {
  if ('config' in props) return { config: props.config, asset: props.config, tokens: {}, logKeys: {} };
  const bound = Object.entries(props.sources).map(([name, source]) => ({ name, ...source.bind(scope, name) }));
  const { sources, tokens } = withPlaceholders(Object.fromEntries(bound.map(({ name, config }) => [name, config])));
  const asset = checkConfig(configInput(scope, props, sources), scope.node.path, { section_ids: sectionIds() });
  const logKeys = bound.flatMap(({ name, encryptionKey }) => (encryptionKey ? [[name, encryptionKey] as const] : []));
  return { config: fillPlaceholders(asset, tokens), asset, tokens, logKeys: Object.fromEntries(logKeys) };
}

/** Every section that there is. */
export function sectionIds(): string[] {
  return loadSections().map(({ id }) => id);
}

/** The description in the shape of `logtally.yaml`. Unknown keys are kept, so that the check refuses them. */
function configInput(scope: Construct, props: LogtallyProps, sources: ConfigInput['sources']): ConfigInput {
  const {
    resultsBucket: _bucket,
    alarmTopic: _topic,
    mailIdentity,
    encryptionKey: _key,
    recipients,
    ...described
  } = props;
  const { reports = { monthly: {} }, mail, ...rest } = described;
  const { name = Names.uniqueResourceName(scope, { maxLength: 50 }), ...others } = rest;
  const { database, results_days, lake_days, log_days, alarm_email, links_concurrency, first_report, ...config } =
    others;
  const identity = mailIdentity ? 'existing' : 'create';
  return {
    ...config,
    sources,
    reports,
    ...((mail || recipients) && { mail: { ...(mail as MailInput), identity, recipients: recipients ?? [] } }),
    stack: { name, database, results_days, lake_days, log_days, alarm_email, links_concurrency, first_report },
  };
}
