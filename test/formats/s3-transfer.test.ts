import { expect, test } from '@jest/globals';
import { formatOf } from '../../lib/formats/formats.ts';
import { mapLines } from '../parser/mapped-lines.ts';

const S3 = formatOf('s3-access');
const OWN_BUCKET = 'example-website.s3.eu-central-1.amazonaws.com';

interface Call {
  client_ip?: string;
  requester?: string;
  user_agent?: string;
  /** The host that was called; a line of 2012 has none. */
  endpoint?: string | undefined;
  /** The 27th field; a line of before 2026 has none. */
  source_region?: string | undefined;
}

function lineOf(call: Call): string {
  const { client_ip = '198.51.100.7', requester = '-', user_agent = 'curl/8.11.1' } = call;
  const { endpoint, source_region } = { endpoint: OWN_BUCKET, source_region: '-', ...call };
  const start = `OWNER example-website [06/Oct/2026:10:00:00 +0000] ${client_ip} ${requester} REQUEST1 REST.GET.OBJECT a.txt "GET /a.txt HTTP/1.1" 200 - 10 10 7 6 "-" "${user_agent}" -`;
  if (endpoint === undefined) return start;
  const later = `${start} HOST= SigV4 TLS_AES_128_GCM_SHA256 AuthHeader ${endpoint} TLSv1.3 - -`;
  return source_region === undefined ? later : `${later} ${source_region}`;
}

function mapped(call: Call): unknown[] {
  const [{ bucket_region = null, transfer_destination = null, line = null } = {}] = mapLines(S3, [lineOf(call)]);
  return [bucket_region, transfer_destination, line];
}

test.each([
  ['example-website.s3.eu-central-1.amazonaws.com', 'eu-central-1'],
  ['my.dotted.bucket.s3.ap-southeast-2.amazonaws.com', 'ap-southeast-2'],
  ['s3.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
  ['example-website.s3.dualstack.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['example-website.s3-eu-west-1.amazonaws.com', 'eu-west-1'],
  ['example-website.s3-website-us-east-1.amazonaws.com', 'us-east-1'],
  ['example-website.s3-website.eu-central-1.amazonaws.com', 'eu-central-1'],
  ['example-website.bucket.vpce-0a1b2c3d-4e5f.s3.us-east-1.vpce.amazonaws.com', 'us-east-1'],
  ['example-website.s3.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
  ['example-website.s3.amazonaws.com', null],
  ['example-website.s3-accelerate.amazonaws.com', null],
  ['downloads.example.com', null],
  ['eu-central-1.example.com', null],
  ['-', null],
  [undefined, null],
])('the host %s is in the Region %s', (endpoint, region) => {
  expect(mapped({ endpoint })[0]).toBe(region);
});

test.each<[string, Call, string | null]>([
  ['a visitor of the internet', {}, 'internet'],
  ['CloudFront with access control', { requester: 'svc:cloudfront.amazonaws.com' }, 'cloudfront'],
  ['CloudFront before a public bucket', { user_agent: 'Amazon CloudFront' }, 'cloudfront'],
  ['a machine of the same Region', { source_region: 'eu-central-1' }, 'same_region'],
  ['a machine of another Region', { source_region: 'us-east-1' }, 'other_region'],
  ['a gateway endpoint', { client_ip: '10.0.12.34' }, 'vpc_endpoint'],
  ['a gateway endpoint of a carrier-grade network', { client_ip: '100.64.0.9' }, 'vpc_endpoint'],
  ['a gateway endpoint with IPv6', { client_ip: 'fd00:0:0:1::9' }, 'vpc_endpoint'],
  [
    'an interface endpoint',
    { endpoint: 'b.bucket.vpce-0a1b.s3.eu-central-1.vpce.amazonaws.com', client_ip: '203.0.113.4' },
    'vpc_endpoint',
  ],
  ['an address that only looks private', { client_ip: '100.128.0.9' }, 'internet'],
  ['a Region, and a host that names none', { source_region: 'us-east-1', endpoint: 'b.s3.amazonaws.com' }, null],
  ['a line without the source Region', { source_region: undefined }, null],
  ['a line of 17 fields', { endpoint: undefined }, null],
  ['work of S3 itself', { client_ip: '-' }, null],
])('%s: where the bytes went', (_case, call, destination) => {
  expect(mapped(call).slice(1)).toEqual([destination, null]);
});
