import { type Answers, table } from '../table.ts';

/** Sections of the group Traffic over the hand-made day of web logs. */
export const ANSWERS: Answers = {
  'daily-summary': table`
    day        | requests | status_2xx | status_3xx | status_4xx | status_5xx | other | error_percent | bytes_sent | mean_ms
    2026-03-05 |       10 |          6 |          1 |          2 |          1 |     0 |            30 |    2102300 |   789.2
    2026-03-06 |        5 |          0 |          0 |          5 |          0 |     0 |           100 |        250 |      30`,
  visitors: table`
    day        | visitors | clients | requests | requests_per_visitor | bytes_sent
    2026-03-05 |        4 |       4 |       10 |                  2.5 |    2102300
    2026-03-06 |        1 |       1 |        5 |                    5 |        250`,
  hours: table`
    hour             | requests | change_percent | bytes_sent | errors_4xx | errors_5xx | error_percent
    2026-03-05 08:00 |        6 |           null |      96700 |          0 |          1 |    ${100 / 6}
    2026-03-05 09:00 |        4 |    ${-100 / 3} |    2005600 |          2 |          0 |            50
    2026-03-05 10:00 |        0 |           -100 |          0 |          0 |          0 |          null
    2026-03-05 11:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-05 12:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-05 13:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-05 14:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-05 15:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-05 16:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-05 17:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-05 18:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-05 19:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-05 20:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-05 21:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-05 22:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-05 23:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-06 00:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-06 01:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-06 02:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-06 03:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-06 04:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-06 05:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-06 06:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-06 07:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-06 08:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-06 09:00 |        0 |           null |          0 |          0 |          0 |          null
    2026-03-06 10:00 |        5 |           null |        250 |          5 |          0 |           100`,
  'peak-minutes': table`
    minute           | requests | clients | bytes_sent | errors | mean_ms
    2026-03-06 10:00 |        5 |       1 |        250 |      5 |      30
    2026-03-05 08:00 |        3 |       1 |      95700 |      0 |     520
    2026-03-05 09:10 |        2 |       2 |       5300 |      1 |       9
    2026-03-05 08:01 |        1 |       1 |        900 |      0 |     300
    2026-03-05 08:20 |        1 |       1 |        100 |      1 |    2000
    2026-03-05 08:30 |        1 |       1 |          0 |      0 |       5
    2026-03-05 09:11 |        1 |       1 |        300 |      1 |       9
    2026-03-05 09:12 |        1 |       1 |    2000000 |      0 |    4000`,
  minutes: table`
    minute           | requests | bytes_sent | errors_4xx | errors_5xx | mean_ms
    2026-03-05 08:00 |        3 |      95700 |          0 |          0 |     520
    2026-03-05 08:01 |        1 |        900 |          0 |          0 |     300
    2026-03-05 08:20 |        1 |        100 |          0 |          1 |    2000
    2026-03-05 08:30 |        1 |          0 |          0 |          0 |       5
    2026-03-05 09:10 |        2 |       5300 |          1 |          0 |       9
    2026-03-05 09:11 |        1 |        300 |          1 |          0 |       9
    2026-03-05 09:12 |        1 |    2000000 |          0 |          0 |    4000`,
  methods: table`
    method | requests | clients | bytes_sent | errors | error_percent | last_seen
    GET    |        9 |       4 |    2102200 |      2 |    ${200 / 9} | 2026-03-05 09:12
    POST   |        6 |       2 |        350 |      6 |           100 | 2026-03-06 10:00`,
  protocols: table`
    protocol | requests | clients | bytes_sent | errors
    HTTP/2   |       15 |       4 |    2102550 |      8`,
  hosts: table`
    host             | requests | clients | bytes_sent | errors_4xx | errors_5xx | error_percent
    shop.example.com |       15 |       4 |    2102550 |          7 |          1 |   ${800 / 15}`,
  'edge-locations': table`
    edge_location | requests | clients | bytes_sent | hits | misses | hit_percent | errors_5xx | mean_ms
    AMS           |       11 |       4 |     100850 |    4 |      1 |          80 |          0 |      22
    FRA           |        4 |       3 |    2001700 |    0 |      3 |           0 |          1 |    1950`,
  'response-sizes': table`
    status_class | requests | bytes_sent |       mean_bytes | median_bytes | p95_bytes | p99_bytes | max_bytes
    all          |       15 |    2102550 |           140170 |          300 |   2000000 |   2000000 |   2000000
    2xx          |        6 |    2101600 | ${2_101_600 / 6} |         5000 |   2000000 |   2000000 |   2000000
    3xx          |        1 |          0 |                0 |            0 |         0 |         0 |         0
    4xx          |        7 |        850 |       ${850 / 7} |           50 |       300 |       300 |       300
    5xx          |        1 |        100 |              100 |          100 |       100 |       100 |       100`,
  'largest-endpoints': table`
    endpoint                  | requests | bytes_sent | mean_bytes | p95_bytes | max_bytes
    shop.example.com/api      |        4 |    2001700 |     500425 |   2000000 |   2000000
    shop.example.com/app.js   |        1 |      90000 |      90000 |     90000 |     90000
    shop.example.com/         |        2 |      10000 |       5000 |      5000 |      5000
    shop.example.com/gone.png |        2 |        600 |        300 |       300 |       300
    shop.example.com/login    |        5 |        250 |         50 |        50 |        50
    shop.example.com/old      |        1 |          0 |          0 |         0 |         0`,
};
