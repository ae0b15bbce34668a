import type { Random } from './random.ts';
import type { LogRecord } from './record.ts';

const HEX = '0123456789abcdef';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * The record with texts that hardly any other has: key, target, address (of the documentation's IPv6 network), user agent,
 * referrer and identifiers. What a reader keeps of texts that it has seen then helps it least.
 */
export function unlikeOthers(record: LogRecord, random: Random): LogRecord {
  const mark = random.text(12, HEX);
  const { key, request_uri, client_ip, referrer, user_agent } = record;
  return {
    ...record,
    key: key && `${key}-${mark}`,
    request_uri: key && request_uri ? request_uri.replace(/^(\S+ [^ ?]+)/, `$1-${mark}`) : request_uri,
    client_ip: client_ip && `2001:db8:${random.text(4, HEX)}:${random.text(4, HEX)}::${random.text(4, HEX)}`,
    referrer: referrer && `${referrer}#${mark}`,
    user_agent: user_agent && `${user_agent} build/${mark}`,
    request_id: random.text(16, HEX).toUpperCase(),
    host_id: `${random.text(75, BASE64)}=`,
  };
}
