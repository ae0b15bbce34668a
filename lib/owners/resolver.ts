import { BlockList, isIP } from 'node:net';

/** What a team or a customer owns: a request from or for any of these is attributed to it. */
export interface Owned {
  /** ARNs and canonical ids; `*` matches any text. The ARN of a role matches its sessions too. */
  requesters: string[];
  /** Account ids of 12 digits: every requester of the account. */
  accounts: string[];
  /** IPv4 and IPv6 addresses and networks (CIDR). */
  addresses: string[];
  /** `bucket/folder/`, or `bucket/` for all of it. */
  prefixes: string[];
}

/** Owners (teams or customers) by name. */
export type Owners = Record<string, Owned>;

/** Finds the owner of a value. If several patterns match, the most specific one decides. */
export interface OwnerResolver {
  requester(requester: string): string | undefined;
  /** An address, or a network that a configured one contains. */
  address(address: string): string | undefined;
  /** `bucket/folder/`. */
  folder(folder: string): string | undefined;
}

interface Network {
  owner: string;
  family: 'ipv4' | 'ipv6';
  bits: number;
  list: BlockList;
}

const ROLE = /^arn:([^:]*):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;
const ACCOUNT = /^arn:[^:]*:(?:iam|sts)::(\d{12}):/;

export function ownerResolver(owners: Owners): OwnerResolver {
  const entries = Object.entries(owners);
  const requesters = entries
    .flatMap(([owner, owned]) => owned.requesters.flatMap(withSessions).map((pattern) => ({ owner, pattern })))
    .sort((a, b) => specificity(b.pattern) - specificity(a.pattern));
  const accounts = new Map(
    entries.flatMap(([owner, owned]) => owned.accounts.map((account) => [account, owner] as const)),
  );
  const networks = entries
    .flatMap(([owner, owned]) => owned.addresses.map((address) => networkOf(owner, address)))
    .sort((a, b) => b.bits - a.bits);
  const prefixes = entries
    .flatMap(([owner, owned]) => owned.prefixes.map((prefix) => ({ owner, prefix })))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return {
    requester(requester) {
      const owner = requesters.find(({ pattern }) => matches(pattern, requester))?.owner;
      return owner ?? accounts.get(requester.match(ACCOUNT)?.[1] ?? '');
    },
    address(address) {
      const [start = '', length] = address.replace(/^::ffff:(?=[\d.]+$)/i, '').split('/');
      const family = isIP(start) === 4 ? 'ipv4' : 'ipv6';
      if (isIP(start) === 0) return undefined;
      const contains = (network: Network) =>
        network.family === family &&
        network.list.check(start, family) &&
        (length === undefined || network.bits <= Number(length));
      return networks.find(contains)?.owner;
    },
    folder: (folder) => prefixes.find(({ prefix }) => folder.startsWith(prefix))?.owner,
  };
}

/** A role acts through sessions, which appear in the log as `assumed-role/<role>/<session>`. */
function withSessions(pattern: string): string[] {
  const [, partition, account, role] = pattern.match(ROLE) ?? [];
  return role === undefined ? [pattern] : [pattern, `arn:${partition}:sts::${account}:assumed-role/${role}/*`];
}

function networkOf(owner: string, address: string): Network {
  const [start = '', length] = address.split('/');
  const family = isIP(start) === 4 ? 'ipv4' : 'ipv6';
  const bits = length === undefined ? (family === 'ipv4' ? 32 : 128) : Number(length);
  const list = new BlockList();
  list.addSubnet(start, bits, family);
  return { owner, family, bits, list };
}

/** An exact value is more specific than any pattern; a pattern with more literal characters is more specific than others. */
function specificity(pattern: string): number {
  return pattern.includes('*') ? pattern.replaceAll('*', '').length : Number.POSITIVE_INFINITY;
}

/** True if a text matches a pattern whose `*` matches any text. Takes the first match of each part, so it never backtracks. */
function matches(pattern: string, text: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return text === pattern;
  if (!text.startsWith(start) || !text.endsWith(end) || text.length < start.length + end.length) return false;
  let at = start.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - end.length;
}
