import { type Answers, table } from '../table.ts';

/** Sections of the group Who and what over the hand-made day of web logs. */
export const ANSWERS: Answers = {
  'top-endpoints': table`
    endpoint                  | requests | clients | bytes_sent | bytes_received | errors | error_percent | last_seen
    shop.example.com/login    |        5 |       1 |        250 |           null |      5 |           100 | 2026-03-06 10:00
    shop.example.com/api      |        4 |       3 |    2001700 |           null |      1 |            25 | 2026-03-05 09:12
    shop.example.com/         |        2 |       2 |      10000 |           null |      0 |             0 | 2026-03-05 09:10
    shop.example.com/gone.png |        2 |       2 |        600 |           null |      2 |           100 | 2026-03-05 09:11
    shop.example.com/app.js   |        1 |       1 |      90000 |           null |      0 |             0 | 2026-03-05 08:00
    shop.example.com/old      |        1 |       1 |          0 |           null |      0 |             0 | 2026-03-05 08:30`,
  'static-files': table`
    endpoint                  | requests | clients | bytes_sent | errors | last_seen
    shop.example.com/gone.png |        2 |       2 |        600 |      2 | 2026-03-05 09:11
    shop.example.com/app.js   |        1 |       1 |      90000 |      0 | 2026-03-05 08:00`,
  'file-types': table`
    file_type | endpoints | requests | bytes_sent | mean_bytes | errors
    none      |         4 |       12 |    2011950 |   167662.5 |      6
    png       |         1 |        2 |        600 |        300 |      2
    js        |         1 |        1 |      90000 |      90000 |      0`,
  referrers: table`
    referrer                  | requests | clients | errors | last_seen
    https://www.example.com/  |        2 |       2 |      0 | 2026-03-05 09:10
    https://shop.example.com/ |        1 |       1 |      0 | 2026-03-05 08:00
    no address                |        1 |       1 |      1 | 2026-03-05 09:11`,
  'referring-sites': table`
    site             | pages | requests
    www.example.com  |     1 |        2
    shop.example.com |     1 |        1
    null             |     1 |        1`,
  'remote-users': table`
    requester | requests | clients | bytes_sent | errors | denied | last_seen
    ada       |        1 |       1 |    2000000 |      0 |      0 | 2026-03-05 09:12`,
  browsers: table`
    browser | requests | visitors | bytes_sent | errors | last_seen
    Chrome  |        3 |        1 |      95700 |      0 | 2026-03-05 08:00
    Safari  |        3 |        1 |       6000 |      1 | 2026-03-05 09:10`,
  'operating-systems': table`
    system  | requests | visitors | bytes_sent | errors | last_seen
    Windows |        3 |        1 |      95700 |      0 | 2026-03-05 08:00
    iOS     |        3 |        1 |       6000 |      1 | 2026-03-05 09:10`,
  'agent-kinds': table`
    kind    | requests | visitors | bytes_sent | errors | last_seen
    bot     |        9 |        3 |    2000850 |      7 | 2026-03-06 10:00
    desktop |        3 |        1 |      95700 |      0 | 2026-03-05 08:00
    mobile  |        3 |        1 |       6000 |      1 | 2026-03-05 09:10`,
  bots: table`
    browser   | requests | visitors | bytes_sent | errors | last_seen
    curl      |        7 |        2 |    2000550 |      6 | 2026-03-06 10:00
    Googlebot |        2 |        1 |        300 |      1 | 2026-03-05 09:10`,
};
