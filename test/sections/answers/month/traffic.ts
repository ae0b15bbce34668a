import { type Answers, table } from '../table.ts';

/** Sections of the group Traffic over the hand-made month of S3 logs. */
export const ANSWERS: Answers = {
  overview: table`
    requests | lines | clients | requesters | downloads | uploads | bytes_sent | bytes_received | errors_4xx | errors_5xx |     error_percent | anonymous_requests | median_ms | p95_ms
          17 |    21 |       5 |          3 |         5 |       2 |      10976 |        3000000 |          4 |          1 | ${(1e2 * 5) / 17} |                  3 |        30 |   3000`,
  'by-day': table`
    day        | requests | clients | downloads | uploads | bytes_sent | bytes_received | errors_4xx | errors_5xx | p95_ms
    2026-03-02 |        3 |       2 |         3 |       0 |       2400 |              0 |          0 |          0 |     30
    2026-03-03 |        3 |       2 |         1 |       0 |       5486 |              0 |          2 |          0 |   2000
    2026-03-04 |        4 |       1 |         0 |       2 |       1100 |        3000000 |          0 |          0 |   1500
    2026-03-05 |        2 |       1 |         0 |       0 |        290 |              0 |          2 |          0 |      8
    2026-03-06 |        2 |       1 |         0 |       0 |        500 |              0 |          0 |          0 |     60
    2026-03-08 |        2 |       2 |         1 |       0 |       1000 |              0 |          0 |          1 |   3000
    2026-03-09 |        1 |       1 |         0 |       0 |        200 |              0 |          0 |          0 |     90`,
  'by-hour': table`
    hour | requests | bytes_sent | bytes_received | errors_4xx | errors_5xx
       8 |        3 |       7000 |              0 |          0 |          0
       9 |        1 |        400 |              0 |          0 |          0
      10 |        2 |        486 |              0 |          2 |          0
      11 |        3 |        300 |        3000000 |          0 |          0
      12 |        1 |        800 |              0 |          0 |          0
      13 |        2 |        290 |              0 |          2 |          0
      14 |        2 |        500 |              0 |          0 |          0
      15 |        2 |       1000 |              0 |          0 |          1
      16 |        1 |        200 |              0 |          0 |          0`,
  'by-weekday-hour': table`
    weekday   | hour | requests | bytes_sent | bytes_received | errors
    Monday    |    8 |        2 |       2000 |              0 |      0
    Monday    |    9 |        1 |        400 |              0 |      0
    Monday    |   16 |        1 |        200 |              0 |      0
    Tuesday   |    8 |        1 |       5000 |              0 |      0
    Tuesday   |   10 |        2 |        486 |              0 |      2
    Wednesday |   11 |        3 |        300 |        3000000 |      0
    Wednesday |   12 |        1 |        800 |              0 |      0
    Thursday  |   13 |        2 |        290 |              0 |      2
    Friday    |   14 |        2 |        500 |              0 |      0
    Sunday    |   15 |        2 |       1000 |              0 |      1`,
  buckets: table`
    bucket  | requests | downloads | uploads | bytes_sent | bytes_received | errors_4xx | errors_5xx
    photos  |       11 |         4 |       0 |       8976 |              0 |          4 |          1
    backups |        6 |         1 |       2 |       2000 |        3000000 |          0 |          0`,
  operations: table`
    operation                     | requests | bytes_sent | bytes_received | errors |    error_percent | mean_ms | median_ms | p95_ms | p99_ms | max_ms
    REST.GET.OBJECT               |        9 |       9176 |              0 |      4 | ${(1e2 * 4) / 9} |     566 |        15 |   3000 |   3000 |   3000
    REST.COPY.OBJECT              |        1 |        200 |              0 |      0 |                0 |      90 |        90 |     90 |     90 |     90
    REST.DELETE.OBJECT            |        1 |          0 |              0 |      0 |                0 |      12 |        12 |     12 |     12 |     12
    REST.GET.BUCKET               |        1 |        800 |              0 |      0 |                0 |      40 |        40 |     40 |     40 |     40
    REST.HEAD.OBJECT              |        1 |          0 |              0 |      1 |              100 |       7 |         7 |      7 |      7 |      7
    REST.POST.MULTI_OBJECT_DELETE |        1 |        500 |              0 |      0 |                0 |      60 |        60 |     60 |     60 |     60
    REST.POST.UPLOAD              |        1 |        300 |              0 |      0 |                0 |     100 |       100 |    100 |    100 |    100
    REST.PUT.OBJECT               |        1 |          0 |        1000000 |      0 |                0 |    1500 |      1500 |   1500 |   1500 |   1500
    REST.PUT.PART                 |        1 |          0 |        2000000 |      0 |                0 |     700 |       700 |    700 |    700 |    700`,
  'non-requests': table`
    source | record_kind | lines | first_seen       | last_seen
    site   | batch_item  |     2 | 2026-03-06 14:01 | 2026-03-06 14:01
    site   | copy_read   |     1 | 2026-03-09 16:00 | 2026-03-09 16:00
    site   | lifecycle   |     1 | 2026-03-07 00:00 | 2026-03-07 00:00`,
};
