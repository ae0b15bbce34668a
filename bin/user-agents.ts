#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
// @ts-expect-error: bowser's tables have no types
import browsers from 'bowser/src/parser-browsers.js';
// @ts-expect-error: bowser's tables have no types
import systems from 'bowser/src/parser-os.js';
// @ts-expect-error: bowser's tables have no types
import devices from 'bowser/src/parser-platforms.js';
import { list as botPatterns } from 'isbot';

/**
 * Writes sql/user-agents.sql, which names browser, system and kind of user agents: bowser's ordered rules and isbot's
 * list as expressions that both engines run alike. A file to write to may be named.
 */
interface Rule {
  test: RegExp[] | ((parser: unknown) => boolean);
  describe(userAgent: string, parser?: unknown): { name?: string; type?: string };
}

/** Rules that bowser writes as functions, told by a part of their source. What it asks of other than the text is left out. */
const FUNCTIONS: readonly [part: string, condition: string | undefined][] = [
  ["hasBrand('Vivaldi')", "strpos(agent, 'vivaldi') > 0"],
  ["hasBrand('DuckDuckGo')", "regexp_like(agent, '\\sddg/[0-9.]+$')"],
  ["hasBrand('Brave')", undefined],
  ['isFirefoxOnIpad', "regexp_like(user_agent, 'Macintosh.* FxiOS.*/')"],
  ['like android', "strpos(agent, 'android') > 0 AND strpos(agent, 'like android') = 0"],
  ['like (ipod|iphone)', "regexp_like(agent, 'ipod|iphone') AND NOT regexp_like(agent, 'like (?:ipod|iphone)')"],
  ["getBrowserName() === 'windows phone'", undefined],
  ["getBrowserName(true) === 'blackberry'", "browser = 'BlackBerry'"],
  ["getBrowserName(true) === 'bada'", "browser = 'Bada'"],
  ['osMajorVersion >= 3', "system = 'Android' AND regexp_like(agent, 'android[\\s/-](?:[3-9]|[1-9][0-9])')"],
  ["getOSName(true) === 'android'", "system = 'Android'"],
  ["getOSName(true) === 'macos'", "system = 'macOS'"],
  ["getOSName(true) === 'windows'", "system = 'Windows'"],
  ["getOSName(true) === 'linux'", "system = 'Linux'"],
  ["getOSName(true) === 'playstation 4'", "system = 'PlayStation 4'"],
  ["getOSName(true) === 'roku'", "system = 'Roku'"],
];

/** Text around which isbot's patterns look: without it they need not. */
const LOOKED_AROUND =
  'newssapphire|(?: channel/|google/)google|google(?:wv|app|/google| pixel)| cubots?|camscan|libhttp|java;';

const ROBOTS = /bot$|spider$|slurp$|crawler$|-user$|hit$|^Meta-/i;

const robots = (browsers as Rule[]).filter((rule) => ROBOTS.test(nameOf(rule)));
/** The last rule fits everything, and makes a name of it. */
const others = (browsers as Rule[]).slice(0, -1).filter((rule) => !robots.includes(rule));
const kinds = (devices as Rule[]).filter((rule) => nameOf(rule) !== 'bot');

const sql = `/*
User agents by browser, system and kind. Written by \`npm run user-agents\` from bowser 2.15.0 (MIT, Copyright 2015, Dustin
Diaz, and its contributors) and isbot 5.2.3 (Unlicense); not to be edited. A user agent that no rule names has the name it
begins with. A visitor is an address with a user agent on one day.
*/
SELECT
  user_agent,
  requests,
  visitors,
  bytes_sent,
  errors,
  last_seen,
  browser,
  system,
  CASE
    WHEN coalesce(user_agent, '') = '' THEN 'none'
    WHEN is_bot THEN 'bot'
    ${cases(kinds, 4)}
    ELSE 'other'
  END AS kind
FROM (
  SELECT
    *,
    CASE
      WHEN coalesce(user_agent, '') = '' THEN 'none'
      ${cases(robots, 6)}
      WHEN is_bot THEN coalesce(
        regexp_extract(user_agent, '([A-Za-z0-9_.-]*(?:[Bb]ot|[Cc]rawl|[Ss]pider)[A-Za-z0-9_-]*)', 1),
        regexp_extract(user_agent, '^[^/ ;(]{1,60}'),
        'other')
      ${cases(others, 6)}
      ELSE coalesce(regexp_extract(user_agent, '^[^/ ;(]{1,60}'), 'other')
    END AS browser,
    CASE
      WHEN coalesce(user_agent, '') = '' THEN 'none'
      ${cases(systems as Rule[], 6)}
      ELSE 'other'
    END AS system
  FROM (
    SELECT
      *,
      lower(user_agent) AS agent,
      regexp_like(
        regexp_replace(lower(user_agent), '${LOOKED_AROUND}', ' '),
        '${botPattern()}') AS is_bot
    FROM (
      SELECT
        -- An aggregate: by a plain column Trino would match the agent of every request, before it groups them.
        max(user_agent) AS user_agent,
        CAST(sum(requests) AS bigint) AS requests,
        nullif(count(client_ip), 0) AS visitors,
        CAST(sum(bytes_sent) AS bigint) AS bytes_sent,
        CAST(sum(errors) AS bigint) AS errors,
        max(last_seen) AS last_seen
      FROM (
        SELECT
          user_agent,
          client_ip,
          day,
          {{requests}} AS requests,
          {{bytes_sent}} AS bytes_sent,
          {{errors}} AS errors,
          {{last_seen}} AS last_seen
        FROM requests
        GROUP BY 1, 2, 3
      ) AS visits
      GROUP BY visits.user_agent
    ) AS agents
  ) AS lowered
) AS named
`;
writeFileSync(process.argv[2] ?? join(import.meta.dirname, '..', 'sql', 'user-agents.sql'), sql);

/** What a rule says of a user agent that fits it. */
function nameOf({ describe }: Rule): string {
  const { name, type } = describe('', undefined);
  return name ?? type ?? '';
}

function cases(rules: readonly Rule[], indent: number): string {
  return rules
    .flatMap((rule) => {
      const condition = conditionOf(rule);
      return condition ? [`WHEN ${condition} THEN '${nameOf(rule).replaceAll("'", "''")}'`] : [];
    })
    .join(`\n${' '.repeat(indent)}`);
}

function conditionOf({ test }: Rule): string | undefined {
  if (Array.isArray(test)) return test.map(matches).join(' OR ');
  const known = FUNCTIONS.find(([part]) => String(test).includes(part));
  if (!known) throw new Error(`bowser has a rule that is not known here: ${String(test)}`);
  return known[1];
}

/** A regular expression as a condition; plain words are searched for as they are, which is faster. */
function matches({ source, flags }: RegExp): string {
  const text = flags.includes('i') ? 'agent' : 'user_agent';
  const pattern = (flags.includes('i') ? source.toLowerCase() : source).replaceAll('\\/', '/');
  if (pattern === 'tablet(?! pc)') return `strpos(replace(agent, 'tablet pc', ''), 'tablet') > 0`;
  if (/\(\?[=!<]/.test(pattern)) throw new Error(`bowser has a rule that looks around: ${source}`);
  const words = pattern.split('|');
  if (words.every((word) => /^[\w /-]+$/.test(word)))
    return words.map((word) => `strpos(${text}, '${word}') > 0`).join(' OR ');
  return `regexp_like(${text}, '${withoutGroups(pattern)}')`;
}

/** isbot's list as one expression, which looks neither ahead nor back. */
function botPattern(): string {
  const plain = botPatterns.map((pattern) => pattern.replace(/\(\?<?![^()]*(?:\([^()]*\))?[^()]*\)/g, ''));
  const around = plain.find((pattern) => /\(\?<?[=!]/.test(pattern));
  if (around) throw new Error(`isbot has a pattern that looks around: ${around}`);
  return plain.map((pattern) => pattern.replaceAll('\\d-.', '\\d.-').replaceAll("'", "''")).join('|');
}

function withoutGroups(pattern: string): string {
  return pattern.replace(/\((?!\?)/g, '(?:').replaceAll("'", "''");
}
