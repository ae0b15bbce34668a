import { describe, expect, test } from '@jest/globals';
import { formatOf } from '../../lib/formats/formats.ts';
import { linePattern } from '../../lib/formats/pattern.ts';
import { type Entry, generateEntries, generateLines } from '../../samples/generator/entries.ts';
import type { LogRecord } from '../../samples/generator/record.ts';

const entries = [...generateEntries()];
const requests = entries.flatMap(({ record, day, delivery }) =>
  record && delivery !== 'repeated' ? [{ day, ...record }] : [],
);
const count = (matches: (request: LogRecord & { day: string }) => boolean) => requests.filter(matches).length;

describe('generated lines', () => {
  test.each([1, 999, 20_000])('%i lines were asked for, and come', (lines) => {
    expect([...generateLines({ lines })].length).toBe(lines);
  });

  test('are the same for the same seed, and others for another', () => {
    const lines = [...generateLines({ lines: 2_000 })];
    expect([...generateLines({ lines: 2_000 })].join('\n')).toBe(lines.join('\n'));
    expect([...generateLines({ lines: 2_000, seed: 2 })].join('\n')).not.toBe(lines.join('\n'));
  });

  test('fit the format exactly where they hold a request, with the values of its record', () => {
    const format = formatOf('s3-access');
    const pattern = new RegExp(`^(?:${linePattern(format)})$`);
    const group = (name: string) => format.fields.findIndex((field) => field.name === name) + 1;
    const wrong = entries.filter(({ line, record }: Entry) => {
      const fields = pattern.exec(line);
      if (!fields || !record) return Boolean(fields) !== Boolean(record);
      const agrees = (name: string, value: string | number | null) =>
        (fields[group(name)] ?? '-') === String(value ?? '-');
      return !(
        agrees('requestid', record.request_id) &&
        agrees('key', record.key) &&
        agrees('request_uri', record.request_uri) &&
        agrees('httpstatus', record.status) &&
        agrees('bytessent', record.bytes_sent) &&
        agrees('referrer', record.referrer) &&
        agrees('useragent', record.user_agent) &&
        agrees('versionid', record.version_id)
      );
    });
    expect(wrong.slice(0, 3).map(({ line }) => line)).toEqual([]);
  });

  test('name a request once, unless its object was delivered again', () => {
    const identity = ({ record }: Entry) => `${record?.request_id} ${record?.operation} ${record?.key}`;
    const once = entries.filter(({ record, delivery }) => record && delivery !== 'repeated').map(identity);
    const again = entries.filter(({ delivery }) => delivery === 'repeated').map(identity);
    expect(new Set(once).size).toBe(once.length);
    expect(again.length).toBeGreaterThan(0);
    expect(new Set([...once, ...again]).size).toBe(once.length);
  });

  test('hold nothing that contradicts itself', () => {
    expect(count(({ turnaround_ms, total_ms }) => (turnaround_ms ?? 0) > (total_ms ?? 0))).toBe(0);
    expect(count(({ status, error_code }) => (status ?? 0) >= 400 !== (error_code !== null))).toBe(0);
    expect(
      count(
        ({ operation, bytes_sent, object_size }) =>
          /GET\.OBJECT$/.test(operation) && object_size !== null && (bytes_sent ?? 0) > object_size,
      ),
    ).toBe(0);
    expect(
      count(({ bytes_sent, object_size }) => [bytes_sent, object_size].some((size) => size !== null && !(size >= 0))),
    ).toBe(0);
  });

  test('come from addresses kept for documentation only', () => {
    const documentation = /^(192\.0\.2\.\d+|198\.51\.100\.\d+|203\.0\.113\.\d+|2001:db8:[0-9a-f:]+)$/;
    expect(count(({ client_ip }) => client_ip !== null && !documentation.test(client_ip))).toBe(0);
  });
});

describe('the story', () => {
  const inOctober = ({ day }: { day: string }) => day >= '2026-10-01';
  const daysOf = (matches: (request: LogRecord) => boolean) => [
    ...new Set(requests.filter(matches).map(({ day }) => day)),
  ];

  test('has a livelier October', () => {
    const september = count((request) => !inOctober(request)) / 30;
    expect(count(inOctober) / 31 / september).toBeCloseTo(1.17, 1);
  });

  test('has someone who goes and someone who comes', () => {
    expect(daysOf(({ requester }) => requester?.endsWith('user/backup-legacy') ?? false).at(-1)).toBe('2026-09-27');
    expect(daysOf(({ requester }) => requester?.includes('example-training') ?? false)[0]).toBe('2026-10-05');
  });

  test('has S3 asking to slow down on one day, and a client denied on two', () => {
    expect(daysOf(({ status }) => status === 503)).toEqual(['2026-10-21']);
    expect(daysOf(({ status, client_ip }) => status === 403 && client_ip === '198.51.100.77')).toEqual([
      '2026-10-13',
      '2026-10-14',
    ]);
  });

  test('makes the new image the most downloaded object of October', () => {
    const bytes = new Map<string, number>();
    for (const { key, bytes_sent } of requests.filter(inOctober))
      bytes.set(key ?? '-', (bytes.get(key ?? '-') ?? 0) + (bytes_sent ?? 0));
    const [most] = [...bytes].sort(([, left], [, right]) => right - left);
    expect(most?.[0]).toBe('releases/2026.10/example-studio-2026.10-amd64.iso');
  });
});
