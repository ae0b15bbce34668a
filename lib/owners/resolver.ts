import { BlockList, isIP } from 'node:net';

/** What stands for a team or a customer in the logs. */
export interface NamedParts {
  /** ARNs and canonical ids; `*` stands for any text. A role's ARN stands for its sessions too. */
  requesters: string[];
  /** Account ids, 12 digits: whoever of the account asks. */
  accounts: string[];
  /** IPv4 and IPv6 addresses and networks (CIDR). */
  addresses: string[];
  /** `bucket/folder/`, or `bucket/` for all of it. */
  prefixes: string[];
}

/** Names of teams or customers, each with what stands for it. */
export type Names = Record<string, NamedParts>;

/** Who a value belongs to; of several patterns that fit, the most specific one says it. */
export interface Resolver {
  requester(requester: string): string | undefined;
  /** An address, or a network of which a configured one holds all. */
  address(address: string): string | undefined;
  /** `bucket/folder/`. */
  folder(folder: string): string | undefined;
}

interface Network {
  name: string;
  family: 'ipv4' | 'ipv6';
  bits: number;
  list: BlockList;
}

const ROLE = /^arn:([^:]*):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;
const ACCOUNT = /^arn:[^:]*:(?:iam|sts)::(\d{12}):/;

export function nameResolver(names: Names): Resolver {
  const entries = Object.entries(names);
  const requesters = entries
    .flatMap(([name, parts]) => parts.requesters.flatMap(withSessions).map((pattern) => ({ name, pattern })))
    .sort((a, b) => specificity(b.pattern) - specificity(a.pattern));
  const accounts = new Map(
    entries.flatMap(([name, parts]) => parts.accounts.map((account) => [account, name] as const)),
  );
  const networks = entries
    .flatMap(([name, parts]) => parts.addresses.map((address) => networkOf(name, address)))
    .sort((a, b) => b.bits - a.bits);
  const prefixes = entries
    .flatMap(([name, parts]) => parts.prefixes.map((prefix) => ({ name, prefix })))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return {
    requester(requester) {
      const named = requesters.find(({ pattern }) => fits(pattern, requester))?.name;
      return named ?? accounts.get(requester.match(ACCOUNT)?.[1] ?? '');
    },
    address(address) {
      const [start = '', length] = address.replace(/^::ffff:(?=[\d.]+$)/i, '').split('/');
      const family = isIP(start) === 4 ? 'ipv4' : 'ipv6';
      if (isIP(start) === 0) return undefined;
      const holds = (network: Network) =>
        network.family === family &&
        network.list.check(start, family) &&
        (length === undefined || network.bits <= Number(length));
      return networks.find(holds)?.name;
    },
    folder: (folder) => prefixes.find(({ prefix }) => folder.startsWith(prefix))?.name,
  };
}

/** A role acts through sessions, which the log names `assumed-role/<role>/<session>`. */
function withSessions(pattern: string): string[] {
  const [, partition, account, role] = pattern.match(ROLE) ?? [];
  return role === undefined ? [pattern] : [pattern, `arn:${partition}:sts::${account}:assumed-role/${role}/*`];
}

function networkOf(name: string, address: string): Network {
  const [start = '', length] = address.split('/');
  const family = isIP(start) === 4 ? 'ipv4' : 'ipv6';
  const bits = length === undefined ? (family === 'ipv4' ? 32 : 128) : Number(length);
  const list = new BlockList();
  list.addSubnet(start, bits, family);
  return { name, family, bits, list };
}

/** An exact name is more specific than any pattern, and a pattern the more so the more it spells out. */
function specificity(pattern: string): number {
  return pattern.includes('*') ? pattern.replaceAll('*', '').length : Number.POSITIVE_INFINITY;
}

/** True when a text fits a pattern whose `*` stands for any text. Takes the first place for each part, so it never backtracks. */
function fits(pattern: string, text: string): boolean {
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
