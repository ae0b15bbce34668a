import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import Bowser from 'bowser';
import { isbot } from 'isbot';
import type { Section } from '../../lib/sections/section.ts';
import { answer, openRequests } from './database.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const APPLE = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

/** Browsers and robots of every rule that logs are full of, and texts around which isbot looks. */
const AGENTS: readonly string[] = [
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36`,
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.2849.80`,
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0`,
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36 Vivaldi/7.0`,
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0',
  'Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko',
  'Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.1; Tablet PC 2.0)',
  `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${APPLE} Version/18.1 Safari/605.1.15`,
  `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${APPLE} FxiOS/132.0 Safari/605.1.15`,
  `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${APPLE} Version/18.0 Safari/605.1.15 Ddg/18.0`,
  'Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0',
  `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36`,
  `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Ubuntu Chromium/80.0 Chrome/80.0 Safari/537.36`,
  `Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) ${APPLE} Version/18.1 Mobile/15E148 Safari/604.1`,
  `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${APPLE} CriOS/130.0 Mobile/15E148 Safari/604.1`,
  `Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) ${APPLE} Version/16.6 Mobile/15E148 Safari/604.1`,
  `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${WEBKIT} Chrome/130.0.0.0 Mobile Safari/537.36`,
  `Mozilla/5.0 (Linux; Android 13; SM-X700) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36`,
  `Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S921B) ${WEBKIT} SamsungBrowser/26.0 Chrome/122.0 Mobile Safari/537.36`,
  'Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0',
  `Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0) ${WEBKIT} SamsungBrowser/5.2 Chrome/94.0 TV Safari/537.36`,
  `Mozilla/5.0 (PlayStation 4 10.50) ${APPLE}`,
  'Roku/DVP-9.10 (519.10E04111A)',
  'Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1; Microsoft; Lumia 950) Mobile Safari/537.36',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  `Mozilla/5.0 ${WEBKIT}; compatible; GPTBot/1.2; +https://openai.com/gptbot`,
  'Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)',
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'curl/8.7.1',
  'python-requests/2.32.3',
  'Go-http-client/1.1',
  'Wget/1.21.4',
  'aws-cli/2.17',
  `Mozilla/5.0 (Linux; Android 12; CUBOT X30) ${WEBKIT} Chrome/130.0.0.0 Mobile Safari/537.36`,
  `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${APPLE} GSA/340.3 Mobile/15E148 Safari/604.1`,
  `Mozilla/5.0 (Linux; Android 14) ${WEBKIT} Chrome/130.0.0.0 Mobile Safari/537.36 newssapphire/30`,
  `Mozilla/5.0 (Linux; Android 14; Google Pixel 8) ${WEBKIT} Chrome/130.0.0.0 Mobile Safari/537.36`,
  'okhttp/4.12.0',
  'Mozilla/5.0',
  'shop-app/3.1 (iOS; Darwin)',
];

const NAMES: Section = {
  id: 'names',
  title: 'Names',
  description: 'What user agents are.',
  group: 'Traffic',
  order: 1,
  columns: [],
  sql: 'SELECT user_agent, browser, system, kind FROM user_agents ORDER BY user_agent',
};

async function named(agents: readonly (string | null)[]): Promise<Map<unknown, unknown[]>> {
  const rows = agents.map((user_agent) => ({ source: 'site', day: '2026-03-05', client_ip: '192.0.2.1', user_agent }));
  const answered = await answer(await openRequests(rows), NAMES);
  return new Map(answered.map(([agent, ...names]) => [agent, names]));
}

describe('user agents in SQL', () => {
  test('the committed file is what `npm run user-agents` writes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'logtally-'));
    try {
      const file = join(folder, 'user-agents.sql');
      execFileSync(process.execPath, [join(ROOT, 'bin', 'user-agents.ts'), file]);
      expect(readFileSync(file, 'utf8')).toBe(readFileSync(join(ROOT, 'sql', 'user-agents.sql'), 'utf8'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('are robots if isbot recognizes them', async () => {
    const names = await named(AGENTS);
    const robots = AGENTS.filter((agent) => names.get(agent)?.[2] === 'bot');
    expect(robots).toEqual(AGENTS.filter((agent) => isbot(agent)));
    expect(robots.length).toBeGreaterThan(8);
  });

  test('have the browser, system and kind that bowser returns, unless they are robots', async () => {
    const names = await named(AGENTS);
    const humans = AGENTS.filter((agent) => !isbot(agent));
    const said = humans.map((agent) => {
      const { browser, os, platform } = Bowser.parse(agent);
      return [agent, browser.name, os.name ?? 'other', platform.type ?? 'other'];
    });
    expect(humans.map((agent) => [agent, ...(names.get(agent) ?? [])])).toEqual(said);
    expect(new Set(said.map(([, browser]) => browser)).size).toBeGreaterThan(10);
  });

  test("of robots have the robot's name, and of unknown programs the first word", async () => {
    const others = [
      'Mozilla/5.0 (compatible; ExampleBot/1.0; +https://www.example.com/)',
      'inventory-sync/2.0',
      '',
      null,
    ];
    const names = await named([...others, 'curl/8.7.1']);
    expect(others.map((agent) => names.get(agent))).toEqual([
      ['ExampleBot', 'other', 'bot'],
      ['inventory-sync', 'other', 'bot'],
      ['none', 'none', 'none'],
      ['none', 'none', 'none'],
    ]);
    expect(names.get('curl/8.7.1')).toEqual(['curl', 'other', 'bot']);
  });
});
