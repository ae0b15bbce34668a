import { type Answers, table } from '../table.ts';

/** Sections of the group Latency over the hand-made day of web logs. */
export const ANSWERS: Answers = {
  'response-times': table`
    status_class | requests |      mean_ms | median_ms | p95_ms | p99_ms | max_ms
    all          |       15 | ${8042 / 15} |        30 |   4000 |   4000 |   4000
    2xx          |        6 |  ${5870 / 6} |        40 |   4000 |   4000 |   4000
    3xx          |        1 |            5 |         5 |      5 |      5 |      5
    4xx          |        7 |   ${167 / 7} |        30 |     30 |     30 |     30
    5xx          |        1 |         2000 |      2000 |   2000 |   2000 |   2000`,
  'endpoint-times': table`
    endpoint                  | requests | mean_ms | median_ms | p95_ms | p99_ms | max_ms | total_ms
    shop.example.com/api      |        4 |    1950 |      1500 |   4000 |   4000 |   4000 |     7800
    shop.example.com/login    |        5 |      30 |        30 |     30 |     30 |     30 |      150
    shop.example.com/app.js   |        1 |      40 |        40 |     40 |     40 |     40 |       40
    shop.example.com/         |        2 |      15 |        10 |     20 |     20 |     20 |       30
    shop.example.com/gone.png |        2 |     8.5 |         8 |      9 |      9 |      9 |       17
    shop.example.com/old      |        1 |       5 |         5 |      5 |      5 |      5 |        5`,
  'slow-endpoints': table`
    endpoint             | requests | slow_requests | slow_percent | p95_ms | max_ms | misses |       mean_bytes | errors_5xx
    shop.example.com/api |        4 |             3 |           75 |   4000 |   4000 |      2 | ${2_000_800 / 3} |          1`,
  'slow-requests': table`
    time             | duration_ms | server_ms | status | method | endpoint             | query         | bytes_sent | cache_status | client_ip
    2026-03-05 09:12 |        4000 |      null |    200 | GET    | shop.example.com/api | org=42&debug  |    2000000 | MISS         | 203.0.113.5
    2026-03-05 08:20 |        2000 |      null |    500 | POST   | shop.example.com/api | org=7         |        100 | PASS         | 192.0.2.20
    2026-03-05 08:00 |        1500 |      null |    200 | GET    | shop.example.com/api | org=42&page=1 |        700 | MISS         | 192.0.2.10`,
  'slow-hours': table`
    hour             | requests | slow_requests | p95_ms | p95_change_percent | requests_change_percent | miss_percent |    mean_bytes | errors_5xx
    2026-03-05 08:00 |        6 |             2 |   2000 |               null |                    null |   ${100 / 3} | ${96_700 / 6} |          1
    2026-03-05 09:00 |        4 |             1 |   4000 |                100 |             ${-100 / 3} |           50 |        501400 |          0`,
  'times-by-size': table`
    size          | cache_result | requests | slow_requests |     mean_ms | median_ms | p95_ms
    below 10 kB   | hit          |        3 |             0 |   ${35 / 3} |        10 |     20
    below 10 kB   | miss         |        3 |             1 | ${1808 / 3} |       300 |   1500
    below 10 kB   | other        |        1 |             0 |           9 |         9 |      9
    below 10 kB   | pass         |        6 |             1 | ${2150 / 6} |        30 |   2000
    10 to 100 kB  | hit          |        1 |             0 |          40 |        40 |     40
    1 MB and more | miss         |        1 |             1 |        4000 |      4000 |   4000`,
};
