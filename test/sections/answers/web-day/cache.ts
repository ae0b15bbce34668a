import { type Answers, table } from '../table.ts';

/** Sections of the group Cache over the hand-made day of web logs. */
export const ANSWERS: Answers = {
  'cache-rate': table`
    requests | hits | misses | passes | hit_percent | bytes_sent | bytes_hit |              bytes_hit_percent
          15 |    4 |      4 |      6 |          50 |    2102550 |    100000 | ${(1e2 * 100_000) / 2_102_550}`,
  cache: table`
    cache_status | cache_result | requests | share_percent | bytes_sent |     mean_ms
    PASS         | pass         |        6 |            40 |        350 | ${2150 / 6}
    MISS         | miss         |        4 |   ${400 / 15} |    2001900 |        1452
    HIT          | hit          |        3 |            20 |      95000 |   ${65 / 3}
    Error        | other        |        1 |   ${100 / 15} |        300 |           9
    STALE        | hit          |        1 |   ${100 / 15} |       5000 |          10`,
  'cache-by-hour': table`
    hour             | requests | hits | misses | passes | hit_percent | bytes_sent
    2026-03-05 08:00 |        6 |    3 |      2 |      1 |          60 |      96700
    2026-03-05 09:00 |        4 |    1 |      2 |      0 |  ${100 / 3} |    2005600
    2026-03-06 10:00 |        5 |    0 |      0 |      5 |        null |        250`,
  'cache-by-endpoint': table`
    endpoint                  | requests | hits | misses | passes | hit_percent | bytes_missed
    shop.example.com/api      |        4 |    0 |      3 |      1 |           0 |      2001700
    shop.example.com/gone.png |        2 |    0 |      1 |      0 |           0 |          600
    shop.example.com/login    |        5 |    0 |      0 |      5 |        null |          250
    shop.example.com/         |        2 |    2 |      0 |      0 |         100 |            0
    shop.example.com/app.js   |        1 |    1 |      0 |      0 |         100 |            0
    shop.example.com/old      |        1 |    1 |      0 |      0 |         100 |            0`,
};
