import { createHmac } from 'node:crypto';
import type { Privacy } from '../model/privacy.ts';
import { REQUEST_COLUMNS } from '../model/request-columns.ts';
import { readSql } from '../sql/sql-files.ts';

/** Hashes of addresses need a secret: without one, all 2^32 IPv4 addresses are quickly tried. */
const LEAST_SECRET_CHARACTERS = 16;

/**
 * Text columns whose values the logged service chooses from a closed list or generates. All other text comes from a client
 * or an administrator and is protected, including columns that are added to `requests` later.
 */
const SAFE_COLUMNS: ReadonlySet<string> = new Set([
  ...['host', 'request_id', 'operation', 'method', 'protocol', 'error_code', 'cache_status', 'edge_location', 'region'],
  ...['bucket_region', 'transfer_destination'],
  ...['tls_version', 'tls_cipher', 'auth_type', 'signature_version', 'acl_required', 'level', 'application'],
  ...['log_object', 'record_kind', 'download'],
]);
/** Columns that may contain addresses of others than the client, and the expression that removes them. */
const ADDRESSES_WITHIN: ReadonlyMap<string, string> = new Map([
  ['message', 'text-addresses'],
  ['extra', 'text-addresses'],
  ['user_agent', 'header-addresses'],
  ['referrer', 'header-addresses'],
]);

/** True if a report hides anything that is in the logs. */
export function protects({ client_ip, query }: Privacy): boolean {
  return client_ip !== 'keep' || query !== 'keep';
}

/**
 * The key with which a report's addresses are hashed, 64 hexadecimal digits, derived from the secret and the report's name.
 * Engines keep a history of queries: these contain the key but never the secret. Hashes of two reports cannot be matched.
 * Throws if the secret is missing or too short.
 */
export function addressKey(secret: string | undefined, report: string, where: string): string {
  if (secret === undefined || secret.length < LEAST_SECRET_CHARACTERS) {
    throw new Error(
      `reports.${report}.privacy hashes addresses: put a random text of at least ${LEAST_SECRET_CHARACTERS} characters into ${where}`,
    );
  }
  return createHmac('sha256', secret).update(`logtally client_ip ${report}`).digest('hex');
}

/** The columns of the lake's `requests` as a report may show them: a list for SELECT, in the order of the table. */
export function protectedColumns(privacy: Privacy, address_key: string | undefined): string[] {
  return REQUEST_COLUMNS.map(({ name, type }) => {
    const expression = type === 'varchar' && !SAFE_COLUMNS.has(name) ? protectedText(name, privacy, address_key) : name;
    return expression === name ? name : `${expression} AS ${name}`;
  });
}

function protectedText(name: string, { client_ip, query }: Privacy, address_key: string | undefined): string {
  if (name === 'client_ip') return clientIp(client_ip, address_key);
  if (name === 'query' && query === 'scrub') return 'CAST(NULL AS varchar)';
  const within = ADDRESSES_WITHIN.get(name);
  const scrubs = [
    ...(query === 'scrub' && name === 'path' ? ['path-scrub'] : []),
    ...(query === 'scrub' && name === 'referrer' ? ['referrer-scrub'] : []),
    ...(query === 'scrub' ? ['text-credentials'] : []),
    ...(client_ip === 'keep' ? [] : ['text-address']),
    ...(client_ip !== 'keep' && within ? [within] : []),
  ];
  return scrubs.reduce((text, scrub) => expressionOf(scrub).replaceAll('{{text}}', () => text), name);
}

function clientIp(mode: Privacy['client_ip'], address_key: string | undefined): string {
  if (mode === 'keep') return 'client_ip';
  if (mode === 'truncate') return expressionOf('client-ip-truncate');
  if (!/^[0-9a-f]{64}$/.test(address_key ?? ''))
    throw new Error('addresses are hashed with a key of 64 hexadecimal digits');
  return expressionOf('client-ip-hash').replace('{{address_key}}', () => address_key ?? '');
}

/** An expression of sql/privacy/, without the comment before it. */
function expressionOf(name: string): string {
  return readSql(`privacy/${name}.sql`)
    .replace(/^\/\*.*?\*\/\n/s, '')
    .trim();
}
