import { ALICE, BOB, BUILD } from '../../month-rows.ts';
import { type Answers, table } from '../table.ts';

/** Sections of the group Who and what over the hand-made month of S3 logs. */
export const ANSWERS: Answers = {
  owners: table`
    owner            | requests | requesters | clients | downloads | uploads | bytes_sent | bytes_received | errors | denied
    without an owner |       17 |          3 |       5 |         5 |       2 |      10976 |        3000000 |      5 |      2`,
  'top-requesters': table`
    requester | requests | clients | downloads | uploads | bytes_sent | bytes_received | errors | denied | first_seen       | last_seen
    ${ALICE}  |        5 |       1 |         2 |       0 |       2400 |              0 |      0 |      0 | 2026-03-02 08:00 | 2026-03-09 16:00
    ${BOB}    |        5 |       1 |         2 |       0 |       1990 |              0 |      3 |      0 | 2026-03-02 08:10 | 2026-03-08 15:00
    ${BUILD}  |        4 |       1 |         0 |       2 |       1100 |        3000000 |      0 |      0 | 2026-03-04 11:00 | 2026-03-04 12:00
    anonymous |        3 |       2 |         1 |       0 |       5486 |              0 |      2 |      2 | 2026-03-03 08:30 | 2026-03-03 10:05`,
  'top-clients': table`
    client_ip    | requests | downloads | uploads | bytes_sent | bytes_received | errors | denied | first_seen       | last_seen
    192.0.2.10   |        5 |         2 |       0 |       2400 |              0 |      0 |      0 | 2026-03-02 08:00 | 2026-03-09 16:00
    192.0.2.20   |        5 |         2 |       0 |       1990 |              0 |      3 |      0 | 2026-03-02 08:10 | 2026-03-08 15:00
    198.51.100.7 |        4 |         0 |       2 |       1100 |        3000000 |      0 |      0 | 2026-03-04 11:00 | 2026-03-04 12:00
    203.0.113.5  |        2 |         1 |       0 |       5243 |              0 |      1 |      1 | 2026-03-03 08:30 | 2026-03-03 10:00
    203.0.113.6  |        1 |         0 |       0 |        243 |              0 |      1 |      1 | 2026-03-03 10:05 | 2026-03-03 10:05`,
  'top-objects-by-requests': table`
    bucket  | object           | requests | downloads | incomplete_downloads | uploads | bytes_sent | bytes_received | errors | last_seen
    photos  | 2026/cat.jpg     |        3 |         3 |                    0 |       0 |       2400 |              0 |      0 | 2026-03-02 09:00
    backups | db/big.gz        |        2 |         0 |                    0 |       1 |        300 |        2000000 |      0 | 2026-03-04 11:06
    photos  | 2026/dog.jpg     |        2 |         1 |                    0 |       0 |       5300 |              0 |      1 | 2026-03-08 15:00
    photos  | missing.jpg      |        2 |         0 |                    0 |       0 |        290 |              0 |      2 | 2026-03-05 13:01
    photos  | private/plan.pdf |        2 |         0 |                    0 |       0 |        486 |              0 |      2 | 2026-03-03 10:05
    backups | 2026/cat.jpg     |        1 |         1 |                    0 |       0 |        700 |              0 |      0 | 2026-03-08 15:30
    backups | db/copy.gz       |        1 |         0 |                    0 |       0 |        200 |              0 |      0 | 2026-03-09 16:00
    backups | db/dump.gz       |        1 |         0 |                    0 |       1 |          0 |        1000000 |      0 | 2026-03-04 11:00
    photos  | 2026/old.jpg     |        1 |         0 |                    0 |       0 |          0 |              0 |      0 | 2026-03-06 14:00`,
  'top-objects-by-bytes': table`
    bucket  | object           | requests | downloads | incomplete_downloads | uploads | bytes_sent | bytes_received | errors | last_seen
    backups | db/big.gz        |        2 |         0 |                    0 |       1 |        300 |        2000000 |      0 | 2026-03-04 11:06
    backups | db/dump.gz       |        1 |         0 |                    0 |       1 |          0 |        1000000 |      0 | 2026-03-04 11:00
    photos  | 2026/dog.jpg     |        2 |         1 |                    0 |       0 |       5300 |              0 |      1 | 2026-03-08 15:00
    photos  | 2026/cat.jpg     |        3 |         3 |                    0 |       0 |       2400 |              0 |      0 | 2026-03-02 09:00
    backups | 2026/cat.jpg     |        1 |         1 |                    0 |       0 |        700 |              0 |      0 | 2026-03-08 15:30
    photos  | private/plan.pdf |        2 |         0 |                    0 |       0 |        486 |              0 |      2 | 2026-03-03 10:05
    photos  | missing.jpg      |        2 |         0 |                    0 |       0 |        290 |              0 |      2 | 2026-03-05 13:01
    backups | db/copy.gz       |        1 |         0 |                    0 |       0 |        200 |              0 |      0 | 2026-03-09 16:00
    photos  | 2026/old.jpg     |        1 |         0 |                    0 |       0 |          0 |              0 |      0 | 2026-03-06 14:00`,
  'top-prefixes': table`
    bucket  | prefix   | objects | requests | downloads | uploads | bytes_sent | bytes_received | errors
    photos  | 2026/    |       3 |        6 |         4 |       0 |       7700 |              0 |      1
    backups | db/      |       3 |        4 |         0 |       2 |        500 |        3000000 |      0
    photos  | ${''}    |       1 |        2 |         0 |       0 |        290 |              0 |      2
    photos  | private/ |       1 |        2 |         0 |       0 |        486 |              0 |      2
    backups | 2026/    |       1 |        1 |         1 |       0 |        700 |              0 |      0`,
  'user-agents': table`
    user_agent        | requests | bytes_sent | bytes_received | errors | last_seen
    Boto3/1.34        |        5 |       1990 |              0 |      3 | 2026-03-08 15:00
    aws-cli/2.17      |        5 |       2400 |              0 |      0 | 2026-03-09 16:00
    aws-sdk-java/1.11 |        4 |       1100 |        3000000 |      0 | 2026-03-04 12:00
    curl/8.7          |        3 |       5486 |              0 |      2 | 2026-03-03 10:05`,
  deletions: table`
    requester | bucket  | operation           | record_kind | deleted | failed | objects | first_seen       | last_seen
    ${ALICE}  | photos  | BATCH.DELETE.OBJECT | batch_item  |       2 |      0 |       2 | 2026-03-06 14:01 | 2026-03-06 14:01
    AmazonS3  | backups | S3.EXPIRE.OBJECT    | lifecycle   |       1 |      0 |       1 | 2026-03-07 00:00 | 2026-03-07 00:00
    ${ALICE}  | photos  | REST.DELETE.OBJECT  | null        |       1 |      0 |       1 | 2026-03-06 14:00 | 2026-03-06 14:00`,
  'deleted-objects': table`
    time             | bucket | object       | operation           | requester | client_ip  | user_agent
    2026-03-06 14:01 | photos | 2026/a.jpg   | BATCH.DELETE.OBJECT | ${ALICE}  | null       | null
    2026-03-06 14:01 | photos | 2026/b.jpg   | BATCH.DELETE.OBJECT | ${ALICE}  | null       | null
    2026-03-06 14:00 | photos | 2026/old.jpg | REST.DELETE.OBJECT  | ${ALICE}  | 192.0.2.10 | aws-cli/2.17`,
};
