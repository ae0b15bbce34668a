import { ALICE, BOB, CAROL } from '../../month-rows.ts';
import { type Answers, table } from '../table.ts';

/** Sections of the group Changes over the hand-made month of S3 logs. */
export const ANSWERS: Answers = {
  'requester-changes': table`
    kind   | requester | requests | requests_before | change | bytes_sent | bytes_sent_before
    risen  | ${ALICE}  |        5 |               1 |      4 |       2400 |               100
    new    | anonymous |        3 |               0 |      3 |       5486 |                 0
    fallen | ${BOB}    |        5 |               8 |     -3 |       1990 |                80
    gone   | ${CAROL}  |        0 |               2 |     -2 |          0 |               100`,
  'client-changes': table`
    kind   | client_ip   | requests | requests_before | change | bytes_sent | bytes_sent_before
    risen  | 192.0.2.10  |        5 |               1 |      4 |       2400 |               100
    fallen | 192.0.2.20  |        5 |               8 |     -3 |       1990 |                80
    gone   | 192.0.2.30  |        0 |               2 |     -2 |          0 |               100
    new    | 203.0.113.5 |        2 |               0 |      2 |       5243 |                 0
    new    | 203.0.113.6 |        1 |               0 |      1 |        243 |                 0`,
  'object-changes': table`
    kind   | bucket  | object           | requests | requests_before | change | bytes_sent | bytes_sent_before
    fallen | photos  | 2026/cat.jpg     |        3 |               9 |     -6 |       2400 |               180
    fallen | backups | db/dump.gz       |        1 |               4 |     -3 |          0 |                 0
    new    | backups | db/big.gz        |        2 |               0 |      2 |        300 |                 0
    gone   | photos  | 2025/old.jpg     |        0 |               2 |     -2 |          0 |               100
    new    | photos  | 2026/dog.jpg     |        2 |               0 |      2 |       5300 |                 0
    new    | photos  | missing.jpg      |        2 |               0 |      2 |        290 |                 0
    new    | photos  | private/plan.pdf |        2 |               0 |      2 |        486 |                 0
    new    | backups | 2026/cat.jpg     |        1 |               0 |      1 |        700 |                 0
    new    | backups | db/copy.gz       |        1 |               0 |      1 |        200 |                 0
    new    | photos  | 2026/old.jpg     |        1 |               0 |      1 |          0 |                 0`,
};
