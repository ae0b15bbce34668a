import { isIP } from 'node:net';
import * as z from 'zod';
import { quote } from './explain.ts';
import { account, list, text, title } from './values.ts';

/** An IPv4 or IPv6 address, or a network as address and length. */
const network = z.string().refine(isNetwork, {
  error: ({ input }) => `${quote(input)} is not an address or network; write it like 192.0.2.0/24 or 2001:db8::/32`,
});

const ownedSchema = z
  .strictObject({
    requesters: list(text(/[^*]/, 'a requester; write an ARN or a canonical id, with * for any text'))
      .default([])
      .describe('ARNs of roles and users, and canonical ids; * matches any text. A role includes its sessions.'),
    accounts: list(account).default([]).describe('Account ids: every requester of the account.'),
    addresses: list(network).default([]).describe('Addresses and networks (CIDR) of clients, IPv4 and IPv6.'),
    prefixes: list(text(/^[^/]+\/(.*\/)?$/, 'a key prefix; write bucket/folder/ with a slash at the end'))
      .default([])
      .describe(
        'Key prefixes, bucket/folder/ or bucket/: who owns the data, if neither requester nor address has an owner.',
      ),
  })
  .refine((owned) => Object.values(owned).some((part) => part.length > 0), {
    error: 'owns nothing; give requesters, accounts, addresses or prefixes',
  });

export const ownersSchema = z
  .record(title, ownedSchema)
  .default({})
  .describe('Owners: teams or customers by name, and the requesters, addresses and folders that belong to them.');

function isNetwork(value: string): boolean {
  const [address = '', bits, ...more] = value.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (longest < 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest);
}
