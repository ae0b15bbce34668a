import { byRank, type Random, weighted } from './random.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';

/** Who asks, from where, and how the connection is made. */
export interface Caller {
  requester: string | null;
  addresses: readonly string[];
  user_agents: readonly string[];
  signature_version: 'SigV2' | 'SigV4' | null;
  auth_type: 'AuthHeader' | 'QueryString' | null;
  tls_version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3' | null;
  tls_cipher: string | null;
  access_point_arn: string | null;
  acl_required: 'Yes' | null;
  /** Region the request came from, when it came from inside AWS. */
  source_region: string | null;
  /** What its network takes: bytes a millisecond. */
  bandwidth: number;
}

const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
];
const CRAWLERS = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  'ExampleMonitor/3.1 (+https://status.example.com/bot) "uptime"',
];
const DOWNLOADERS = ['curl/8.11.1', 'Wget/1.25.0', 'aria2/1.37.0', ...BROWSERS.slice(0, 2)];
const AWS_CLI =
  'aws-cli/2.31.2 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.13.7 exec-env/GitHubActions';
const BOTO3 =
  'Boto3/1.40.30 md/Botocore#1.40.30 ua/2.1 os/linux#6.1.141 md/arch#aarch64 lang/python#3.12.11 exec-env/AWS_Lambda_python3.12';
const JAVA_SDK =
  'aws-sdk-java/2.33.4 md/io#async md/http#AwsCommonRuntime ua/2.1 os/Linux#6.1.141 lang/java#21.0.8 md/vendor#Amazon.com_Inc.';
const JAVASCRIPT_SDK =
  'aws-sdk-js/3.890.0 ua/2.1 os/linux#5.10.240 lang/js md/nodejs#22.19.0 api/s3#3.890.0 exec-env/AWS_ECS_FARGATE';
const CONSOLE = 'S3Console/0.4, aws-internal/3';
const OLD_JAVA_SDK = 'aws-sdk-java/1.3.22 Linux/3.10.0 Java_HotSpot(TM)_64-Bit_Server_VM/20.45-b01';

const CIPHERS = {
  'TLSv1.1': 'ECDHE-RSA-AES128-SHA',
  'TLSv1.2': 'ECDHE-RSA-AES128-GCM-SHA256',
  'TLSv1.3': 'TLS_AES_128_GCM_SHA256',
};

/** The addresses `network`.1 and up, of a network that RFC 5737 keeps for documentation; the first ones are busiest. */
function addresses(network: string, from: number, count: number): string[] {
  return weighted(
    Array.from({ length: count }, (_, host) => `${network}.${from + host}`),
    byRank,
    1024,
  );
}

/** Addresses of the documentation network 2001:db8::/32, RFC 3849. */
function addressesV6(random: Random, count: number): string[] {
  return Array.from(
    { length: count },
    () => `2001:db8:${random.text(3, '123456789abcdef')}::${random.text(2, '123456789abcdef')}`,
  );
}

/** An anonymous caller; `overrides` make it somebody. */
function caller(overrides: Partial<Caller> & Pick<Caller, 'addresses' | 'user_agents'>): Caller {
  const tls = overrides.tls_version === undefined ? 'TLSv1.3' : overrides.tls_version;
  return {
    requester: null,
    signature_version: overrides.requester ? 'SigV4' : null,
    auth_type: overrides.requester ? 'AuthHeader' : null,
    tls_version: tls,
    tls_cipher: tls && CIPHERS[tls],
    access_point_arn: null,
    acl_required: null,
    source_region: null,
    bandwidth: 4_000,
    ...overrides,
  };
}

/** One of the people, or machines, that a caller stands for. */
export function oneOf(caller: Caller, random: Random): Caller {
  return { ...caller, addresses: [random.pick(caller.addresses)], user_agents: [random.pick(caller.user_agents)] };
}

const user = (name: string) => `arn:aws:iam::${ACCOUNT}:user/${name}`;
const role = (name: string, session: string) => `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/${session}`;
const inRegion = { source_region: REGION, bandwidth: 60_000 };

/** Everyone who appears in the sample. */
export function createCallers(random: Random) {
  const people = [...addresses('198.51.100', 100, 140), ...addressesV6(random, 90), ...addressesV6(random, 90)];
  return {
    visitor: caller({ addresses: people, user_agents: weighted(BROWSERS, byRank, 64), tls_version: null }),
    crawler: caller({
      addresses: addresses('192.0.2', 200, 12),
      user_agents: weighted(CRAWLERS, byRank, 64),
      tls_version: null,
    }),
    downloader: caller({ addresses: people, user_agents: DOWNLOADERS }),
    customer: caller({
      requester: role('example-portal', 'portal-backend'),
      addresses: people,
      user_agents: weighted(BROWSERS, byRank, 64),
      auth_type: 'QueryString',
    }),
    cloudfront: caller({
      requester: 'svc:cloudfront.amazonaws.com',
      addresses: addresses('203.0.113', 1, 24),
      user_agents: ['Amazon CloudFront'],
      tls_version: 'TLSv1.2',
      bandwidth: 40_000,
    }),
    deployment: caller({
      requester: role('example-website-deploy', 'GitHubActions'),
      addresses: addresses('192.0.2', 10, 6),
      user_agents: [AWS_CLI],
    }),
    analytics: caller({
      ...inRegion,
      requester: role('example-analytics', 'nightly-aggregation'),
      addresses: addresses('203.0.113', 60, 8),
      user_agents: [JAVA_SDK],
      tls_version: 'TLSv1.2',
    }),
    training: caller({
      requester: role('example-training', 'recommendation-model'),
      addresses: addresses('203.0.113', 90, 4),
      user_agents: [BOTO3],
      access_point_arn: `arn:aws:s3:${REGION}:${ACCOUNT}:accesspoint/training`,
      source_region: 'us-east-1',
      bandwidth: 12_000,
    }),
    backup: caller({
      ...inRegion,
      requester: role('example-backup', 'nightly'),
      addresses: ['203.0.113.120'],
      user_agents: [JAVASCRIPT_SDK],
    }),
    oldBackup: caller({
      requester: user('backup-legacy'),
      addresses: ['192.0.2.33'],
      user_agents: [AWS_CLI],
      tls_version: 'TLSv1.2',
    }),
    oldReports: caller({
      requester: user('reporting-legacy'),
      addresses: ['192.0.2.41', '192.0.2.42'],
      user_agents: [OLD_JAVA_SDK],
      signature_version: 'SigV2',
      tls_version: 'TLSv1.1',
    }),
    partner: caller({
      requester: '4c1f0ed7b2a94d6f8b1e35c7790a2d64e8f3b5a1c6d2970e4b8fa3615d7c9e02',
      addresses: addresses('192.0.2', 70, 3),
      user_agents: [JAVA_SDK],
      tls_version: 'TLSv1.2',
      acl_required: 'Yes',
    }),
    retention: caller({
      ...inRegion,
      requester: role('example-retention', 'cleanup'),
      addresses: ['203.0.113.140'],
      user_agents: [BOTO3],
    }),
    administrator: caller({
      requester: user('administrator'),
      addresses: ['192.0.2.5'],
      user_agents: [CONSOLE],
      source_region: REGION,
    }),
    contractor: caller({ requester: user('contractor'), addresses: ['198.51.100.77'], user_agents: [BOTO3] }),
    scanner: caller({
      addresses: ['198.51.100.13', '198.51.100.14', '203.0.113.66', '2001:db8:bad::1'],
      user_agents: ['-'],
    }),
  };
}
