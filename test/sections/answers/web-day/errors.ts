import { type Answers, table } from '../table.ts';

/** Sections of the group Errors over the hand-made day of web logs. */
export const ANSWERS: Answers = {
  'status-codes': table`
    status | requests | share_percent | clients | bytes_sent | last_seen
       200 |        6 |            40 |       3 |    2101600 | 2026-03-05 09:12
       401 |        5 |    ${100 / 3} |       1 |        250 | 2026-03-06 10:00
       404 |        2 |   ${200 / 15} |       2 |        600 | 2026-03-05 09:11
       301 |        1 |   ${100 / 15} |       1 |          0 | 2026-03-05 08:30
       500 |        1 |   ${100 / 15} |       1 |        100 | 2026-03-05 08:20`,
  'errors-by-hour': table`
    hour | requests | errors_4xx | errors_5xx | error_percent
       8 |        6 |          0 |          1 |    ${100 / 6}
       9 |        4 |          2 |          0 |            50
      10 |        5 |          5 |          0 |           100`,
  'error-endpoints': table`
    endpoint                  | requests | errors_4xx | errors_5xx | error_percent | clients | last_error
    shop.example.com/api      |        4 |          0 |          1 |            25 |       1 | 2026-03-05 08:20
    shop.example.com/login    |        5 |          5 |          0 |           100 |       1 | 2026-03-06 10:00
    shop.example.com/gone.png |        2 |          2 |          0 |           100 |       2 | 2026-03-05 09:11`,
  'missing-endpoints': table`
    endpoint                  | requests | clients | referrer   | last_seen
    shop.example.com/gone.png |        2 |       2 | no address | 2026-03-05 09:11`,
  'failed-requests': table`
    time             | status | method | endpoint             | query | client_ip  | duration_ms | cache_status | request_id
    2026-03-05 08:20 |    500 | POST   | shop.example.com/api | org=7 | 192.0.2.20 |        2000 | PASS         | null`,
};
