import { createHmac } from 'node:crypto';
import type { Privacy } from '../model/privacy.ts';
import { REQUEST_COLUMNS } from '../model/request-columns.ts';
import { readSql } from '../sql/sql-files.ts';

/** A hash of addresses needs a secret, else all four thousand million of them are soon tried out. */
const LEAST_SECRET_CHARACTERS = 16;

/**
 * Text columns whose values the logged service itself chooses from a closed list, or makes up. All other text is what a
 * client or an administrator wrote, and is protected, a column that joins `requests` later included.
 */
const SAFE_COLUMNS: ReadonlySet<string> = new Set([
  ...['host', 'request_id', 'operation', 'method', 'protocol', 'error_code', 'cache_status', 'edge_location', 'region'],
  ...['bucket_region', 'transfer_destination'],
  ...['tls_version', 'tls_cipher', 'auth_type', 'signature_version', 'acl_required', 'level', 'application'],
  ...['log_object', 'record_kind', 'download'],
]);
/** Columns that may tell of other addresses than the client's, and what takes them out. */
const ADDRESSES_WITHIN: ReadonlyMap<string, string> = new Map([
  ['message', 'text-addresses'],
  ['extra', 'text-addresses'],
  ['user_agent', 'header-addresses'],
  ['referrer', 'header-addresses'],
]);

/** True when a report shows anything less than the logs hold. */
export function protects({ client_ip, query }: Privacy): boolean {
  return client_ip !== 'keep' || query !== 'keep';
}

/**
 * The key that a report's addresses are hashed with, 64 hexadecimal digits. It is made from the secret and the report's
 * name: queries, which an engine keeps a history of, hold the key and never the secret, and two reports cannot be
 * matched. Throws when the secret is missing or too short.
 */
export function addressKey(secret: string | undefined, report: string, where: string): string {
  if (secret === undefined || secret.length < LEAST_SECRET_CHARACTERS) {
    throw new Error(
      `reports.${report}.privacy hashes addresses: put a random text of at least ${LEAST_SECRET_CHARACTERS} characters into ${where}`,
    );
  }
  return createHmac('sha256', secret).update(`logtally client_ip ${report}`).digest('hex');
}

/** The columns of the lake's `requests` as a report may see them, as a list for SELECT in the order of the table. */
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
