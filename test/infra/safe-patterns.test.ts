import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../lib/config/config.ts';
import { assertSafePatterns } from '../../lib/infra/safe-patterns.ts';

function configOf(pattern: string) {
  const text = `formats: { shop: { title: Shop, patterns: [${JSON.stringify(pattern)}] } }\nsources: { web: { format: shop } }\nreports: { web: {} }\n`;
  return parseConfig(text, '/logtally.yaml', { section_ids: ['overview'] });
}

describe("a pattern of the user's own that AWS would try", () => {
  test.each([
    '(?<time>[^ ]+) (?<message>.*)',
    '(?<time>[^|]+)\\|(?<client_ip>[^|]+)\\|(?<message>.*)',
    '\\[(?<time>[^\\]]+)\\] (?<level>\\w+): (?<message>.*)',
    '(?<client_ip>\\S+) \\S+ (?<requester>\\S+) \\[(?<time>[^\\]]+)\\] "(?<request>[^"]*)" (?<status>\\d{3}) (?<bytes_sent>\\d+|-)(?: "(?<referrer>[^"]*)" "(?<user_agent>[^"]*)")?',
  ])('%s is taken', (pattern) => {
    expect(() => assertSafePatterns(configOf(pattern))).not.toThrow();
  });

  test.each([
    '(?<time>(?:a+)+)b',
    '(?<time>(?:a|aa)+)b',
    '(?<time>.*)(?<message>.*)(?<path>.*)=',
    '(?<time>.*) (?<host>.*) (?<path>.*) (?<method>.*) (?<message>.*)',
    '(?<time>\\d+)-(?<message>(?:[^,]*,){20,30}[^,]*)',
  ])('%s is refused with its place and the way out', (pattern) => {
    expect(() => assertSafePatterns(configOf(pattern))).toThrow(
      /^formats\.shop\.patterns\[0\]: two of its parts can match the same text.*write \.\* at the end only/,
    );
  });
});
