import { isIP } from 'node:net';
import * as z from 'zod';
import { quote } from './explain.ts';
import { list, text, title } from './values.ts';

/** An IPv4 or IPv6 address, or a network as address and length. */
const network = z.string().refine(isNetwork, {
  error: ({ input }) => `${quote(input)} is no address or network; write it like 192.0.2.0/24 or 2001:db8::/32`,
});

const partsSchema = z
  .strictObject({
    requesters: list(text(/[^*]/, 'a requester; write an ARN or a canonical id, with * for any text'))
      .default([])
      .describe('ARNs of roles and users, and canonical ids; * stands for any text. A role stands for its sessions.'),
    accounts: list(text(/^\d{12}$/, 'an AWS account; write its 12 digits in quotes'))
      .default([])
      .describe('Account ids: whoever of the account asks.'),
    addresses: list(network).default([]).describe('Addresses and networks (CIDR), IPv4 and IPv6.'),
    prefixes: list(text(/^[^/]+\/(.*\/)?$/, 'a key prefix; write bucket/folder/ with a slash at the end'))
      .default([])
      .describe('Key prefixes, bucket/folder/ or bucket/: whose data it is, when nothing says who asks.'),
  })
  .refine((parts) => Object.values(parts).some((part) => part.length > 0), {
    error: 'stands for nothing; give requesters, accounts, addresses or prefixes',
  });

export const namesSchema = z
  .record(title, partsSchema)
  .default({})
  .describe('Who is who: names of teams or customers, and what stands for them in the logs.');

export const privacySchema = z
  .strictObject({
    client_ip: z
      .enum(['keep', 'truncate', 'hash'])
      .default('keep')
      .describe(
        'Addresses of clients: keep (default), truncate to their network (/24, /48 for IPv6), or hash with a secret.',
      ),
    query: z
      .enum(['keep', 'scrub'])
      .default('keep')
      .describe('Query strings and what signs a request: keep (default) or scrub.'),
    salt_env: text(/^[A-Z_][A-Z0-9_]*$/, 'the name of an environment variable; write it in capitals')
      .default('LOGTALLY_SALT')
      .describe('With hash: environment variable that holds the secret on this machine. Default LOGTALLY_SALT.'),
    salt_parameter: text(/^\/[\w.-]+(\/[\w.-]+)*$/, 'the name of an SSM parameter; write it like /logtally/salt')
      .optional()
      .describe('With hash: SSM parameter (SecureString) that holds the secret in AWS. Needed there.'),
  })
  .prefault({})
  .describe('What the report shows of the people behind requests: page, mail, CSV and Parquet alike.');

function isNetwork(value: string): boolean {
  const [address = '', bits, ...more] = value.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (longest < 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest);
}
