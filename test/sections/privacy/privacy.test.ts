import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Privacy } from '../../../lib/model/privacy.ts';
import { REQUEST_COLUMNS } from '../../../lib/model/request-columns.ts';
import { addressKey } from '../../../lib/sections/privacy.ts';
import { renderSection } from '../../../lib/sections/render.ts';
import { MARCH, openRequests, type RequestRow } from '../database.ts';

/** The columns of a request as a report of that privacy shows them. */
async function shown(privacy: Privacy, row: RequestRow, address_key?: string): Promise<Record<string, unknown>> {
  const [found] = await rows(privacy, [row], address_key);
  return found ?? {};
}

async function rows(privacy: Privacy, list: RequestRow[], address_key?: string): Promise<Record<string, unknown>[]> {
  const day = { source: 'site', day: '2026-03-02', time: '2026-03-02 08:00:00' };
  const connection = await openRequests(list.map((row) => ({ ...day, ...row })));
  const section = {
    id: 'all',
    sql: `SELECT ${REQUEST_COLUMNS.map(({ name }) => name).join(', ')}, caller FROM records`,
  };
  const { sql, parameters } = renderSection(section, { ...MARCH, privacy, address_key });
  return (await connection.runAndReadAll(sql, [...parameters])).getRowObjectsJS();
}

describe('truncated addresses', () => {
  const cases: [address: string | null, network: string | null][] = [
    ['192.0.2.17', '192.0.2.0/24'],
    ['::ffff:192.0.2.17', '192.0.2.0/24'],
    ['::FFFF:192.0.2.17', '192.0.2.0/24'],
    ['2001:db8:7:8:9:a:b:c', '2001:db8:7::/48'],
    ['2001:DB8:7::1', '2001:db8:7::/48'],
    ['2001:db8:7:0:1::', '2001:db8:7::/48'],
    ['2001:db8::1', '2001:db8::/48'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8::/48'],
    ['2001::1', '2001::/48'],
    ['::1', '::/48'],
    ['::', '::/48'],
    ['64:ff9b::192.0.2.17', '64:ff9b::/48'],
    ['host.example.com', 'unknown'],
    ['192.0.2.17, 198.51.100.4', 'unknown'],
    ['fe80::1%eth0', 'unknown'],
    ['192.0.2.17:443', 'unknown'],
    ["'; DROP TABLE requests", 'unknown'],
    ['', 'unknown'],
    [null, null],
  ];
  test('are networks, and other values are hidden', async () => {
    const list = cases.map(([client_ip], index) => ({ client_ip, request_id: String(index) }));
    const found = await rows({ client_ip: 'truncate', query: 'keep' }, list);
    const networks = new Map(found.map(({ request_id, client_ip }) => [request_id, client_ip]));
    expect(cases.map(([address], index) => [address, networks.get(String(index))])).toEqual(cases);
  });

  test('do not change the caller of a request', async () => {
    const privacy: Privacy = { client_ip: 'truncate', query: 'scrub' };
    expect((await shown(privacy, { client_ip: '192.0.2.1' })).caller).toBe('anonymous');
    expect((await shown(privacy, { client_ip: null })).caller).toBeNull();
  });
});

describe('hashed addresses', () => {
  const secret = 'a secret of some length';
  const key = addressKey(secret, 'weekly', 'the environment variable LOGTALLY_SALT');

  test('are the first digits of a hash of key and address', async () => {
    const { client_ip } = await shown({ client_ip: 'hash', query: 'keep' }, { client_ip: '192.0.2.17' }, key);
    const digest = createHash('sha256').update(`${key}192.0.2.17`).digest('hex');
    expect(client_ip).toBe(`ip-${digest.slice(0, 16)}`);
    expect((await shown({ client_ip: 'hash', query: 'keep' }, { client_ip: null }, key)).client_ip).toBeNull();
  });

  test('have one key per report, which does not contain the secret', () => {
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(addressKey(secret, 'monthly', '')).not.toBe(key);
    expect(addressKey(`${secret}!`, 'weekly', '')).not.toBe(key);
    expect(addressKey(secret, 'weekly', '')).toBe(key);
  });

  test.each([undefined, '', 'short'])('need a secret: %j is refused with the name of its setting', (weak) => {
    expect(() => addressKey(weak, 'weekly', 'the environment variable LOGTALLY_SALT')).toThrow(
      /reports\.weekly\.privacy.*at least 16 characters into the environment variable LOGTALLY_SALT/,
    );
  });

  test.each([undefined, '', "' || (SELECT 1) || '"])('are never made without a key: %j', async (odd) => {
    await expect(shown({ client_ip: 'hash', query: 'keep' }, { client_ip: '192.0.2.17' }, odd)).rejects.toThrow(
      '64 hexadecimal digits',
    );
  });
});

describe('text that repeats protected values', () => {
  const SECRETS = 'X-Amz-Signature=5f0c2ab1&X-Amz-Credential=AKIAEXAMPLE%2F20261001&X-Amz-Security-Token=FwoGZXIvYXdz';

  test('loses the address', async () => {
    const row = {
      client_ip: '192.0.2.17',
      user_agent: 'probe (192.0.2.17)',
      path: 'logs/192.0.2.17.txt',
      extra: '{"x-forwarded-for":"192.0.2.17, 198.51.100.4, 2001:db8::5"}',
      message: 'from 203.0.113.9 and 2001:db8:1:2:3:4:5:6',
      referrer: 'https://www.example.com/?from=192.0.2.17',
      requester: '192.0.2.17',
    };
    for (const client_ip of ['truncate', 'hash'] as const) {
      const found = await shown({ client_ip, query: 'keep' }, row, 'a'.repeat(64));
      expect(JSON.stringify(Object.values(found).map(String))).not.toMatch(/192\.0\.2\.17|198\.51|203\.0|2001:db8/);
      expect(found.user_agent).toBe('probe ([address])');
    }
    expect(await shown({ client_ip: 'keep', query: 'scrub' }, row)).toMatchObject({ user_agent: 'probe (192.0.2.17)' });
  });

  test.each([
    ['jndi:ldap://203.0.113.66/a', 'jndi:ldap:[address]/a'],
    ['probe 203.0.113.66 from 2001:db8::9', 'probe[address] from [address]'],
    ['203.0.113.66', '[address]'],
    ['Mozilla/5.0 Chrome/130.0.0.0 Safari/537.36', 'Mozilla/5.0 Chrome/130.0.0.0 Safari/537.36'],
    ['aws-sdk-java/2.29.1 os/Linux#6.1.0', 'aws-sdk-java/2.29.1 os/Linux#6.1.0'],
  ])("a header loses other clients' addresses, and no version: %s", async (user_agent, expected) => {
    const row = { client_ip: '192.0.2.17', user_agent };
    expect(await shown({ client_ip: 'truncate', query: 'keep' }, row)).toMatchObject({ user_agent: expected });
  });

  test('loses query strings and signatures', async () => {
    const row = {
      client_ip: '192.0.2.17',
      query: `prefix=private&${SECRETS}`,
      path: `report #2.pdf?email=maria@example.com&${SECRETS}`,
      referrer: `https://maria:hunter2@www.example.com/a#b?${SECRETS}`,
      user_agent: `curl AWSAccessKeyId=AKIAEXAMPLE&Signature=5f0c2ab1 token=FwoGZXIvYXdz`,
      extra: `{"uri":"/a?${SECRETS}"}`,
      message: `GET /a?x-amz-signature%3D5f0c2ab1 password=hunter2`,
    };
    const found = await shown({ client_ip: 'keep', query: 'scrub' }, row);
    expect(found).toMatchObject({
      query: null,
      path: 'report #2.pdf',
      referrer: 'https://www.example.com/a',
      user_agent: 'curl [scrubbed]&[scrubbed] [scrubbed]',
    });
    expect(JSON.stringify(Object.values(found).map(String))).not.toMatch(/5f0c2ab1|AKIAEXAMPLE|FwoGZX|hunter2|maria/);
  });

  test('is otherwise unchanged', async () => {
    const row = {
      client_ip: '192.0.2.17',
      path: 'a/b c=d.txt',
      user_agent: 'Mozilla/5.0 Chrome/130.0.0.0',
      host: 'photos',
    };
    expect(await shown({ client_ip: 'truncate', query: 'scrub' }, row)).toMatchObject({
      ...row,
      client_ip: '192.0.2.0/24',
    });
  });
});
